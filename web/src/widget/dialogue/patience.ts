/**
 * When a visitor who waits must be told so.
 *
 * Knows the limit and that clocks lie: a page counts by its own timer, and only a reload has to believe the clock, within
 * bounds. Refuses to know what is said.
 */

import { finished, type Turn } from "./turn";

export const PATIENCE_MS = 10_000;

/** Marks the turn late and calls `told`, unless its answer or `signal` comes first. */
export function watchPatience(turn: Turn, told: () => void, signal: AbortSignal): void {
  if (turn.late) return;
  const left = Math.min(PATIENCE_MS, Math.max(0, turn.asked_at + PATIENCE_MS - Date.now()));
  const asked = turn.asked_at;
  setTimeout(() => {
    const sentAnew = turn.asked_at !== asked;
    if (finished(turn) || turn.late || sentAnew || signal.aborted) return;
    turn.late = true;
    told();
  }, left);
}
