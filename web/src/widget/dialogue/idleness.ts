/**
 * The end of a dialogue in which nobody has spoken for as long as the server says.
 *
 * Knows ISO durations and one timer. Refuses to end anything itself.
 */

import { milliseconds } from "../duration";

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Idleness {
  readonly #limit: number | null;
  readonly #over: () => void;
  readonly #signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(idleTimeout: string, over: () => void, signal: AbortSignal) {
    this.#limit = milliseconds(idleTimeout);
    this.#over = over;
    this.#signal = signal;
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  /** Counts from `moment` (a wall clock's, since it outlives a page); 0 is no moment at all. */
  since(moment: number): void {
    clearTimeout(this.#timer);
    if (this.#limit === null || moment === 0 || this.#signal.aborted) return;
    const passed = Math.max(0, Date.now() - moment);
    this.#timer = setTimeout(this.#over, Math.min(LONGEST_TIMER_MS, Math.max(0, this.#limit - passed)));
  }
}
