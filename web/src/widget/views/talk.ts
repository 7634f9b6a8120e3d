/**
 * The dialogue: what was said, what could be asked, and where to write.
 *
 * Knows how its parts stand together while the dialogue lives and after its end. Refuses to know the server.
 */

import type { Dialogue } from "../dialogue/dialogue";
import type { Turn } from "../dialogue/turn";
import { h } from "../dom";
import { icon } from "../icons";
import { Composer } from "./composer";
import { QuickReplies } from "./quick_replies";
import { Transcript } from "./transcript";
import type { TurnDesk } from "./turn_view";
import type { View } from "./view";

export interface TalkDesk extends Omit<TurnDesk, "grown" | "announce"> {
  rate(): void;
  begin(): void;
}

export class TalkView implements View {
  readonly element: HTMLElement;
  readonly #dialogue: Dialogue;
  readonly #transcript: Transcript;
  readonly #replies: QuickReplies;
  readonly #composer: Composer;
  readonly #over: HTMLElement;
  readonly #announcer = h("p", { class: "unseen", role: "status" });

  constructor(dialogue: Dialogue, desk: TalkDesk) {
    const { language } = desk;
    const ask = (text: string): void => {
      desk.ask(text);
      this.#composer.focus();
    };
    this.#dialogue = dialogue;
    this.#transcript = new Transcript(dialogue, { ...desk, ask, announce: (text) => this.announce(text) });
    this.#replies = new QuickReplies(dialogue, language, ask);
    this.#composer = new Composer(language.words, ask);
    this.#over = this.#farewell(desk);
    const dock = h("div", { class: "dock" }, this.#replies.element, this.#composer.element, this.#over);
    this.element = h("section", { class: "view talk" }, this.#transcript.element, this.#announcer, dock);
    this.draw();
  }

  focus(): void {
    if (this.#dialogue.session.ended) this.#over.querySelector("button")?.focus();
    else this.#composer.focus();
  }

  /** The view was put where it can be seen. */
  shown(): void {
    this.#transcript.toTheEnd();
  }

  turn(turn: Turn): void {
    this.#transcript.draw(turn);
    this.#drawDock();
  }

  /** What holds for the dialogue as a whole has changed. */
  draw(): void {
    this.#transcript.redraw();
    this.#drawDock();
  }

  say(text: string, wrong = false): void {
    this.#composer.say(text, wrong);
  }

  announce(text: string): void {
    this.#announcer.textContent = text;
  }

  #drawDock(): void {
    const { ended } = this.#dialogue.session;
    this.#replies.draw();
    this.#composer.element.hidden = ended;
    this.#composer.busy = this.#dialogue.sending;
    this.#over.hidden = !ended;
  }

  #farewell({ language: { words }, rate, begin, session }: TalkDesk): HTMLElement {
    const rating = session.rated
      ? null
      : h("button", { type: "button", class: "quiet accent", onclick: rate }, words.rate);
    const again = h("button", { type: "button", class: "quiet", onclick: begin }, icon("again"), words.newDialogue);
    return h("div", { class: "over" }, h("p", {}, `${words.endedTitle}.`), rating, again);
  }
}
