/** What a visitor asked, and how it is on its way. Knows deliveries. Refuses to send anything itself. */

import { finished, type Turn } from "../dialogue/turn";
import { h, show } from "../dom";
import { icon } from "../icons";
import type { Language } from "../language";
import { plain } from "../plain_text";

export class QuestionBubble {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #delivery = h("p", { class: "delivery", hidden: true });
  readonly #resend: HTMLButtonElement;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(turn: Turn, language: Language, resend: () => void) {
    const { words } = language;
    this.#language = language;
    this.#resend = h("button", { type: "button", class: "quiet", hidden: true, onclick: resend }, icon("again"), words.resend);
    const said = h("p", { class: "said", dir: "auto" }, h("span", { class: "unseen" }, `${words.you} `), plain(turn.question));
    this.element = h("div", { class: "bubble asked" }, said, this.#delivery, this.#resend);
  }

  draw(turn: Turn): void {
    show(this.#delivery, this.#deliveryWords(turn));
    const unsent = turn.delivery === "unsent";
    this.element.classList.toggle("unsent", unsent);
    this.#resend.hidden = !(unsent && turn.resendable);
    clearInterval(this.#ticking);
    if (turn.retry_at !== null) this.#ticking = setInterval(() => this.#count(turn), 1000);
  }

  #count(turn: Turn): void {
    if (turn.retry_at === null) clearInterval(this.#ticking);
    show(this.#delivery, this.#deliveryWords(turn));
  }

  #deliveryWords(turn: Turn): string | null {
    const { words } = this.#language;
    if (turn.delivery === "unsent") return turn.problem || (turn.resendable ? words.unsentNetwork : words.unsent);
    if (turn.delivery === "sending") return turn.late && !finished(turn) ? words.slow : null;
    if (turn.delivery !== "busy") return null;
    if (turn.retry_at === null) return words.busy;
    return words.busyFor(this.#language.seconds(Math.max(1, Math.ceil((turn.retry_at - performance.now()) / 1000))));
  }
}
