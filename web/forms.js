/**
 * What every form of the page does alike: errors beside their fields, one submit at a time.
 *
 * Knows the shape of an ApiError. Refuses to know what a form is for.
 */

/** Runs `act` once per submit: the button rests meanwhile, errors appear in the form. */
export function onSubmit(form, summary, act) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (button.disabled) return;
    clearErrors(form, summary);
    button.disabled = true;
    try {
      await act();
    } catch (error) {
      showErrors(form, summary, error);
    } finally {
      button.disabled = false;
    }
  });
}

export function clearErrors(form, summary) {
  summary.hidden = true;
  summary.textContent = "";
  for (const place of form.querySelectorAll(".field-error")) {
    place.hidden = true;
    place.textContent = "";
  }
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/** Puts each field's sentence under its field and whatever has no field into the summary. */
export function showErrors(form, summary, error) {
  const homeless = [];
  for (const { field, message } of error.fields ?? []) {
    if (!showFieldError(form, field, message)) homeless.push(message);
  }
  const placed = (error.fields ?? []).length > homeless.length;
  const text = homeless.join(" ") || (placed ? "" : error.message);
  summary.textContent = text;
  summary.hidden = text === "";
  form.querySelector("[aria-invalid]")?.focus();
}

function showFieldError(form, field, message) {
  const place = form.querySelector(`.field-error[data-field="${CSS.escape(field)}"]`);
  if (!place) return false;
  place.textContent = message;
  place.hidden = false;
  place.closest(".field")?.querySelector("input, textarea")?.setAttribute("aria-invalid", "true");
  return true;
}

/** An error of the page's own, in the shape that `showErrors` reads. */
export class FormError extends Error {
  constructor(message, fields = []) {
    super(message);
    this.fields = fields;
  }
}
