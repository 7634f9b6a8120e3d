/**
 * Questions that are one press away: at the beginning, and under an answer about cars.
 *
 * Knows when each is fit. An assistant of another language gets them in its own. Refuses to answer them.
 */

import type { Dialogue } from "../dialogue/dialogue";
import { finished } from "../dialogue/turn";
import { h } from "../dom";
import { Language } from "../language";
import type { Words } from "../words/ru";

export class QuickReplies {
  readonly element: HTMLElement;
  readonly #dialogue: Dialogue;
  readonly #words: Words;
  readonly #theirs: Words;
  readonly #ask: (text: string) => void;

  constructor(dialogue: Dialogue, { words }: Language, ask: (text: string) => void) {
    this.#dialogue = dialogue;
    this.#words = words;
    this.#theirs = Language.of(dialogue.session.language).words;
    this.#ask = ask;
    this.element = h("div", { class: "suggestions", role: "group", hidden: true });
  }

  draw(): void {
    const replies = this.#dialogue.session.ended ? [] : this.#fit();
    this.element.hidden = replies.length === 0;
    this.element.setAttribute("aria-label", this.#dialogue.turns.length ? this.#words.further : this.#words.examples);
    this.element.replaceChildren(...replies.map(([label, text]) => this.#button(label, text)));
  }

  #fit(): [string, string][] {
    const { turns, session } = this.#dialogue;
    const last = turns.at(-1);
    if (!last) {
      const stock = session.capabilities.includes("inventory") ? this.#pairs("stockExamples") : [];
      return [...stock, ...this.#pairs("otherExamples")];
    }
    const ofCars = finished(last) && last.facts.some(({ kind }) => kind === "stock");
    return ofCars ? this.#pairs("furtherStock") : [];
  }

  #pairs(name: "stockExamples" | "otherExamples" | "furtherStock"): [string, string][] {
    return this.#words[name].map((label, index) => [label, this.#theirs[name][index] ?? label]);
  }

  #button(label: string, text: string): HTMLButtonElement {
    return h("button", { type: "button", class: "suggestion", onclick: () => this.#ask(text) }, label);
  }
}
