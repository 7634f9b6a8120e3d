/**
 * Waiting: for a while, for the network, for a turn of one's own among the tabs.
 *
 * Knows timers, the `online` event and Web Locks. Refuses to know what is waited for.
 */

/** Resolves after `milliseconds`, or as soon as the connection is back. */
export function pause(milliseconds: number, { wakeOnline = true } = {}): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    if (wakeOnline) addEventListener("online", done);
  });
}

/** A tab sees what another one has put into the storage a moment after it was put there. */
const SEEN_BY_OTHERS_MS = 500;

/**
 * Runs `act` while no other tab runs one under the same name. When a tab goes away, the next one's turn comes, and
 * after an `act` that ended well it comes when its tab can see what was stored.
 * Pages over plain HTTP have no locks: there every tab acts, which the server bears, since all of it may be repeated.
 */
export function alone<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
  if (!navigator.locks) return act();
  return new Promise((resolve, reject) => {
    const held = async (): Promise<void> => {
      resolve(await act());
      await pause(SEEN_BY_OTHERS_MS, { wakeOnline: false });
    };
    navigator.locks.request(name, held).catch(reject);
  });
}
