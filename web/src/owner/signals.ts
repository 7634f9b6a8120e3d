/**
 * One signal of several: a call ends when its page is left or its time is over.
 *
 * Stands in for AbortSignal.any, which browsers of 2023 lack.
 */

export function either(left: AbortSignal | undefined, milliseconds: number): AbortSignal {
  const patience = AbortSignal.timeout(milliseconds);
  if (!left) return patience;
  const controller = new AbortController();
  for (const signal of [left, patience]) {
    if (signal.aborted) controller.abort();
    signal.addEventListener("abort", () => controller.abort(), { once: true });
  }
  return controller.signal;
}
