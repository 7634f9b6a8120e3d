/**
 * What visitors asked for: models, budgets, colours.
 *
 * Knows how to rank what is counted. Refuses to know any car.
 */

import { h, type Child } from "../elements";
import { daysChoice, type Page } from "../page";
import { ranking } from "../plot";
import { counted, number, QUESTIONS, rubles } from "../russian";
import { nothing } from "../trouble";

export const wishes: Page = {
  title: "Чего хотят посетители",
  async build({ api, assistant, query }) {
    const { days, links } = daysChoice("wishes", query);
    const told = await api.wishes(assistant.id, days);
    return [
      links,
      h(
        "div",
        { class: "columns three" },
        card("Модели", told.models),
        card(
          "Бюджеты",
          told.budgets_rub.map(({ from, to, count }) => ({ name: span(from, to), count })),
        ),
        card("Цвета", told.colors),
      ),
      h(
        "p",
        { class: "hint" },
        "Считаются вопросы, в которых посетитель назвал модель, сумму или цвет, — есть такая машина в наличии или нет.",
      ),
    ];
  },
};

function card(title: string, entries: readonly { name: string; count: number }[]): Child {
  const shown = entries.map(({ name, count }) => ({ name, count, told: counted(count, QUESTIONS) }));
  return h(
    "section",
    { class: "card" },
    h("h2", {}, title),
    shown.length ? ranking(shown) : nothing("За это время не спрашивали."),
  );
}

function span(from: number | null, to: number | null): string {
  if (to === null) return `от ${rubles(from ?? 0)}`;
  return from ? `${number(from, 0)} – ${rubles(to)}` : `до ${rubles(to)}`;
}
