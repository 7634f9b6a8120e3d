/**
 * The request to be called back.
 *
 * Knows the form and what is worth checking before sending it. Refuses to know when callbacks are offered: the
 * server says so, and it alone decides in the end.
 */

import { FormError, clearErrors, onSubmit } from "./forms.js";

const FEWEST_DIGITS = 10;

export class CallbackForm {
  #dialog = document.getElementById("callback-dialog");
  #form = document.getElementById("callback-form");
  #error = document.getElementById("callback-error");

  /** `request(fields)` sends the request and throws what went wrong; `accepted(sentence)` is told of success. */
  constructor(request, accepted) {
    document.getElementById("callback-cancel").addEventListener("click", () => this.#dialog.close());
    onSubmit(this.#form, this.#error, async () => {
      const answer = await request(this.#read());
      this.#form.reset();
      this.#dialog.close();
      accepted(answer.message ?? "Заявка принята: вам перезвонят.");
    });
  }

  open() {
    clearErrors(this.#form, this.#error);
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
