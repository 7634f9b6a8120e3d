/**
 * Types a text out as it grows.
 *
 * Knows letters as people count them, so that no emoji is seen half made. Refuses to keep anybody waiting: the further it
 * is behind, the faster it types, and for who wants no motion it does not type at all.
 */

const TICK_MS = 33;
const SHARE_A_TICK = 1 / 10; // of what is behind
const letters = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;

export class Typist {
  readonly #show: (text: string, whole: boolean) => void;
  #target = "";
  #ends: number[] = []; // where each letter ends
  #typed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `show(text, whole)` draws what is typed so far. */
  constructor(show: (text: string, whole: boolean) => void) {
    this.#show = show;
  }

  /** `live` is false for a text that was there before: it appears at once. */
  write(text: string, live: boolean): void {
    if (text === this.#target && this.#ends.length === this.#typed) return this.#draw();
    const goesOn = text.startsWith(this.#target.slice(0, this.#ends[this.#typed - 1] ?? 0));
    this.#target = text;
    this.#ends = endsOf(text);
    if (!goesOn) this.#typed = 0;
    if (!live || document.hidden || still()) this.#typed = this.#ends.length;
    this.#typed = Math.min(this.#typed, this.#ends.length);
    this.#draw();
    if (this.#typed < this.#ends.length && this.#timer === undefined) this.#next();
  }

  /** By a timer and not by frames: pages that nobody looks at have none, and a slow timer types more at once. */
  #next(): void {
    const began = performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const behind = this.#ends.length - this.#typed;
      const ticks = Math.max(1, Math.round((performance.now() - began) / TICK_MS));
      const share = document.hidden ? 1 : 1 - (1 - SHARE_A_TICK) ** ticks;
      this.#typed = Math.min(this.#ends.length, this.#typed + Math.max(ticks, Math.ceil(behind * share)));
      this.#draw();
      if (this.#typed < this.#ends.length) this.#next();
    }, TICK_MS);
  }

  #draw(): void {
    this.#show(this.#target.slice(0, this.#ends[this.#typed - 1] ?? 0), this.#typed === this.#ends.length);
  }
}

function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function endsOf(text: string): number[] {
  let end = 0;
  if (letters === null) return [...text].map((point) => (end += point.length));
  return Array.from(letters.segment(text), ({ index, segment }) => index + segment.length);
}
