/**
 * Where a question is written.
 *
 * Knows how long it may be and which key sends it. Refuses to know what happens then.
 */

import { h } from "../dom";
import { icon } from "../icons";
import type { Words } from "../words/ru";

const MESSAGE_CHARACTERS = 2000;
const COUNTER_FROM = 1800;

export class Composer {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #ask: (text: string) => void;
  readonly #field: HTMLTextAreaElement;
  readonly #growing: HTMLElement;
  readonly #send: HTMLButtonElement;
  readonly #note = h("p", { class: "small composer-note", role: "status", id: "composer-note" });
  #counting = false;
  #busy = false;

  constructor(words: Words, ask: (text: string) => void) {
    this.#words = words;
    this.#ask = ask;
    const attributes = { rows: 1, autocomplete: "off", enterkeyhint: "send", "aria-describedby": "composer-note" };
    this.#field = h("textarea", { ...attributes, "aria-label": words.question, placeholder: words.placeholder });
    this.#send = h("button", { type: "submit", class: "send", "aria-label": words.send }, icon("send"));
    this.#growing = h("div", { class: "growing-field" }, this.#field);
    const form = h("form", { class: "composer", novalidate: true }, this.#growing, this.#send);
    form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("input", () => this.#draw());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
    this.element = h("div", { class: "composer-box" }, form, this.#note);
    this.#draw();
  }

  focus(): void {
    this.#field.focus();
  }

  /** While a question is being sent, the next one waits. */
  set busy(yes: boolean) {
    this.#busy = yes;
    this.#draw();
  }

  say(text: string, wrong = false): void {
    this.#note.textContent = text;
    this.#note.classList.toggle("wrong", wrong);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (text === "" || this.#busy || length(text) > MESSAGE_CHARACTERS) return;
    this.#field.value = "";
    this.say("");
    this.#ask(text);
    this.#draw();
  }

  #draw(): void {
    const count = length(this.#field.value.trim());
    this.#send.disabled = count === 0 || count > MESSAGE_CHARACTERS || this.#busy;
    if (count >= COUNTER_FROM) this.say(this.#words.counter(count, MESSAGE_CHARACTERS), count > MESSAGE_CHARACTERS);
    else if (this.#counting) this.say("");
    this.#counting = count >= COUNTER_FROM;
    this.#growing.dataset["value"] = this.#field.value; // the box's shadow copy gives the field its height
  }
}

/** Code points, as the server counts them. */
function length(text: string): number {
  return [...text].length;
}
