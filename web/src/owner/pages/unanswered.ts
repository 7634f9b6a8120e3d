/**
 * Questions that were not answered, like ones together, each a step away from an answer of the salon.
 *
 * Knows the way into the FAQ. Refuses to answer.
 */

import { button, h } from "../elements";
import { handOver } from "../handed";
import { daysChoice, type Context, type Page } from "../page";
import { counted, number, QUESTIONS } from "../russian";
import type { UnansweredGroup } from "../shapes";
import { nothing } from "../trouble";

const QUESTIONS_HANDED_OVER = 8;

export const unanswered: Page = {
  title: "Вопросы без ответа",
  async build(context) {
    const { days, links } = daysChoice("unanswered", context.query);
    const { groups, complete } = await context.api.unanswered(context.assistant.id, days);
    const total = groups.reduce((sum, group) => sum + group.count, 0);
    return [
      links,
      h(
        "p",
        { class: "lead" },
        groups.length
          ? `${counted(total, QUESTIONS)}, похожие собраны вместе. Ответ, добавленный в FAQ, помощник узнает сразу после публикации.`
          : "",
      ),
      groups.length
        ? h(
            "ul",
            { class: "groups" },
            groups.map((group) => shown(group, context)),
          )
        : nothing("За это время помощник ответил на все вопросы."),
      complete ? null : h("p", { class: "hint" }, "Показаны последние вопросы: за это время их было больше."),
    ];
  },
};

function shown(group: UnansweredGroup, { clock }: Context): HTMLElement {
  const { title, count, questions } = group;
  return h(
    "li",
    { class: "card" },
    h(
      "div",
      { class: "between" },
      h("h2", { dir: "auto" }, title),
      h(
        "span",
        { class: "mark", title: counted(count, QUESTIONS) },
        number(count),
        h("span", { class: "unseen" }, " раз"),
      ),
    ),
    h(
      "details",
      {},
      h("summary", {}, count > 1 ? "Как спрашивали" : "Где спрашивали"),
      h(
        "ul",
        { class: "asked-list" },
        questions.map(({ session_id: id, asked_at: at, text }) =>
          h(
            "li",
            {},
            h("span", { dir: "auto" }, text),
            " ",
            h(
              "a",
              { href: `#/dialogues/${encodeURIComponent(id)}`, "aria-label": `Диалог, ${clock.moment(at)}` },
              clock.moment(at),
            ),
          ),
        ),
      ),
    ),
    button(
      "Добавить в FAQ",
      () => {
        handOver([...new Set([title, ...questions.map((question) => question.text)])].slice(0, QUESTIONS_HANDED_OVER));
        location.hash = "#/faq";
      },
      { class: "main-button", "aria-label": `Добавить в FAQ: ${title.slice(0, 120)}` },
    ),
  );
}
