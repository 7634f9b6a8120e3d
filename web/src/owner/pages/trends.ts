/**
 * How the numbers went over 7, 30 or 90 days.
 *
 * Knows which lines belong on one plot. Refuses to compute any of them.
 */

import { h } from "../elements";
import { daysChoice, type Page } from "../page";
import { plot, type Series } from "../plot";
import { day, dollars, number, percent, signed } from "../russian";
import type { TrendDay } from "../shapes";

export const trends: Page = {
  title: "Динамика",
  async build({ api, assistant, query }) {
    const { days, links } = daysChoice("trends", query);
    const { days: told } = await api.trends(assistant.id, days);
    const axis = {
      along: "День",
      labels: told.map((each) => day(each.day)),
      ticks: told.map((each) => day(each.day, "short")),
    };
    const of = (name: string, field: Exclude<keyof TrendDay, "day">): Series => ({
      name,
      values: told.map((each) => each[field]),
    });
    return [
      links,
      h(
        "p",
        { class: "lead" },
        "Сутки по времени салона. Последний день ещё не закончился. Расходы — на всю платформу, со всеми помощниками.",
      ),
      h(
        "div",
        { class: "plots" },
        plot({
          ...axis,
          title: "Диалоги и вопросы",
          series: [of("Диалоги", "dialogues"), of("Вопросы", "turns")],
          format: whole,
          high: 4,
        }),
        plot({
          ...axis,
          title: "Ответ за 10 секунд",
          series: [of("Доля", "answered_within_10_s")],
          format: percent,
          high: 1,
        }),
        plot({ ...axis, title: "CSAT, от 1 до 10", series: [of("CSAT", "csat")], format: number, low: 0, high: 10 }),
        plot({
          ...axis,
          title: "NPS, от −100 до +100",
          series: [of("NPS", "nps")],
          format: signed,
          low: -100,
          high: 100,
        }),
        plot({
          ...axis,
          title: "Отказы и вопросы без ответа",
          series: [of("Отказы", "refusals"), of("Без ответа", "unanswered")],
          format: whole,
          high: 4,
        }),
        plot({ ...axis, title: "Заявки на звонок", series: [of("Заявки", "callbacks")], format: whole, high: 4 }),
        plot({
          ...axis,
          title: "Расходы платформы за сутки, оценка",
          series: [of("Расходы", "cost")],
          format: dollars,
          low: 0,
        }),
      ),
    ];
  },
};

function whole(value: number): string {
  return number(value, 0);
}
