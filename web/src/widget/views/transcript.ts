/**
 * The list of messages as a person reads it.
 *
 * Knows its order and that it follows its end unless somebody reads further up. Refuses to know how a turn looks. A screen
 * reader is told of whole answers, not of letters.
 */

import type { Dialogue } from "../dialogue/dialogue";
import { finished, type Turn } from "../dialogue/turn";
import { h } from "../dom";
import { plain } from "../plain_text";
import { TurnView, type TurnDesk } from "./turn_view";

const NEAR_THE_END_PX = 120;

export class Transcript {
  readonly element: HTMLElement;
  readonly #dialogue: Dialogue;
  readonly #desk: TurnDesk;
  readonly #views = new Map<string, TurnView>();
  readonly #told = new Set<string>();
  #follows = true;

  constructor(dialogue: Dialogue, desk: Omit<TurnDesk, "grown">) {
    const { words } = desk.language;
    this.#dialogue = dialogue;
    this.#desk = { ...desk, grown: () => this.#stay() };
    const attributes = { class: "log", role: "log", "aria-live": "off", "aria-label": words.messages, tabindex: 0 };
    this.element = h("div", attributes, ...this.#head());
    this.element.addEventListener("scroll", () => {
      const { scrollHeight, scrollTop, clientHeight } = this.element;
      this.#follows = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
    });
    new ResizeObserver(() => this.#stay()).observe(this.element); // what stands below may grow
    for (const turn of dialogue.turns) this.draw(turn, false);
  }

  draw(turn: Turn, live = true): void {
    const known = this.#views.get(turn.message_id);
    const view = known ?? this.#append(turn);
    if (!known) this.#follows = true;
    view.draw(live);
    this.#tell(turn, live);
    this.#stay();
  }

  /** What may be done with each turn has changed. */
  redraw(): void {
    for (const view of this.#views.values()) view.draw(false);
  }

  toTheEnd(): void {
    this.element.scrollTop = this.element.scrollHeight;
  }

  #append(turn: Turn): TurnView {
    const view = new TurnView(turn, this.#desk);
    this.#views.set(turn.message_id, view);
    const next = this.#dialogue.turns[this.#dialogue.turns.indexOf(turn) + 1];
    const before = next && this.#views.get(next.message_id);
    this.element.insertBefore(view.element, before?.element ?? null);
    return view;
  }

  #stay(): void {
    if (this.#follows) this.toTheEnd();
  }

  #tell(turn: Turn, live: boolean): void {
    if (!finished(turn) || this.#told.has(turn.message_id)) return;
    this.#told.add(turn.message_id);
    if (live) this.#desk.announce(`${this.#desk.language.words.assistant} ${plain(turn.text)}`);
  }

  #head(): HTMLElement[] {
    const { language, session, foreign } = this.#desk;
    const kept = language.duration(session.retention);
    const line = kept === null ? [] : [h("p", { class: "kept small" }, language.words.dialogueKept(kept))];
    const said = h("p", { class: "said", lang: foreign ? session.language : null }, plain(session.greeting));
    return [...line, h("div", { class: "bubble answer greeting" }, said)];
  }
}
