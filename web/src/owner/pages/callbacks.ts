/**
 * Requests to be called back, as a list to work through.
 *
 * Knows the states of a request and what to do when somebody else was faster. Refuses to call.
 */

import { button, freshId, h, replace, type Child } from "../elements";
import { ApiError } from "../owner_api";
import { choice, type Context, type Page } from "../page";
import { plot } from "../plot";
import { CALLBACKS, counted, number } from "../russian";
import type { Callback, CallbackState } from "../shapes";
import { nothing, notice, words } from "../trouble";

const LISTS: Record<string, string> = {
  waiting: "Ждут звонка",
  no_answer: "Не дозвонились",
  done: "Готово",
  all: "Все",
};
const NAMES: Record<CallbackState, string> = { waiting: "ждёт звонка", done: "готово", no_answer: "не дозвонились" };

export const callbacks: Page = {
  title: "Заявки на звонок",
  async build(context) {
    const { api, assistant, query } = context;
    const wanted = LISTS[query.get("state") ?? ""] ? (query.get("state") as string) : "waiting";
    const { callbacks: list, by_hour: hours } = await api.callbacks(assistant.id, wanted);
    return [
      choice(
        "Какие заявки",
        Object.entries(LISTS).map(([state, text]) => ({
          text,
          href: `#/callbacks?state=${state}`,
          chosen: state === wanted,
        })),
      ),
      h("p", { class: "lead" }, list.length ? `${counted(list.length, CALLBACKS)}.` : ""),
      list.length
        ? h(
            "ul",
            { class: "callbacks" },
            list.map((callback) => card(callback, context)),
          )
        : nothing(wanted === "waiting" ? "Все заявки обработаны." : "Таких заявок нет."),
      load(hours),
    ];
  },
};

function load(hours: readonly number[]): HTMLElement {
  const names = hours.map((_, hour) => `${String(hour).padStart(2, "0")}:00–${String(hour).padStart(2, "0")}:59`);
  return plot({
    title: "Когда оставляют заявки",
    along: "Час",
    labels: names,
    ticks: hours.map((_, hour) => String(hour)),
    series: [{ name: "Заявки", values: hours }],
    format: (value) => number(value, 0),
    kind: "bars",
    high: 4,
  });
}

/** The card shows the new state at once and goes back to the old one, saying why, when the server refuses. */
function card(given: Callback, context: Context): HTMLElement {
  let callback = given;
  const noteKey = `attendant-owner:note:${given.session_id}:${given.callback_id}`;
  let note = sessionStorage.getItem(noteKey) ?? given.note; // typed and not saved: a reload does not lose it
  let told: Child = null;
  const element = h("li", { class: "card callback", tabindex: -1 });

  async function change(state: CallbackState): Promise<void> {
    const before = callback;
    callback = { ...before, state, note };
    told = notice("Сохраняем…");
    draw(true);
    try {
      await context.api.changeCallback(context.assistant.id, before, { state, note, expected_state: before.state });
      sessionStorage.removeItem(noteKey);
      callback = { ...callback, changed_by: context.drafts.email, changed_at: new Date().toISOString() };
      told = notice(`Сохранено: ${NAMES[state]}.`, "good");
    } catch (error) {
      callback = before;
      told = notice(`${words(error)} Не сохранено.`, "wrong");
      if (error instanceof ApiError && error.status === 409) await meet(before);
    }
    draw(true);
  }

  async function meet(before: Callback): Promise<void> {
    const { callbacks: all } = await context.api.callbacks(context.assistant.id, "all");
    const now = all.find((each) => each.callback_id === before.callback_id && each.session_id === before.session_id);
    if (!now) {
      told = notice("Этой заявки больше нет: посетитель удалил диалог или истёк срок хранения.", "wrong");
      return;
    }
    callback = now;
    const who = now.changed_by ? ` (${now.changed_by}, ${context.clock.moment(now.changed_at)})` : "";
    told = notice(
      `Заявку уже изменили${who}: ${NAMES[now.state]}. ${now.note ? `Их заметка: «${now.note}». ` : ""}Ваше изменение не сохранено, заметка осталась в поле.`,
      "wrong",
    );
  }

  function write(text: string): void {
    note = text;
    sessionStorage.setItem(noteKey, text);
  }

  function draw(focus = false): void {
    replace(
      element,
      person(callback, context),
      history(callback, context),
      noteField(note, write, () => change(callback.state)),
      actions(callback.state, change),
      told,
    );
    element.classList.toggle("settled", callback.state !== "waiting");
    if (focus) element.focus();
  }

  draw();
  return element;
}

function person(
  { kind, name, phone, convenient_time: time, comment, car, wished_at: wished, created_at: created }: Callback,
  { clock }: Context,
): Child {
  const drive = kind === "test_drive";
  return [
    h(
      "div",
      { class: "between" },
      h("h2", { dir: "auto" }, name),
      h("span", { class: "mark" }, drive ? "Тест-драйв" : "Обратный звонок"),
    ),
    h("p", { class: "phone" }, h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)),
    drive && car ? h("p", { dir: "auto" }, `${car}${wished ? `, ${clock.moment(wished)}` : ""}`) : null,
    time ? h("p", { dir: "auto" }, `Удобное время: ${time}`) : null,
    comment ? h("p", { dir: "auto" }, `Комментарий: ${comment}`) : null,
    h("p", { class: "about" }, `Оставлена ${clock.moment(created)}`),
  ];
}

function history({ state, changed_by: who, changed_at: at }: Callback, { clock }: Context): Child {
  if (state === "waiting" && !who) return null;
  return h("p", { class: "about" }, `Сейчас: ${NAMES[state]}${who ? `, ${who}, ${clock.moment(at)}` : ""}`);
}

function noteField(note: string, set: (note: string) => void, save: () => Promise<void>): HTMLElement {
  const text: HTMLInputElement = h("input", {
    type: "text",
    value: note,
    maxlength: 1000,
    autocomplete: "off",
    dir: "auto",
    id: freshId(),
    oninput: () => set(text.value),
  });
  return h(
    "div",
    { class: "field" },
    h("label", { class: "label", for: text.id }, "Заметка для коллег"),
    h("div", { class: "joined" }, text, button("Сохранить", save, { "aria-label": "Сохранить заметку" })),
  );
}

function actions(state: CallbackState, change: (state: CallbackState) => Promise<void>): HTMLElement {
  const to = (next: CallbackState, text: string, look: string) => button(text, () => change(next), { class: look });
  if (state !== "waiting")
    return h(
      "div",
      { class: "row" },
      to("waiting", "Вернуть в список", "quiet"),
      state === "no_answer" ? to("done", "Готово", "main-button") : null,
    );
  return h("div", { class: "row" }, to("done", "Готово", "main-button"), to("no_answer", "Не дозвонились", "quiet"));
}
