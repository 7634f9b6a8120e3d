/**
 * A brochure's link by e-mail: which brochure, to which address.
 *
 * Knows the form. Refuses to know when it is offered, to judge an address, and to keep one: the server does the first
 * two and nobody the third.
 */

import { clearErrors, onSubmit } from "./forms.js";

export class LetterForm {
  #dialog = document.getElementById("letter-dialog");
  #form = document.getElementById("letter-form");
  #error = document.getElementById("letter-error");

  /** `send({ brochure, email })` throws what went wrong; `accepted(sentence)` is told of success. */
  constructor(send, accepted) {
    document.getElementById("letter-cancel").addEventListener("click", () => this.#dialog.close());
    onSubmit(this.#form, this.#error, async () => {
      const { brochure, email } = Object.fromEntries(new FormData(this.#form));
      const answer = await send({ brochure, email: email.trim() });
      this.#form.reset();
      this.#dialog.close();
      accepted(answer.message ?? "Отправили.");
    });
  }

  /** `brochures` are those of the answer: `{ id, title }`. */
  open(brochures) {
    clearErrors(this.#form, this.#error);
    this.#form.elements.brochure.replaceChildren(...brochures.map(({ id, title }) => new Option(title, id)));
    this.#dialog.showModal();
  }
}
