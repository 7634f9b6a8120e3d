/**
 * Samples of a topic: what must be refused, what must pass. A publication that breaks one is turned back.
 *
 * Knows rows. Refuses to judge a sample: the API does.
 */

import { button, freshId, h } from "../elements";
import type { Sample } from "../shapes";

export function samplesField(samples: Sample[], touched: () => void): HTMLElement {
  const rows = h("ul", { class: "samples", "data-list": "samples" });
  const hint = "На них тема проверяется при публикации.";
  const add = button("Добавить пример", () => {
    const sample = { text: "", allowed: false };
    samples.push(sample);
    rows.append(row(sample));
    rows.lastElementChild?.querySelector("input")?.focus();
    touched();
  });

  function row(sample: Sample): HTMLElement {
    const id = freshId();
    const text = h("input", {
      type: "text",
      dir: "auto",
      value: sample.text,
      "aria-label": "Пример вопроса",
      "aria-describedby": id,
      oninput: () => {
        sample.text = text.value;
        touched();
      },
    });
    const verdict = h(
      "select",
      { "aria-label": "Что должно быть" },
      h("option", { value: "refused" }, "Отказать"),
      h("option", { value: "allowed" }, "Пропустить"),
    );
    verdict.value = sample.allowed ? "allowed" : "refused";
    verdict.addEventListener("change", () => {
      sample.allowed = verdict.value === "allowed";
      touched();
    });
    const remove = button(
      "Убрать",
      () => {
        samples.splice(samples.indexOf(sample), 1);
        const next = element.nextElementSibling ?? element.previousElementSibling;
        element.remove();
        touched();
        (next?.querySelector("input") ?? add).focus();
      },
      { "aria-label": `Убрать пример «${sample.text.slice(0, 80)}»` },
    );
    const element = h("li", {}, text, verdict, remove, h("p", { class: "field-error", id, hidden: true }));
    return element;
  }

  rows.append(...samples.map(row));
  return h(
    "fieldset",
    { class: "field", "data-field": "samples" },
    h("legend", { class: "label" }, "Примеры"),
    h("p", { class: "hint" }, hint),
    rows,
    add,
    h("p", { class: "field-error", hidden: true }),
  );
}
