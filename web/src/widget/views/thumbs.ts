/**
 * What a visitor thinks of one answer: a thumb, and for the lower one a reason.
 *
 * Knows the buttons and the little form. Refuses to say thanks before the server took it.
 */

import type { Feedback } from "../../api/types";
import { h, show } from "../dom";
import { icon } from "../icons";
import type { Words } from "../words/ru";

type Thumb = Feedback["thumb"];

export class Thumbs {
  readonly buttons: HTMLElement;
  readonly form: HTMLFormElement;
  readonly said = h("p", { class: "small", role: "status", hidden: true });
  readonly #words: Words;
  readonly #give: (feedback: Feedback) => Promise<void>;
  readonly #thumbs: Record<Thumb, HTMLButtonElement>;
  readonly #reason: HTMLInputElement;
  #sent: Promise<void> = Promise.resolve();

  constructor(words: Words, id: string, give: (feedback: Feedback) => Promise<void>) {
    this.#words = words;
    this.#give = give;
    this.#thumbs = { up: this.#thumb("up"), down: this.#thumb("down") };
    this.buttons = h("span", { class: "thumbs" }, this.#thumbs.up, this.#thumbs.down);
    this.#reason = h("input", { name: "reason", id: `reason-${id}`, maxlength: 1000, autocomplete: "off" });
    this.form = this.#reasonForm(id);
  }

  draw(feedback: Feedback | null): void {
    for (const thumb of ["up", "down"] as const) {
      this.#thumbs[thumb].setAttribute("aria-pressed", String(feedback?.thumb === thumb));
    }
  }

  #thumb(thumb: Thumb): HTMLButtonElement {
    const button = h("button", {
      type: "button",
      class: "tool",
      "aria-pressed": "false",
      "aria-label": this.#words[thumb],
      title: this.#words[thumb],
    });
    button.append(icon(thumb));
    button.addEventListener("click", () => {
      this.form.hidden = thumb === "up";
      this.#send({ thumb, reason: "" });
      if (thumb === "down") this.#reason.focus();
    });
    return button;
  }

  #reasonForm(id: string): HTMLFormElement {
    const ready = this.#words.reasons.map((reason) =>
      h("button", { type: "button", class: "suggestion", onclick: () => this.#explain(reason) }, reason),
    );
    const label = h("label", { for: `reason-${id}` }, this.#words.whyDown);
    const submit = h("button", { type: "submit", class: "quiet" }, this.#words.sendReason);
    const form = h("form", { class: "reason", hidden: true }, label, h("div", { class: "suggestions" }, ...ready));
    form.append(h("div", { class: "reason-row" }, this.#reason, submit));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#explain(this.#reason.value.trim());
    });
    return form;
  }

  #explain(reason: string): void {
    this.form.hidden = true;
    this.#thumbs.down.focus();
    this.#send({ thumb: "down", reason });
  }

  /** One after another, so that the last word stays the last; only that one is answered for. */
  #send(feedback: Feedback): void {
    const { thanksForThumb, thumbFailed } = this.#words;
    show(this.said, null);
    const sent = this.#sent.then(async () => {
      const told = await this.#give(feedback).then(
        () => thanksForThumb,
        () => thumbFailed,
      );
      if (this.#sent === sent) show(this.said, told);
    });
    this.#sent = sent;
  }
}
