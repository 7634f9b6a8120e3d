/**
 * Trying topics before they are published: one phrase, and what was asked in the past.
 *
 * Knows how to show a verdict. Refuses to judge anything here: the API judges by the unpublished topics it is given.
 */

import { busy, freshId, h, replace, type Child } from "../elements";
import type { Context } from "../page";
import { counted, QUESTIONS } from "../russian";
import type { Policy, Replay, Verdict } from "../shapes";
import { nothing, notice, words } from "../trouble";

const SHOWN = 50;

export function phraseTrial({ api, assistant }: Context, current: () => Policy): HTMLElement {
  const told = h("div", { role: "status" });
  const phrase = h("input", { type: "text", maxlength: 2000, autocomplete: "off", dir: "auto" });
  const submit = h("button", { type: "submit", class: "quiet" }, "Проверить");
  return h(
    "form",
    {
      class: "card trial",
      onsubmit: (event) => {
        event.preventDefault();
        if (!phrase.value.trim()) return phrase.focus();
        void busy(submit, async () => {
          try {
            replace(told, verdictOf(await api.test(assistant.id, current(), phrase.value), current()));
          } catch (error) {
            replace(told, notice(words(error), "wrong"));
          }
        });
      },
    },
    h(
      "label",
      { class: "field grows" },
      h("span", { class: "label" }, "Проверить вопрос посетителя"),
      h("span", { class: "hint" }, "По темам, как они набраны здесь, ещё до публикации."),
      h("span", { class: "joined" }, phrase, submit),
    ),
    told,
  );
}

function verdictOf({ verdict, topic, phrase, reply }: Verdict, policy: Policy): Child {
  if (verdict === "allowed") return h("p", { class: "notice good" }, "Пропустит: ни одна тема не задета.");
  return h(
    "div",
    { class: "notice calm", dir: "auto" },
    h("p", {}, `Откажет. Тема «${nameOf(topic, policy)}»${phrase ? `, выражение «${phrase}»` : ""}.`),
    reply ? h("p", {}, `Ответ: ${reply}`) : null,
  );
}

export function replayTrial(context: Context, current: () => Policy): HTMLElement {
  const told = h("div", {});
  const days = h(
    "select",
    { id: freshId() },
    [7, 30, 90].map((each) => h("option", { value: each }, `за ${each} дней`)),
  );
  days.value = "30";
  const submit = h("button", { type: "submit", class: "quiet" }, "Проверить");
  return h(
    "form",
    {
      class: "card trial",
      onsubmit: (event) => {
        event.preventDefault();
        void busy(submit, () => {
          const result = replayOf(context, current(), Number(days.value));
          replace(told, result);
        });
      },
    },
    h("h2", {}, "Что изменилось бы в прошлых диалогах"),
    h("div", { class: "row" }, h("label", { for: days.id, class: "unseen" }, "За какое время"), days, submit),
    told,
  );
}

/** Fills itself when the answer comes. */
export function replayOf({ api, assistant, clock }: Context, policy: Policy, days: number): HTMLElement {
  const place = h("div", { role: "status" }, h("p", { class: "loading" }, `Проверяем на вопросах за ${days} дней…`));
  api.replay(assistant.id, policy, days).then(
    (replay) => replace(place, resultOf(replay, policy, clock)),
    (error: unknown) => replace(place, notice(`Проверить на прошлых диалогах не получилось. ${words(error)}`, "wrong")),
  );
  return place;
}

function resultOf({ read, changed, complete }: Replay, policy: Policy, clock: Context["clock"]): Child {
  const told = (topic: string | null) =>
    topic === null || topic === "allowed" ? "ответ" : `отказ: ${nameOf(topic, policy)}`;
  const looked = `Прочитано: ${counted(read, QUESTIONS)}${complete ? "" : ", самые новые"}.`;
  if (!changed.length) return nothing(`${looked} Ни один не был бы решён иначе.`);
  return [
    h("p", {}, `${looked} Иначе было бы решено: ${counted(changed.length, QUESTIONS)}.`),
    h(
      "ul",
      { class: "replayed" },
      changed
        .slice(0, SHOWN)
        .map(({ session_id: id, asked_at: at, question, before, after }) =>
          h(
            "li",
            {},
            h("span", { dir: "auto" }, question),
            h(
              "span",
              { class: "about" },
              `Было: ${told(before)}. Станет: ${told(after)}. `,
              h(
                "a",
                { href: `#/dialogues/${encodeURIComponent(id)}`, "aria-label": `Диалог, ${clock.moment(at)}` },
                clock.moment(at),
              ),
            ),
          ),
        ),
    ),
    changed.length > SHOWN ? h("p", { class: "hint" }, `Показаны первые ${SHOWN}.`) : null,
  ];
}

function nameOf(id: string | null, policy: Policy): string {
  return policy.topics.find((topic) => topic.id === id)?.title || id || "без названия";
}
