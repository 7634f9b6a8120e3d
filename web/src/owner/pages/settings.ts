/**
 * The editor of hours, texts, terms and retention.
 *
 * Knows the fields of the settings. Refuses to touch those it does not know: they go back as they came.
 */

import { h, type Child } from "../elements";
import { checkField, lineField, numberField, textField } from "../fields";
import type { Page } from "../page";
import { Publication } from "../publication";
import { publishing } from "../publishing";
import { wholeDays, wholeMinutes } from "../russian";
import type { Settings } from "../shapes";
import { hoursForm } from "./hours";

const TEXTS: Record<string, [label: string, hint: string]> = {
  greeting: ["Приветствие", "Первое, что видит посетитель."],
  waiting: ["Ожидание", "Если ответа нет десять секунд."],
  off_topic: ["Вопрос не по теме", ""],
  no_fact: ["Ответа нет", "Когда в сведениях салона ничего не нашлось."],
  apology: ["Извинение", "Если ответить не получилось по вине помощника."],
  resting: ["Помощник отдыхает", "Пока модель выключена."],
  warming: ["Помощник просыпается", "Пока модель включается."],
  callback_accepted: ["Заявка на звонок принята", ""],
  test_drive_accepted: ["Заявка на тест-драйв принята", ""],
  brochure_sent: ["Брошюра отправлена", ""],
  office_closed: ["Салон закрыт", "Когда заявки вне рабочих часов не принимаются."],
};
const TERMS: Record<string, [label: string, hint: string]> = {
  version: ["Номер редакции", "Хранится с каждым согласием. Меняете смысл условий — измените и номер."],
  storage: ["Согласие на хранение", "Обязательное: без него диалог не начинается."],
  training: ["Согласие на улучшение помощника", "По желанию посетителя."],
  link: ["Ссылка на полные условия", "Адрес https:// или путь на сайте помощника."],
};

export const settings: Page = {
  title: "Часы и тексты",
  async build(context) {
    const publication = await Publication.open<Settings>(context.api, context.drafts, context.assistant.id, "settings");
    return publishing({
      publication,
      clock: context.clock,
      drafts: context.drafts,
      signal: context.signal,
      form: () => form(publication),
    });
  },
};

function form(publication: Publication<Settings>): HTMLElement {
  const value = publication.value;
  const touched = () => publication.touch();
  return h(
    "div",
    { class: "form" },
    section(
      "Часы работы",
      hoursForm(value.hours, touched),
      checkField(
        { name: "callbacks_outside_hours", label: "Принимать заявки на звонок и вне рабочих часов" },
        value.callbacks_outside_hours,
        (on) => {
          value.callbacks_outside_hours = on;
          touched();
        },
      ),
    ),
    section("Тексты помощника", texts("texts", value.texts, TEXTS, touched)),
    section("Хранение и опросы", keeping(value, touched)),
    section("Условия и согласия", texts("terms", value.terms, TERMS, touched)),
    value.credit ? section("Примерные условия кредита", credit(value.credit, touched)) : null,
  );
}

function section(title: string, ...children: Child[]): HTMLElement {
  return h("section", { class: "card" }, h("h2", {}, title), ...children);
}

function texts(group: string, values: Record<string, string | null>, names: typeof TEXTS, touched: () => void): Child {
  const known = Object.keys({ ...names, ...values }).filter((name) => name in values);
  return known.map((name) => {
    const [label, hint = ""] = names[name] ?? [name];
    const set = (text: string) => {
      values[name] = text;
      touched();
    };
    const told = { name: `${group}.${name}`, label, hint };
    const value = values[name] ?? "";
    return value.length > 60 || group === "texts" ? textField(told, value, set) : lineField(told, value, set);
  });
}

function keeping(value: Settings, touched: () => void): Child {
  const days = wholeDays(value.retention);
  const minutes = wholeMinutes(value.idle_timeout);
  const duration = (
    name: "retention" | "idle_timeout",
    label: string,
    hint: string,
    amount: number | null,
    iso: (amount: number) => string,
    most: number,
  ) => {
    const told = { name, label, hint };
    const set = (text: string) => {
      value[name] = text;
      touched();
    };
    return amount === null
      ? lineField(told, value[name], set)
      : numberField(told, amount, (number) => set(iso(number)), { min: 1, max: most });
  };
  return [
    duration(
      "retention",
      "Сколько дней хранить диалоги",
      "Потом диалог удаляется. Посетитель видит этот срок до начала разговора.",
      days,
      (number) => `P${number}D`,
      3650,
    ),
    duration(
      "idle_timeout",
      "Через сколько минут тишины завершать диалог",
      "",
      minutes,
      (number) => `PT${number}M`,
      1440,
    ),
    value.nps_share === undefined
      ? null
      : numberField(
          { name: "nps_share", label: "У скольких посетителей из ста спрашивать, порекомендуют ли они салон (NPS)" },
          Math.round(value.nps_share * 100),
          (share) => {
            value.nps_share = share / 100;
            touched();
          },
          { min: 0, max: 100 },
        ),
  ];
}

function credit(value: NonNullable<Settings["credit"]>, touched: () => void): Child {
  const amount = (name: "annual_percent" | "least_first_percent", label: string) =>
    numberField(
      { name: `credit.${name}`, label },
      Number(value[name]),
      (number) => {
        value[name] = typeof value[name] === "string" ? String(number) : number;
        touched();
      },
      { min: 0, max: 100, step: 0.1 },
    );
  const months = (index: 0 | 1, label: string) =>
    numberField(
      { name: `credit.months.${index}`, label },
      value.months[index],
      (number) => {
        value.months[index] = number;
        touched();
      },
      { min: 1, max: 600 },
    );
  return [
    h("p", { class: "hint" }, "По ним помощник считает примерный платёж; окончательные условия называет банк."),
    h(
      "div",
      { class: "grid" },
      amount("annual_percent", "Ставка, % годовых"),
      amount("least_first_percent", "Первый взнос от, %"),
      months(0, "Срок от, месяцев"),
      months(1, "Срок до, месяцев"),
    ),
  ];
}
