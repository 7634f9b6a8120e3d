/**
 * Dialogues, found by words, days and how they ended.
 *
 * Knows the filters and the list. Refuses to unmask anything: what comes is masked already.
 */

import { dialoguesFile, save } from "../csv_file";
import { button, h, replace } from "../elements";
import type { Context, Page } from "../page";
import { counted, number, QUESTIONS } from "../russian";
import type { DialogueLine } from "../shapes";
import { nothing, notice, words } from "../trouble";
import { reasonName } from "../words_of_states";

const STATES = {
  "": "Все",
  unanswered: "С вопросом без ответа",
  refused: "С отказом",
  failed: "Со сбоем",
  rated: "С оценкой",
};
type Filter = Record<string, string | null>;

const EMPTY_PAGES = 10;
const FILTERS = ["search", "from", "to", "state"] as const;

export const dialogues: Page = {
  title: "Диалоги",
  async build(context) {
    const filter = Object.fromEntries(FILTERS.map((name) => [name, context.query.get(name)]));
    const list = new DialogueList(context, filter);
    await list.load(null);
    return [filterForm(context), exportRow(context, filter), list.element, list.more];
  },
};

class DialogueList {
  readonly element = h("ul", { class: "dialogues" });
  readonly more = h("div", { class: "row" });

  constructor(
    private readonly context: Context,
    private readonly filter: Filter,
  ) {}

  /** A page may be empty and not the last one: what is sought may lie further back. */
  async load(cursor: string | null): Promise<void> {
    let page = await this.#page(cursor);
    for (let empty = 1; empty < EMPTY_PAGES && !page.dialogues.length && page.cursor; empty += 1) {
      page = await this.#page(page.cursor);
    }
    const { dialogues: found, cursor: next } = page;
    this.element.append(...found.map((line) => row(line, this.context)));
    const further = next ? button(found.length ? "Показать ещё" : "Искать дальше", () => this.#further(next)) : null;
    replace(this.more, further ?? (this.element.children.length ? null : this.#nothing()));
  }

  #page(cursor: string | null) {
    return this.context.api.dialogues(this.context.assistant.id, { ...this.filter, cursor });
  }

  async #further(cursor: string): Promise<void> {
    const seen = this.element.children.length;
    try {
      await this.load(cursor);
      this.element.children[seen]?.querySelector("a")?.focus();
    } catch (error) {
      const again = button("Повторить", () => this.#further(cursor));
      replace(this.more, notice(words(error), "wrong"), again);
    }
  }

  #nothing(): HTMLElement {
    const narrowed = Object.values(this.filter).some(Boolean);
    return nothing(narrowed ? "По этим условиям ничего не нашлось." : "За последние 30 дней диалогов не было.");
  }
}

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
    h("label", { class: "field" }, h("span", { class: "label" }, "Какие"), state),
    h("button", { type: "submit", class: "main-button" }, "Найти"),
    h("p", { class: "hint whole-row" }, "Если дни не выбраны, показаны последние 30 дней."),
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
function exportRow({ api, assistant }: Context, filter: Filter): HTMLElement {
  const told = h("span", { role: "status" });
  const download = async () => {
    replace(told, "Готовим файл…");
    try {
      const parts = (count: number) => replace(told, `Готовим файл, часть ${count + 1}…`);
      save(await dialoguesFile(api, assistant.id, filter, parts), `dialogues-${assistant.id}.csv`);
      replace(told, "Файл скачан. Личные данные в нём скрыты.");
    } catch (error) {
      replace(told, notice(words(error), "wrong"));
    }
  };
  return h("div", { class: "row" }, button("Скачать CSV", download), told);
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
