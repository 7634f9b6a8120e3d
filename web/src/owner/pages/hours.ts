/**
 * The week of a salon: opening and closing by weekday, days off, the time zone.
 *
 * Knows that a weekday without hours is a day off. Refuses to know what the assistant does out of hours.
 */

import { button, h, replace } from "../elements";
import { choiceField } from "../fields";
import { day } from "../russian";
import type { Settings, Weekday } from "../shapes";

const WEEK: Record<Weekday, string> = {
  mon: "Понедельник",
  tue: "Вторник",
  wed: "Среда",
  thu: "Четверг",
  fri: "Пятница",
  sat: "Суббота",
  sun: "Воскресенье",
};
const ZONES: Record<string, string> = {
  "Europe/Kaliningrad": "Калининград (UTC+2)",
  "Europe/Moscow": "Москва (UTC+3)",
  "Europe/Samara": "Самара (UTC+4)",
  "Asia/Yekaterinburg": "Екатеринбург (UTC+5)",
  "Asia/Omsk": "Омск (UTC+6)",
  "Asia/Novosibirsk": "Новосибирск (UTC+7)",
  "Asia/Krasnoyarsk": "Красноярск (UTC+7)",
  "Asia/Irkutsk": "Иркутск (UTC+8)",
  "Asia/Yakutsk": "Якутск (UTC+9)",
  "Asia/Vladivostok": "Владивосток (UTC+10)",
  "Asia/Magadan": "Магадан (UTC+11)",
  "Asia/Kamchatka": "Камчатка (UTC+12)",
};

export function hoursForm(hours: Settings["hours"], touched: () => void): HTMLElement {
  const zones = hours.time_zone in ZONES ? ZONES : { [hours.time_zone]: hours.time_zone, ...ZONES };
  return h(
    "div",
    { class: "form" },
    choiceField({ name: "hours.time_zone", label: "Часовой пояс салона" }, hours.time_zone, zones, (zone) => {
      hours.time_zone = zone;
      touched();
    }),
    h(
      "div",
      { class: "week" },
      (Object.keys(WEEK) as Weekday[]).map((weekday) => dayRow(weekday, hours, touched)),
    ),
    holidaysField(hours, touched),
  );
}

function dayRow(weekday: Weekday, hours: Settings["hours"], touched: () => void): HTMLElement {
  const name = WEEK[weekday];
  const given = hours.week[weekday];
  const opens = timeInput(`${name}: с`, given?.[0] ?? "10:00");
  const closes = timeInput(`${name}: до`, given?.[1] ?? "18:00");
  const wrong = h("span", { class: "wrong-time", role: "alert" }); // beside the times: nothing below moves under a finger
  const times = h("span", { class: "times", hidden: !given }, "с ", opens, " до ", closes, wrong);
  const off = h("span", { class: "hint", hidden: Boolean(given) }, "выходной");
  const works = h("input", { type: "checkbox", checked: Boolean(given) });
  let good: [string, string] = [opens.value, closes.value];
  const read = () => {
    const told = [timeOf(opens.value), timeOf(closes.value)] as const;
    wrong.textContent = told.includes(null) ? "Пишите как 09:30" : "";
    good = [told[0] ?? good[0], told[1] ?? good[1]];
    [opens.value, closes.value] = good;
    times.hidden = !works.checked;
    off.hidden = works.checked;
    if (works.checked) hours.week[weekday] = good;
    else delete hours.week[weekday];
    touched();
  };
  for (const control of [works, opens, closes]) control.addEventListener("change", read);
  return h(
    "div",
    { class: "day", "data-field": `hours.week.${weekday}` },
    h("label", { class: "check" }, works, h("span", {}, name)),
    times,
    off,
    h("p", { class: "field-error", hidden: true }),
  );
}

/** A text, since a browser's own field for times shows a.m. and p.m. to whoever has an English browser. */
function timeInput(label: string, value: string): HTMLInputElement {
  return h("input", {
    type: "text",
    inputmode: "numeric",
    maxlength: 5,
    autocomplete: "off",
    value: value.slice(0, 5),
    "aria-label": label,
  });
}

/** "09:30" of "9:30", "9.30", "0930" or "9"; null for what is no time. */
function timeOf(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  return match && hours < 24 && minutes < 60
    ? `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`
    : null;
}

function holidaysField(hours: Settings["hours"], touched: () => void): HTMLElement {
  const list = h("ul", { class: "holidays" });
  const date = h("input", { type: "date", "aria-label": "Ещё один нерабочий день" });

  function draw(): void {
    replace(
      list,
      hours.holidays.map((iso) =>
        h(
          "li",
          {},
          `${day(iso)} ${iso.slice(0, 4)}`,
          " ",
          button(
            "Убрать",
            () => {
              hours.holidays = hours.holidays.filter((each) => each !== iso);
              changed();
            },
            { "aria-label": `Убрать ${day(iso)} ${iso.slice(0, 4)}` },
          ),
        ),
      ),
    );
  }

  function changed(): void {
    draw();
    date.focus();
    touched();
  }

  const add = button("Добавить день", () => {
    if (!date.value) return date.focus();
    hours.holidays = [...new Set([...hours.holidays, date.value])].sort();
    date.value = "";
    changed();
  });
  draw();
  return h(
    "fieldset",
    { class: "field", "data-field": "hours.holidays" },
    h("legend", { class: "label" }, "Нерабочие дни"),
    list,
    h("div", { class: "row" }, date, add),
    h("p", { class: "field-error", hidden: true }),
  );
}
