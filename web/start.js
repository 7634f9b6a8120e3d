/**
 * The first screen: whom to ask, and what the visitor agrees to.
 *
 * Knows the two consents and keeps them apart. Refuses to open a dialogue without the first one.
 */

import { FormError, clearErrors, onSubmit } from "./forms.js";
import { duration } from "./russian.js";

export class StartForm {
  #form = document.getElementById("start-form");
  #error = document.getElementById("start-error");
  #list = document.getElementById("assistant-list");
  #storage = document.getElementById("consent-storage");
  #training = document.getElementById("consent-training");
  #assistants = [];

  /** `open(assistant, consent)` opens the dialogue and throws what went wrong. */
  constructor(open) {
    onSubmit(this.#form, this.#error, async () => {
      if (!this.#storage.checked) {
        throw new FormError("Без согласия на хранение мы не сможем начать диалог.");
      }
      const assistant = this.#chosen();
      await open(assistant, {
        storage: true,
        training: this.#training.checked,
        text_version: assistant.terms.version,
      });
    });
  }

  /** `wanted` is the id from the address; an unknown one falls back to the first assistant. */
  show(assistants, wanted, note) {
    if (!assistants?.length) throw new Error("no assistant is published");
    this.#assistants = assistants;
    this.#form.reset();
    clearErrors(this.#form, this.#error);
    this.#say(note);
    const known = assistants.find((assistant) => assistant.id === wanted);
    this.#drawChoice(known ?? assistants[0]);
    document.getElementById("assistant-choice").hidden = assistants.length < 2 || known !== undefined;
    this.#describe();
  }

  #say(note) {
    const place = document.getElementById("start-note");
    place.textContent = note;
    place.hidden = note === "";
  }

  #chosen() {
    const id = new FormData(this.#form).get("assistant");
    return this.#assistants.find((assistant) => assistant.id === id) ?? this.#assistants[0];
  }

  #drawChoice(chosen) {
    this.#list.replaceChildren(
      ...this.#assistants.map((assistant) => {
        const label = document.createElement("label");
        const input = Object.assign(document.createElement("input"), {
          type: "radio",
          name: "assistant",
          value: assistant.id,
          checked: assistant.id === chosen.id,
        });
        input.addEventListener("change", () => this.#describe());
        const name = document.createElement("span");
        name.textContent = assistant.name;
        label.append(input, name);
        return label;
      }),
    );
  }

  #describe() {
    const assistant = this.#chosen();
    document.getElementById("start-title").textContent = assistant.name;
    document.getElementById("start-greeting").textContent = assistant.greeting;
    document.getElementById("storage-text").textContent = assistant.terms.storage;
    document.getElementById("training-text").textContent = assistant.terms.training;
    const kept = duration(assistant.retention);
    const retention = document.getElementById("retention-text");
    retention.hidden = kept === null;
    retention.textContent = kept === null ? "" : `Храним ${kept}, затем удаляем.`;
  }
}
