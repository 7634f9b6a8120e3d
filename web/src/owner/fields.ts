/**
 * Fields of a form: label, what it is for, control, and the place where an error of it is said.
 *
 * Knows labels and errors by field name. Refuses to know the document that a field belongs to.
 */

import { freshId, h } from "./elements";
import type { FieldError } from "./shapes";

interface Described {
  name: string;
  label: string;
  hint?: string;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function labelled({ name, label, hint }: Described, control: Control): HTMLElement {
  control.id = freshId();
  const error = h("p", { class: "field-error", id: `${control.id}-error`, hidden: true });
  const told = hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : null;
  control.setAttribute("aria-describedby", `${told ? `${told.id} ` : ""}${error.id}`);
  return h(
    "div",
    { class: "field", "data-field": name },
    h("label", { class: "label", for: control.id }, label),
    told,
    control,
    error,
  );
}

export function lineField(
  told: Described,
  value: string,
  set: (value: string) => void,
  more: Record<string, string | number> = {},
): HTMLElement {
  const control = h("input", { type: "text", value, ...more });
  control.addEventListener("input", () => set(control.value));
  return labelled(told, control);
}

export function textField(told: Described, value: string, set: (value: string) => void, rows = 3): HTMLElement {
  const control = h("textarea", { rows, value });
  control.addEventListener("input", () => set(control.value));
  return labelled(told, control);
}

/** One thing a line; empty lines are nothing. */
export function linesField(
  told: Described,
  values: readonly string[],
  set: (values: string[]) => void,
  rows = 5,
): HTMLElement {
  const shown = Math.min(Math.max(values.length + 1, rows), 14);
  return textField(
    told,
    values.join("\n"),
    (text) =>
      set(
        text
          .split("\n")
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    shown,
  );
}

export function numberField(
  told: Described,
  value: number,
  set: (value: number) => void,
  limits: { min: number; max: number; step?: number },
): HTMLElement {
  const control = h("input", { type: "number", inputmode: "decimal", value, class: "short", ...limits });
  control.addEventListener("input", () => {
    if (Number.isFinite(control.valueAsNumber)) set(control.valueAsNumber);
  });
  return labelled(told, control);
}

export function choiceField(
  told: Described,
  value: string,
  choices: Record<string, string>,
  set: (value: string) => void,
): HTMLElement {
  const control = h(
    "select",
    {},
    Object.entries(choices).map(([key, text]) => h("option", { value: key }, text)),
  );
  control.value = value;
  control.addEventListener("change", () => set(control.value));
  return labelled(told, control);
}

export function checkField(
  { name, label, hint }: Described,
  value: boolean,
  set: (value: boolean) => void,
): HTMLElement {
  const control = h("input", { type: "checkbox", checked: value, role: "switch", id: freshId() });
  control.addEventListener("change", () => set(control.checked));
  const told = hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : null;
  if (told) control.setAttribute("aria-describedby", told.id);
  const row = h("label", { class: "check" }, control, h("span", {}, label));
  return h("div", { class: "field", "data-field": name }, row, told, h("p", { class: "field-error", hidden: true }));
}

/**
 * Says each error at its field: `data-list` holds things in the document's order, `data-field` names a field in one.
 * What has no field is left to the summary.
 */
export function showErrors(root: HTMLElement, errors: readonly FieldError[]): void {
  for (const said of root.querySelectorAll<HTMLElement>(".field-error")) {
    said.hidden = true;
    said.textContent = "";
  }
  for (const control of root.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const { field, message } of errors) {
    const found = placeOf(root, field);
    const said = found?.element.querySelector<HTMLElement>(":scope > .field-error");
    if (!found || !said) continue;
    const line =
      found.rest.length === 1 && /^\d+$/.test(found.rest[0] ?? "") ? `Строка ${Number(found.rest[0]) + 1}: ` : "";
    said.textContent = [said.textContent, line + message].filter(Boolean).join(" ");
    said.hidden = false;
    for (const control of found.element.querySelectorAll("input, textarea, select"))
      control.setAttribute("aria-invalid", "true");
  }
}

/** Puts the reader before the field that an error is about. */
export function goTo(root: HTMLElement, field: string): void {
  const element = placeOf(root, field)?.element ?? root;
  const control = element.querySelector<HTMLElement>("input, textarea, select, summary, button");
  control?.focus();
  element.scrollIntoView({ block: "center" });
}

interface Place {
  element: HTMLElement;
  /** What of the error's field names no element. */
  rest: string[];
}

function placeOf(root: HTMLElement, field: string): Place | null {
  return place(root, field.split("."));
}

function place(root: HTMLElement, segments: string[]): Place | null {
  const list = root.querySelector<HTMLElement>(`[data-list="${CSS.escape(segments[0] ?? "")}"]`);
  if (!list) return named(root, segments);
  const item = list.children[Number(segments[1])];
  if (!(item instanceof HTMLElement)) return null;
  item.hidden = false; // a filter may have hidden it
  if (item instanceof HTMLDetailsElement) {
    item.open = true;
    item.dispatchEvent(new Event("toggle")); // now, not with the browser's own event a moment later
  }
  return place(item, segments.slice(2)) ?? { element: item, rest: segments.slice(2) };
}

function named(root: HTMLElement, segments: string[]): Place | null {
  for (let length = segments.length; length > 0; length -= 1) {
    const name = segments.slice(0, length).join(".");
    const element = root.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (element) return { element, rest: segments.slice(length) };
  }
  return null;
}
