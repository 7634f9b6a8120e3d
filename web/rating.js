/**
 * The rating after a dialogue: satisfaction 1–10, recommendation 0–10 and a comment, the last two by wish.
 *
 * Knows the form. Refuses to know when it is shown.
 */

import { FormError, clearErrors, onSubmit } from "./forms.js";

const CSAT = { name: "csat", from: 1, to: 10 };
const NPS = { name: "nps", from: 0, to: 10 };

export class RatingForm {
  #form = document.getElementById("rating-form");
  #comment = document.getElementById("rating-comment");
  #error = document.getElementById("rating-error");
  #thanks = document.getElementById("thanks");

  /** `rate({csat, nps?, comment?})` sends a rating and throws what went wrong. */
  constructor(rate) {
    drawScale(document.getElementById("csat"), CSAT);
    drawScale(document.getElementById("nps"), NPS);
    onSubmit(this.#form, this.#error, async () => {
      await rate(this.#read());
      this.show({ rated: true });
      this.#thanks.focus?.();
    });
  }

  show({ rated }) {
    this.#form.hidden = rated;
    this.#thanks.hidden = !rated;
  }

  reset() {
    this.#form.reset();
    clearErrors(this.#form, this.#error);
    this.show({ rated: false });
  }

  #read() {
    const picked = new FormData(this.#form);
    if (picked.get("csat") === null) throw new FormError("Выберите, пожалуйста, оценку от 1 до 10.");
    const rating = { csat: Number(picked.get("csat")) };
    if (picked.get("nps") !== null) rating.nps = Number(picked.get("nps"));
    const comment = this.#comment.value.trim();
    if (comment) rating.comment = comment;
    return rating;
  }
}

function drawScale(place, { name, from, to }) {
  for (let value = from; value <= to; value += 1) {
    const label = document.createElement("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name, value: String(value) });
    const face = document.createElement("span");
    face.textContent = String(value);
    label.append(input, face);
    place.append(label);
  }
}
