/**
 * Dialogues, found by words, days and how they ended.
 *
 * Knows the filters and the list. Refuses to unmask anything: what comes is masked already.
 */

import { button, h, replace } from "../elements";
import type { Context, Page } from "../page";
import { counted, number, QUESTIONS } from "../russian";
import type { DialogueLine } from "../shapes";
import { nothing, notice, words } from "../trouble";
import { reasonName } from "../words_of_states";

const STATES = { "": "Любой", answered: "Ответ дан", refused: "Отказ", failed: "Сбой" };
const EMPTY_PAGES = 10;
const FILTERS = ["search", "from", "to", "state"] as const;

export const dialogues: Page = {
  title: "Диалоги",
  async build(context) {
    const { api, assistant, query } = context;
    const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
    const list = h("ul", { class: "dialogues" });
    const more = h("div", { class: "row" });

    /** A page may be empty and not the last one: what is sought may lie further back. */
    async function load(cursor: string | null): Promise<void> {
      let page = await api.dialogues(assistant.id, { ...filter, cursor });
      for (let empty = 1; empty < EMPTY_PAGES && !page.dialogues.length && page.cursor; empty += 1)
        page = await api.dialogues(assistant.id, { ...filter, cursor: page.cursor });
      const next = page.cursor;
      list.append(...page.dialogues.map((line) => row(line, context)));
      replace(
        more,
        next ? button(page.dialogues.length ? "Показать ещё" : "Искать дальше", () => further(next)) : null,
      );
      if (!list.children.length && !next)
        replace(
          more,
          nothing(Object.values(filter).some(Boolean) ? "По этим условиям ничего не нашлось." : "Диалогов пока нет."),
        );
    }

    async function further(cursor: string | null): Promise<void> {
      const seen = list.children.length;
      try {
        await load(cursor);
        list.children[seen]?.querySelector("a")?.focus();
      } catch (error) {
        replace(
          more,
          notice(words(error), "wrong"),
          button("Повторить", () => further(cursor)),
        );
      }
    }

    await load(null);
    return [filterForm(context), exportRow(context, filter), list, more];
  },
};

function filterForm({ clock, query }: Context): HTMLElement {
  const date = (label: string, name: string) =>
    h(
      "label",
      { class: "field" },
      h("span", { class: "label" }, label),
      h("input", { type: "date", name, value: query.get(name) ?? "", max: clock.isoDay() }),
    );
  const state = h(
    "select",
    { name: "state" },
    Object.entries(STATES).map(([value, text]) => h("option", { value }, text)),
  );
  state.value = query.get("state") ?? "";
  const form = h(
    "form",
    { class: "filter card", role: "search" },
    h(
      "label",
      { class: "field grows" },
      h("span", { class: "label" }, "Слова в диалоге"),
      h("input", { type: "search", name: "search", value: query.get("search") ?? "", maxlength: 200 }),
    ),
    date("С дня", "from"),
    date("По день", "to"),
    h("label", { class: "field" }, h("span", { class: "label" }, "Чем кончился вопрос"), state),
    h("button", { type: "submit", class: "main-button" }, "Найти"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = new URLSearchParams();
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && value.trim()) wanted.set(name, value.trim());
    location.hash = wanted.size ? `#/dialogues?${wanted}` : "#/dialogues";
  });
  return form;
}

/** The file needs the token, so it is fetched and then handed to the browser. */
function exportRow({ api, assistant }: Context, filter: Record<string, string | null>): HTMLElement {
  const told = h("span", { role: "status" });
  return h(
    "div",
    { class: "row" },
    button("Скачать CSV", async () => {
      replace(told, "Готовим файл…");
      try {
        const address = URL.createObjectURL(await api.dialoguesCsv(assistant.id, filter));
        h("a", { href: address, download: `dialogues-${assistant.id}.csv` }).click();
        window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
        replace(told, "Файл скачан. Личные данные в нём скрыты.");
      } catch (error) {
        replace(told, notice(words(error), "wrong"));
      }
    }),
    told,
  );
}

function row(line: DialogueLine, { clock }: Context): HTMLElement {
  const marks = [...new Set(line.reasons.map(reasonName))].map((name) => h("span", { class: "mark" }, name));
  return h(
    "li",
    { class: "card" },
    h(
      "a",
      { class: "whole", href: `#/dialogues/${encodeURIComponent(line.session_id)}`, dir: "auto" },
      line.first_question ?? "Без вопросов",
    ),
    h(
      "p",
      { class: "about" },
      [
        clock.moment(line.opened_at),
        counted(line.turns, QUESTIONS),
        line.csat === null ? null : `CSAT ${number(line.csat)}`,
        line.nps === null ? null : `NPS ${number(line.nps)}`,
      ]
        .filter(Boolean)
        .join(" · "),
    ),
    marks.length ? h("p", { class: "marks" }, marks) : null,
  );
}
