/**
 * The day at a glance.
 *
 * Knows which numbers an owner looks at first. Refuses to compute any of them.
 */

import { h, type Child } from "../elements";
import type { Context, Page } from "../page";
import { capital } from "../places";
import { ranking } from "../plot";
import { counted, day, dollars, number, percent, QUESTIONS, RATINGS, REFUSALS, signed } from "../russian";
import type { Today } from "../shapes";
import { nothing } from "../trouble";
import { breakerName, reasonName } from "../words_of_states";

export const today: Page = {
  title: "Сегодня",
  async build({ api, assistant, clock }) {
    const told = await api.today(assistant.id);
    return [
      h("p", { class: "lead" }, `${day(told.day)}, сутки по времени салона`),
      tiles(told),
      h("div", { class: "columns" }, refusals(told), state(told, clock)),
    ];
  },
};

function tiles(told: Today): HTMLElement {
  const { answered_within_10_s: inTime, csat, nps } = told;
  return h(
    "ul",
    { class: "tiles" },
    tile("Диалоги", number(told.dialogues), counted(told.turns, QUESTIONS), "#/dialogues"),
    tile(
      "Ответ за 10 секунд",
      inTime === null ? "—" : percent(inTime),
      `с ответом: ${counted(told.answered, QUESTIONS)}`,
    ),
    tile(
      "Заявки ждут звонка",
      number(told.callbacks_waiting),
      told.callbacks_waiting ? "открыть список" : "все обработаны",
      "#/callbacks",
      told.callbacks_waiting > 0,
    ),
    tile(
      "Без ответа",
      number(told.unanswered),
      told.unanswered ? "добавить ответы в FAQ" : "на всё нашёлся ответ",
      "#/unanswered",
      told.unanswered > 0,
    ),
    tile(
      "CSAT",
      csat.mean === null ? "—" : number(csat.mean),
      csat.count ? `из 10, ${counted(csat.count, RATINGS)}` : "оценок пока нет",
    ),
    tile(
      "NPS",
      nps.score === null ? "—" : signed(nps.score),
      nps.count ? `от −100 до +100, ${counted(nps.count, RATINGS)}` : "оценок пока нет",
    ),
  );
}

function tile(name: string, figure: string, about: string, href?: string, waits = false): HTMLElement {
  const told: Child = [
    h("span", { class: "name" }, name),
    h("strong", { class: "figure" }, figure),
    h("span", { class: "about" }, about),
  ];
  return h(
    "li",
    { class: waits ? "tile card waits" : "tile card" },
    href ? h("a", { href }, told) : h("div", {}, told),
  );
}

function refusals({ refusals: topics }: Today): HTMLElement {
  const shown = topics.map(({ topic, count }) => ({
    name: capital(reasonName(topic)),
    count,
    told: counted(count, REFUSALS),
  }));
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Отказы по темам"),
    shown.length ? ranking(shown) : nothing("Сегодня помощник никому не отказывал."),
  );
}

function state(told: Today, clock: Context["clock"]): HTMLElement {
  const { breaker, stock_as_of: stock, cost_usd_so_far: cost } = told;
  return h(
    "section",
    { class: "card" },
    h("h2", {}, "Состояние"),
    h(
      "dl",
      { class: "facts" },
      fact("Наличие", stock ? `по данным на ${clock.moment(stock).replace("сегодня в", "сегодня,")}` : "данных нет"),
      fact(
        "Помощник",
        h(
          "span",
          { class: `mark ${breaker.state === "closed" ? "good" : "wrong"}` },
          breakerName(breaker.state),
          breaker.state !== "closed" && breaker.since ? `, ${clock.moment(breaker.since)}` : "",
        ),
      ),
      breaker.state !== "closed" && breaker.reason ? fact("Причина", breaker.reason) : null,
      fact("Расходы платформы за сутки, оценка", cost === null ? "не подсчитаны" : `около ${dollars(cost)}`),
    ),
  );
}

function fact(name: string, value: Child): Child {
  return [h("dt", {}, name), h("dd", {}, value)];
}
