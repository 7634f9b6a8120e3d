/**
 * The end of a dialogue in which nobody has spoken for as long as the server says.
 *
 * Knows one timer, which no clock can mislead; after a reload it counts anew. Refuses to end anything itself.
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

  /** Somebody has spoken. */
  interrupt(): void {
    clearTimeout(this.#timer);
    if (this.#limit === null || this.#signal.aborted) return;
    this.#timer = setTimeout(this.#over, Math.min(LONGEST_TIMER_MS, this.#limit));
  }
}
