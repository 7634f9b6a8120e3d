/**
 * One dialogue as it went, personal data masked.
 *
 * Knows how to show questions and answers. Refuses to unmask anything.
 */

import { h, type Child } from "../elements";
import type { Context, Page } from "../page";
import { number, seconds } from "../russian";
import type { Dialogue, DialogueTurn, Policy } from "../shapes";
import { nothing } from "../trouble";
import { reasonName, stateName } from "../words_of_states";

export const dialogue: Page = {
  title: "Диалог",
  async build(context) {
    const told = await context.api.dialogue(context.assistant.id, context.parameter ?? "");
    const titles = told.turns.some((turn) => turn.topic) ? await topicTitles(context) : new Map<string, string>();
    return [
      h("p", {}, h("a", { href: "#/dialogues" }, "← Ко всем диалогам")),
      about(told, context),
      told.turns.length
        ? h(
            "ol",
            { class: "turns" },
            told.turns.map((turn) => shown(turn, titles, context)),
          )
        : nothing("Вопросов в этом диалоге нет."),
    ];
  },
};

function about({ opened_at: opened, ended_at: ended, csat, nps, comment }: Dialogue, { clock }: Context): Child {
  const rated = [csat === null ? null : `CSAT ${number(csat)} из 10`, nps === null ? null : `NPS ${number(nps)}`]
    .filter(Boolean)
    .join(", ");
  return h(
    "div",
    { class: "card" },
    h(
      "p",
      {},
      `Начат ${clock.moment(opened)}${ended ? `, завершён ${clock.moment(ended)}` : ""}. ${rated ? `Оценка: ${rated}.` : "Без оценки."} Личные данные скрыты.`,
    ),
    comment ? h("blockquote", { dir: "auto" }, comment) : null,
  );
}

/** Topics by the names that the owner gave them; without them their ids have to do. */
async function topicTitles({ api, assistant }: Context): Promise<Map<string, string>> {
  try {
    const { value } = await api.document<Policy>(assistant.id, "policy");
    return new Map(value.topics.map(({ id, title }) => [id, title]));
  } catch {
    return new Map();
  }
}

function shown(turn: DialogueTurn, titles: Map<string, string>, { clock }: Context): HTMLElement {
  const { question, answer, state, reason, topic, elapsed_ms: elapsed, sources, thumb, thumb_reason: why } = turn;
  const told = [
    clock.moment(turn.asked_at),
    elapsed === null ? null : seconds(elapsed),
    sources.length ? `источники: ${sources.map((source) => source.title).join(", ")}` : null,
  ];
  return h(
    "li",
    {},
    h("p", { class: "asked-text", dir: "auto" }, h("span", { class: "unseen" }, "Посетитель: "), question),
    h(
      "p",
      { class: "answer-text", dir: "auto" },
      h("span", { class: "unseen" }, "Помощник: "),
      answer || "Ответа нет.",
    ),
    h(
      "p",
      { class: "about" },
      told.filter(Boolean).join(" · "),
      state === "answered" ? null : [" ", h("span", { class: "mark" }, stateName(state))],
      reason
        ? [
            " ",
            h(
              "span",
              { class: "mark" },
              topic ? `${reasonName(reason)}: ${titles.get(topic) || topic}` : reasonName(reason),
            ),
          ]
        : null,
      thumb
        ? [
            " ",
            h(
              "span",
              { class: thumb === "up" ? "mark good" : "mark wrong" },
              thumb === "up" ? "Полезно" : "Не помогло",
              why ? `: ${why}` : "",
            ),
          ]
        : null,
    ),
  );
}
