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

/**
 * Runs `act` while no other tab runs one under the same name. When a tab goes away, the next one's turn comes.
 * Pages over plain HTTP have no locks: there every tab acts, which the server bears, since all of it may be repeated.
 */
export async function alone<Result>(name: string, act: () => Promise<Result>): Promise<Result> {
  return navigator.locks ? await navigator.locks.request(name, act) : await act();
}
