/**
 * The request to be called back, and the one for a test drive, which is a callback that says for which car and when.
 *
 * Knows the form and what is worth checking before sending it. Refuses to know when callbacks are offered: the
 * server says so, and it alone decides in the end.
 */

import { FormError, clearErrors, onSubmit } from "./forms.js";

const FEWEST_DIGITS = 10;

export class CallbackForm {
  #dialog;
  #form;
  #error;

  /**
   * `name` is the one of the form on the page; `request(fields)` sends the request and throws what went wrong;
   * `accepted(sentence)` is told of success.
   */
  constructor(name, request, accepted) {
    this.#dialog = document.getElementById(`${name}-dialog`);
    this.#form = document.getElementById(`${name}-form`);
    this.#error = document.getElementById(`${name}-error`);
    document.getElementById(`${name}-cancel`).addEventListener("click", () => this.#dialog.close());
    onSubmit(this.#form, this.#error, async () => {
      const answer = await request(this.#read());
      this.#form.reset();
      this.#dialog.close();
      accepted(answer.message ?? "Заявка принята: вам перезвонят.");
    });
  }

  /** `filled` are fields that are known already. */
  open(filled = {}) {
    clearErrors(this.#form, this.#error);
    for (const [field, value] of Object.entries(filled)) this.#form.elements[field].value = value;
    this.#dialog.showModal();
  }

  #read() {
    const fields = Object.fromEntries(
      [...new FormData(this.#form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value !== ""),
    );
    const wrong = [];
    if (!fields.name) wrong.push({ field: "name", message: "Напишите, как к вам обращаться." });
    if ((fields.phone ?? "").replace(/\D/g, "").length < FEWEST_DIGITS) {
      wrong.push({ field: "phone", message: "Укажите телефон полностью, например +7 900 000-00-00." });
    }
    if (wrong.length) throw new FormError("", wrong);
    return fields;
  }
}
