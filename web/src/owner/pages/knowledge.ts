/**
 * The editor of what the salon has told the assistant: FAQ, legend, models.
 *
 * Knows the fields of an answer. Refuses to know how a question finds it.
 */

import { button, h, type Child } from "../elements";
import { choiceField, lineField, linesField, textField } from "../fields";
import { take } from "../handed";
import { choice, type Page } from "../page";
import { Publication } from "../publication";
import { asked } from "../asking";
import { publishing } from "../publishing";
import { counted, QUESTIONS } from "../russian";
import type { Knowledge, Passage } from "../shapes";
import { newId, ThingsList } from "../things";

const KINDS: Record<string, string> = { faq: "Вопросы и ответы", legend: "О салоне", cars: "О моделях" };
const OFFERS = { "": "Нет", test_drive: "Запись на тест-драйв" };

export const knowledge: Page = {
  title: "FAQ и легенда",
  async build(context) {
    const publication = await Publication.open<Knowledge>(
      context.api,
      context.drafts,
      context.assistant.id,
      "knowledge",
    );
    const kind = context.parameter ?? "faq";
    const questions = take();
    const added = questions.length ? addQuestion(publication, questions) : null;
    const around = publishing({
      publication,
      clock: context.clock,
      drafts: context.drafts,
      signal: context.signal,
      form: () => form(publication, kind, added),
    });
    return [kinds(publication, kind), around];
  },
};

function kinds({ value }: Publication<Knowledge>, chosen: string): HTMLElement {
  const names = [...new Set([...Object.keys(KINDS), ...value.passages.map((passage) => passage.kind)])];
  return choice(
    "Раздел",
    names.map((kind) => ({
      text: KINDS[kind] ?? kind,
      href: `#/faq/${encodeURIComponent(kind)}`,
      chosen: kind === chosen,
    })),
  );
}

function addQuestion(publication: Publication<Knowledge>, questions: string[]): Passage {
  const [title = "", ...also] = questions;
  const passage = newPassage(publication.value, "faq", title, also);
  publication.value.passages.push(passage);
  publication.touch();
  return passage;
}

function newPassage({ passages }: Knowledge, kind: string, title = "", also: string[] = []): Passage {
  return {
    id: newId(kind, passages),
    kind,
    title,
    text: "",
    questions: [title, ...also].filter(Boolean),
    models: [],
    offer: null,
  };
}

function form(publication: Publication<Knowledge>, kind: string, added: Passage | null): HTMLElement {
  const { passages } = publication.value;
  const list = new ThingsList<Passage>({
    name: "passages",
    things: passages,
    shows: (passage) => passage.kind === kind,
    line: ({ title, text, questions }) => ({
      title,
      about: [
        text ? null : h("span", { class: "mark wrong" }, "нет ответа"),
        ` ${counted(questions.length, QUESTIONS)}`,
      ],
    }),
    form: passageForm,
    touched: () => publication.touch(),
    remove: {
      text: "Удалить",
      sure: (passage) =>
        asked("Удалить ответ?", `«${passage.title}» исчезнет после публикации; до неё можно отменить.`, "Удалить"),
    },
    words: ({ title, text, questions }) => [title, text, ...questions].join(" "),
  });
  const add = button(kind === "faq" ? "Новый вопрос" : "Новая запись", () => {
    const passage = newPassage(publication.value, kind);
    passages.push(passage);
    list.open(passage, "title");
    publication.touch();
  });
  if (added && passages.includes(added)) queueMicrotask(() => requestAnimationFrame(() => list.open(added, "text")));
  return h("div", {}, hintOf(kind), list.element, h("div", { class: "row" }, add));
}

function hintOf(kind: string): Child {
  return kind === "faq"
    ? h(
        "p",
        { class: "hint" },
        "Помощник отвечает этими словами. Первая фраза ответа должна быть понятна сама по себе.",
      )
    : null;
}

function passageForm(passage: Passage, touched: () => void): HTMLElement {
  const set =
    <F extends keyof Passage>(field: F) =>
    (value: Passage[F]) => {
      passage[field] = value;
      touched();
    };
  const faq = passage.kind === "faq";
  return h(
    "div",
    { class: "form" },
    lineField(
      { name: "title", label: faq ? "Вопрос" : "Название" },
      passage.title,
      (title) => {
        if (passage.questions.includes(passage.title))
          passage.questions[passage.questions.indexOf(passage.title)] = title; // the title is one of its questions
        else if (faq) passage.questions.unshift(title);
        set("title")(title);
      },
      { maxlength: 500 },
    ),
    textField({ name: "text", label: faq ? "Ответ" : "Текст" }, passage.text, set("text"), 5),
    linesField(
      { name: "questions", label: "Как ещё об этом спрашивают, по одному вопросу в строке" },
      passage.questions.filter((question) => question !== passage.title),
      (also) => set("questions")([...(passage.questions.includes(passage.title) ? [passage.title] : []), ...also]),
    ),
    choiceField({ name: "offer", label: "Форма под ответом" }, passage.offer ?? "", OFFERS, (offer) =>
      set("offer")(offer === "test_drive" ? offer : null),
    ),
  );
}
