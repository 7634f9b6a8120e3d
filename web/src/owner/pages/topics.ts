/**
 * The editor of forbidden topics.
 *
 * Knows the fields of a topic. Refuses to know how phrases are found: the API tries them.
 */

import { button, h } from "../elements";
import { checkField, lineField, linesField, numberField, textField } from "../fields";
import type { Page } from "../page";
import { Publication } from "../publication";
import { asked } from "../asking";
import { publishing } from "../publishing";
import { counted } from "../russian";
import type { Policy, Topic } from "../shapes";
import { newId, ThingsList } from "../things";
import { samplesField } from "./samples";
import { phraseTrial, replayOf, replayTrial } from "./trials";

export const topics: Page = {
  title: "Темы, о которых помощник не говорит",
  async build(context) {
    const publication = await Publication.open<Policy>(context.api, context.drafts, context.assistant.id, "policy");
    const current = () => publication.value;
    const around = publishing({
      publication,
      clock: context.clock,
      drafts: context.drafts,
      signal: context.signal,
      form: () => form(publication),
      beforePublishing: () => replayOf(context, current(), 30),
    });
    return [phraseTrial(context, current), around, replayTrial(context, current)];
  },
};

function form(publication: Publication<Policy>): HTMLElement {
  const policy = publication.value;
  const list = new ThingsList<Topic>({
    name: "topics",
    things: policy.topics,
    line: (topic) => ({
      title: topic.title || topic.id,
      about: [
        topic.enabled ? null : h("span", { class: "mark wrong" }, "выключена"),
        ` ${counted(topic.phrases.length, ["выражение", "выражения", "выражений"])}`,
      ],
    }),
    form: topicForm,
    touched: () => publication.touch(),
    remove: {
      text: "Удалить тему",
      sure: (topic) =>
        asked(
          "Удалить тему?",
          `«${topic.title || topic.id}» исчезнет после публикации; до неё можно отменить. Чтобы лишь приостановить тему, выключите её.`,
          "Удалить",
        ),
    },
    words: (topic) => [topic.title, topic.reply, ...topic.phrases, ...topic.exceptions].join(" "),
  });
  const add = button("Новая тема", () => {
    const topic: Topic = {
      id: newId("topic", policy.topics),
      title: "",
      phrases: [],
      exceptions: [],
      samples: [],
      reply: "",
      gap: 2,
      enabled: true,
    };
    policy.topics.push(topic);
    list.open(topic, "title");
    publication.touch();
  });
  return h("div", {}, list.element, h("div", { class: "row" }, add));
}

function topicForm(topic: Topic, touched: () => void): HTMLElement {
  const set =
    <F extends keyof Topic>(field: F) =>
    (value: Topic[F]) => {
      topic[field] = value;
      touched();
    };
  return h(
    "div",
    { class: "form" },
    checkField({ name: "enabled", label: "Тема включена" }, topic.enabled, set("enabled")),
    lineField({ name: "title", label: "Название" }, topic.title, set("title"), { maxlength: 200 }),
    linesField(
      {
        name: "phrases",
        label: "Выражения, по одному в строке",
        hint: "В любой форме слова и в этом порядке. Ищутся только целые слова.",
      },
      topic.phrases,
      set("phrases"),
    ),
    linesField(
      {
        name: "exceptions",
        label: "Исключения, по одному в строке",
        hint: "Внутри этих выражений находка не считается.",
      },
      topic.exceptions,
      set("exceptions"),
      3,
    ),
    numberField(
      { name: "gap", label: "Сколько чужих слов может стоять между словами выражения", hint: "От 0 до 10, обычно 2." },
      topic.gap,
      set("gap"),
      { min: 0, max: 10 },
    ),
    textField({ name: "reply", label: "Что ответить посетителю" }, topic.reply, set("reply")),
    samplesField(topic.samples, touched),
  );
}
