/**
 * What every form of the widget does alike: labelled fields, errors beside them, one submit at a time.
 *
 * Knows the shape of an ApiError. Refuses to know what a form is for.
 */

import { ApiError, type FieldError, NoConnection } from "../api/failures";
import type { FormFields } from "../api/types";
import { type Child, h, type Props, show } from "./dom";
import { sentence, spoken } from "./problems";
import type { Words } from "./words/ru";

export interface Field {
  name: string;
  label: string;
  optional?: boolean;
  control?: "input" | "textarea";
  attributes?: Props;
  hint?: string;
}

/** An error of the widget's own, in the shape of the server's. */
export class FormError extends Error {
  constructor(
    message: string,
    readonly fields: FieldError[] = [],
  ) {
    super(message);
  }
}

const PHONE = /^\+?[0-9 ()-]+$/;

export function validPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return PHONE.test(text) && digits >= 10 && digits <= 15;
}

export class Form {
  readonly element: HTMLFormElement;
  readonly #words: Words;
  readonly #summary = h("p", { class: "form-error", role: "alert", hidden: true });
  readonly #button: HTMLButtonElement;

  /** `act` sends what was filled in; what it throws is shown in the form. `buttons` stand beside the submit. */
  constructor(
    words: Words,
    content: Child[],
    submit: string,
    act: (button: string) => Promise<void>,
    buttons: Child[] = [],
  ) {
    this.#words = words;
    this.#button = h("button", { type: "submit", class: "main-button" }, submit);
    const row = h("div", { class: "buttons" }, this.#button, ...buttons); // Enter presses the first one
    this.element = h("form", { class: "form", novalidate: true }, ...content, this.#summary, row);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      const by = (event as SubmitEvent).submitter as HTMLButtonElement | null;
      void this.#submit(act, by ?? this.#button);
    });
  }

  /** What was filled in, trimmed, without what was left empty. */
  values(): FormFields {
    const filled = [...new FormData(this.element)].map(([name, value]) => [name, String(value).trim()]);
    return Object.fromEntries(filled.filter(([, value]) => value !== ""));
  }

  reset(): void {
    this.element.reset();
    this.#clear();
  }

  async #submit(act: (button: string) => Promise<void>, button: HTMLButtonElement): Promise<void> {
    if (this.element.hasAttribute("aria-busy")) return;
    this.#clear();
    this.element.setAttribute("aria-busy", "true");
    button.disabled = true;
    try {
      await act(button.value);
    } catch (error) {
      this.#complain(error);
    } finally {
      this.element.removeAttribute("aria-busy");
      button.disabled = false;
    }
  }

  #clear(): void {
    show(this.#summary, null);
    for (const place of this.element.querySelectorAll<HTMLElement>(".field-error")) show(place, null);
    for (const input of this.element.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  /** Puts each field's sentence under its field and whatever has no field into the summary. */
  #complain(error: unknown): void {
    const own = error instanceof FormError ? error.fields : [];
    const fields = error instanceof ApiError ? spoken(this.#words, error.fields) : own;
    const homeless = fields.filter((each) => !this.#complainAt(each)).map(({ message }) => message);
    const placed = fields.length > homeless.length;
    show(this.#summary, homeless.join(" ") || (placed ? null : this.#sentence(error)));
    this.element.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }

  #sentence(error: unknown): string {
    if (error instanceof NoConnection) return this.#words.notSent;
    if (error instanceof ApiError) return sentence(this.#words, error);
    return (error instanceof FormError && error.message) || this.#words.somethingWrong;
  }

  #complainAt({ field, message }: FieldError): boolean {
    const place = this.element.querySelector<HTMLElement>(`.field-error[data-field="${CSS.escape(field)}"]`);
    if (!place) return false;
    show(place, message);
    place.parentElement?.querySelector("input, textarea, select")?.setAttribute("aria-invalid", "true");
    return true;
  }
}

export function fieldElement(
  words: Words,
  { name, label, optional, control = "input", attributes, hint }: Field,
): HTMLElement {
  const errorId = `error-${name}`;
  const input = h(control, {
    name,
    required: !optional,
    "aria-describedby": errorId,
    placeholder: hint,
    ...attributes,
  });
  return h(
    "label",
    { class: "field" },
    h("span", {}, label, optional ? h("em", {}, ` ${words.optional}`) : null),
    input,
    h("span", { class: "field-error", id: errorId, "data-field": name, hidden: true }),
  );
}

/** Raises FormError for each of `fields` that is required and was left empty, and for a phone that is none. */
export function check(words: Words, values: FormFields, required: string[]): void {
  const own: Record<string, string> = { name: words.needName, phone: words.needPhone };
  const isWrong = (field: string): boolean => !values[field] || (field === "phone" && !validPhone(values[field]));
  const wrong = required.filter(isWrong).map((field) => ({ field, message: own[field] ?? words.needField }));
  if (wrong.length) throw new FormError("", wrong);
}
