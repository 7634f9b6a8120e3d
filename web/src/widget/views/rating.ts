/**
 * The rating: satisfaction 1–10 with a comment and, where the server asks for it, recommendation 0–10.
 *
 * Knows the form and the gift that may follow it. Refuses to know when it is shown.
 */

import type { Rating } from "../../api/types";
import type { Session } from "../dialogue/turn";
import { h } from "../dom";
import { fieldElement, Form, FormError } from "../forms";
import { icon } from "../icons";
import type { Words } from "../words/ru";
import { copyButton } from "./copying";
import { heading, type View } from "./view";

export interface RatingDesk {
  rate(rating: Rating): Promise<void>;
  back(): void;
  begin(): void;
}

/** `worth` is whether anything was said that could be rated. */
export function ratingView(words: Words, session: Session, worth: boolean, desk: RatingDesk): View {
  const title = heading(session.ended ? words.endedTitle : words.leavingTitle);
  const thanks = h("div", { class: "thanks", role: "status" });
  const section = h("section", { class: "view" }, title);
  if (worth && !session.rated) section.append(ratingForm(words, session, desk, thanks));
  section.append(thanks);
  if (session.rated) thank(words, session, thanks);
  if (session.ended) {
    const again = h("button", { type: "button", class: "quiet wide-button", onclick: () => desk.begin() });
    again.append(icon("again"), words.newDialogue);
    section.append(again);
  }
  return { element: section, focus: () => title.focus() };
}

function ratingForm(words: Words, session: Session, desk: RatingDesk, thanks: HTMLElement): HTMLFormElement {
  const comment = { name: "comment", label: words.comment, optional: true, control: "textarea" as const };
  const content = [
    scale("csat", 1, words.usefulness, null, [words.useless, words.useful]),
    session.ask_nps ? scale("nps", 0, words.recommend, words.optional, [words.never, words.surely]) : null,
    fieldElement(words, { ...comment, attributes: { rows: 2, maxlength: 2000 } }),
  ];
  const back = h(
    "button",
    { type: "button", class: "quiet", onclick: () => desk.back() },
    session.ended ? words.back : words.notNow,
  );
  const form = new Form(
    words,
    content,
    words.rate,
    async () => {
      await desk.rate(read(words, form.values()));
      form.element.remove();
      thank(words, session, thanks);
    },
    [back],
  );
  return form.element;
}

function read(words: Words, values: Record<string, string>): Rating {
  if (!values["csat"]) throw new FormError(words.needRating);
  return {
    csat: Number(values["csat"]),
    ...(values["nps"] && { nps: Number(values["nps"]) }),
    ...(values["comment"] && { comment: values["comment"] }),
  };
}

function thank(words: Words, session: Session, place: HTMLElement): void {
  place.append(h("p", {}, words.thanks));
  if (!session.gift_code) return;
  const code = h("output", { class: "gift-code" }, session.gift_code);
  const row = h(
    "p",
    { class: "gift-row" },
    code,
    copyButton(words, () => session.gift_code ?? ""),
  );
  place.append(
    h(
      "div",
      { class: "gift" },
      h("p", { class: "gift-title" }, icon("gift"), words.gift),
      row,
      h("p", { class: "small" }, words.giftLead),
    ),
  );
}

function scale(name: string, from: number, question: string, need: string | null, ends: [string, string]): HTMLElement {
  const points = Array.from({ length: 11 - from }, (_, index) => {
    const value = String(from + index);
    return h("label", {}, h("input", { type: "radio", name, value }), h("span", {}, value));
  });
  const legend = h("legend", {}, question, need && h("em", {}, ` ${need}`));
  const edges = h("p", { class: "scale-ends", "aria-hidden": "true" }, ...ends.map((end) => h("span", {}, end)));
  return h("fieldset", { class: "scale" }, legend, h("div", { class: `scale-points ${name}` }, ...points), edges);
}
