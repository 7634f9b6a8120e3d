/**
 * An answer in each of its states: awaited, growing, whole.
 *
 * Knows what belongs to an answer and when it may be seen: what leans on the whole text comes after it. Refuses to know how
 * the answer got here.
 */

import { finished, type Turn } from "../dialogue/turn";
import { h, show } from "../dom";
import { icon, type Icon } from "../icons";
import { plain, readable } from "../plain_text";
import { Typist } from "../typist";
import { carCards } from "./cars";
import { copyButton } from "./copying";
import { brochureList, brochuresOf, footnote } from "./footnote";
import { Thumbs } from "./thumbs";
import type { TurnDesk } from "./turn_view";

export class AnswerBubble {
  readonly element: HTMLElement;
  readonly #turn: Turn;
  readonly #desk: TurnDesk;
  readonly #dots = h("p", { class: "dots", "aria-hidden": "true" }, h("span"), h("span"), h("span"));
  readonly #speaker: HTMLElement;
  readonly #text: HTMLElement;
  readonly #notice: HTMLElement;
  readonly #stop: HTMLButtonElement;
  readonly #after = h("div", { class: "after" });
  readonly #thumbs: Thumbs;
  readonly #typist = new Typist((text, whole) => this.#drawText(text, whole));
  #drawn = "";

  constructor(turn: Turn, desk: TurnDesk) {
    const { words } = desk.language;
    this.#turn = turn;
    this.#desk = desk;
    const theirs = desk.foreign ? desk.session.language : null;
    this.#text = h("span", { class: "text", lang: theirs });
    this.#notice = h("p", { class: "notice", hidden: true });
    this.#speaker = h("span", { class: "unseen" }, `${words.assistant} `);
    this.#stop = h(
      "button",
      { type: "button", class: "tool stop", onclick: () => desk.stop(turn) },
      icon("stop"),
      words.stop,
    );
    this.#thumbs = new Thumbs(words, turn.message_id, (feedback) => desk.giveFeedback(turn, feedback));
    const said = h("p", { class: "said", dir: "auto" }, this.#speaker, this.#text);
    this.element = h("div", { class: "bubble answer" }, this.#dots, said, this.#after, this.#notice, this.#stop);
  }

  /** `live` is false for what was there before this page. */
  draw(live: boolean): void {
    const turn = this.#turn;
    const done = finished(turn);
    this.element.hidden = !done && turn.delivery !== "accepted";
    this.element.classList.toggle("refused", turn.state === "refused");
    this.element.classList.toggle("failed", turn.state === "failed");
    this.#dots.hidden = done || turn.text !== "";
    this.#stop.hidden = done;
    this.#drawNotice();
    this.#typist.write(plain(turn.text || (turn.reason === "stopped" ? this.#desk.language.words.stopped : "")), live);
  }

  #drawText(text: string, typed: boolean): void {
    const whole = typed && finished(this.#turn);
    this.element.classList.toggle("growing", !whole && text !== "");
    this.element.setAttribute("aria-busy", String(!whole));
    this.#speaker.hidden = text === "";
    if (whole) this.#text.replaceChildren(...readable(text, this.#desk.linkHosts));
    else this.#text.textContent = text;
    this.#drawAfter(whole);
    this.#desk.grown();
  }

  #drawNotice(): void {
    const { turn, words } = { turn: this.#turn, words: this.#desk.language.words };
    const own = this.#desk.foreign || !turn.notice ? words.notice : turn.notice;
    const text = finished(turn) ? turn.notice : turn.late && turn.delivery === "accepted" ? own : null;
    if (text !== null && this.#notice.hidden) this.#desk.announce(text);
    if (this.#desk.foreign) this.#notice.lang = text === own ? this.#desk.language.code : this.#desk.session.language;
    show(this.#notice, text && plain(text));
  }

  /** What stands under the text; drawn again only when something of it has changed. */
  #drawAfter(whole: boolean): void {
    const turn = this.#turn;
    const { ended } = this.#desk.session;
    const key = JSON.stringify([whole, ended, turn.offers, turn.reason, turn.state]);
    this.#thumbs.draw(turn.feedback);
    if (key === this.#drawn) return;
    this.#drawn = key;
    if (!whole) return this.#after.replaceChildren();
    const { language, linkHosts, session } = this.#desk;
    const parts = [
      carCards(
        turn.facts,
        language,
        ended || !this.#desk.testDrives(turn) ? null : (car) => this.#desk.bookTestDrive(car),
      ),
      brochureList(turn, language, linkHosts),
      ...(ended ? [] : this.#offers()),
      footnote(turn, session.office?.time_zone, language),
      ...this.#tools(),
    ];
    this.#after.replaceChildren(...parts.filter((part) => part !== null));
  }

  #offers(): HTMLElement[] {
    const turn = this.#turn;
    const { words } = this.#desk.language;
    const hasCars = turn.facts.some(({ kind }) => kind === "stock");
    const offers: [boolean, Icon, string, () => void][] = [
      [turn.offers.includes("brochure"), "letter", words.byMail, () => this.#desk.sendLetter(brochuresOf(turn))],
      [turn.offers.includes("callback"), "phone", words.leaveRequest, () => this.#desk.callBack()],
      [
        turn.offers.includes("test_drive") && !hasCars,
        "wheel",
        words.bookTestDrive,
        () => this.#desk.bookTestDrive(""),
      ],
      [
        turn.state === "failed" || turn.reason === "stopped",
        "again",
        words.askAgain,
        () => this.#desk.ask(turn.question),
      ],
    ];
    const made = offers.filter(([offered]) => offered);
    return made.map(([, sign, text, act]) =>
      h("button", { type: "button", class: "quiet accent", onclick: act }, icon(sign), text),
    );
  }

  #tools(): HTMLElement[] {
    if (this.#turn.text === "") return [];
    const copy = copyButton(this.#desk.language.words, () => plain(this.#turn.text));
    const row = h("div", { class: "tools" }, copy, this.#thumbs.buttons);
    return [row, this.#thumbs.form, this.#thumbs.said];
  }
}
