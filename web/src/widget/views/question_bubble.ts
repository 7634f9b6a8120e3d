/**
 * What a visitor asked, and how it is on its way.
 *
 * Knows deliveries, and that who cannot be answered may be called. Refuses to send anything itself.
 */

import type { Problem } from "../../api/failures";
import { finished, type Turn } from "../dialogue/turn";
import { h, show } from "../dom";
import { icon } from "../icons";
import type { Language } from "../language";
import { plain } from "../plain_text";
import { sentence, spoken } from "../problems";
import type { TurnDesk } from "./turn_view";

export class QuestionBubble {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #delivery = h("p", { class: "delivery", hidden: true });
  readonly #resend: HTMLButtonElement;
  readonly #call: HTMLButtonElement;
  readonly #callbacks: () => boolean;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(turn: Turn, desk: TurnDesk) {
    const { words } = desk.language;
    this.#language = desk.language;
    this.#callbacks = () => desk.session.callbacks.available && !desk.session.ended;
    this.#resend = h(
      "button",
      { type: "button", class: "quiet", hidden: true, onclick: () => desk.resend(turn) },
      icon("again"),
      words.resend,
    );
    this.#call = h(
      "button",
      { type: "button", class: "quiet", hidden: true, onclick: () => desk.callBack() },
      icon("phone"),
      words.leaveRequest,
    );
    const said = h(
      "p",
      { class: "said", dir: "auto" },
      h("span", { class: "unseen" }, `${words.you} `),
      plain(turn.question),
    );
    this.element = h("div", { class: "bubble asked" }, said, this.#delivery, this.#resend, this.#call);
  }

  draw(turn: Turn): void {
    show(this.#delivery, this.#deliveryWords(turn));
    const unsent = turn.delivery === "unsent";
    this.element.classList.toggle("unsent", unsent);
    this.#resend.hidden = !(unsent && turn.resendable);
    this.#call.hidden = !(turn.delivery === "busy" || (unsent && turn.resendable)) || !this.#callbacks();
    clearInterval(this.#ticking);
    if (turn.retry_at !== null) this.#ticking = setInterval(() => this.#count(turn), 1000);
  }

  #count(turn: Turn): void {
    if (turn.retry_at === null) clearInterval(this.#ticking);
    show(this.#delivery, this.#deliveryWords(turn));
  }

  #deliveryWords(turn: Turn): string | null {
    const { words } = this.#language;
    if (turn.delivery === "unsent" && turn.problem) return this.#problemWords(turn.problem);
    if (turn.delivery === "unsent") return turn.resendable ? words.unsentNetwork : words.unsent;
    if (turn.delivery === "sending") return turn.late && !finished(turn) ? words.slow : null;
    if (turn.delivery !== "busy") return null;
    if (turn.retry_at === null) return words.busy;
    return words.busyFor(this.#language.seconds(Math.max(1, Math.ceil((turn.retry_at - performance.now()) / 1000))));
  }

  #problemWords(problem: Problem): string {
    const { words } = this.#language;
    return spoken(words, problem.fields)[0]?.message ?? sentence(words, problem);
  }
}
