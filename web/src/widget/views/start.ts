/**
 * The first view: whom to ask, what the visitor agrees to, and, while the salon is open, to ask or to be called.
 *
 * Knows the two consents and keeps them apart. Refuses to open a dialogue without the first one.
 */

import type { Assistant, Consent } from "../../api/types";
import { type Child, h, show } from "../dom";
import { Form, FormError } from "../forms";
import type { Language } from "../language";
import { link, page } from "../plain_text";
import { heading, type View } from "./view";

const CALLBACK = "callback";

export interface Beginning {
  assistant: Assistant;
  consent: Consent;
  callback: boolean;
}

export class StartView implements View {
  readonly element: HTMLElement;
  readonly #language: Language;
  readonly #api: string;
  readonly #title = heading("");
  readonly #greeting = h("p", { class: "lead" });
  readonly #storage = h("input", { type: "checkbox", name: "storage", required: true });
  readonly #training = h("input", { type: "checkbox", name: "training" });
  readonly #storageText = h("span", { class: "consent-text" });
  readonly #trainingText = h("span", { class: "consent-text" });
  readonly #retention = h("span", { class: "retention" });
  readonly #terms = h("p", { class: "small" });
  readonly #hours = h("p", { class: "small" });
  readonly #callback: HTMLButtonElement;
  #assistant: Assistant;

  /** `begin` opens the dialogue and throws what went wrong. `note` is said above everything. */
  constructor(
    language: Language,
    api: string,
    assistants: [Assistant, ...Assistant[]],
    note: string,
    begin: (beginning: Beginning) => Promise<void>,
  ) {
    const { words } = language;
    this.#language = language;
    this.#api = api;
    this.#assistant = assistants[0];
    this.#callback = h("button", { type: "submit", class: "quiet accent", value: CALLBACK }, words.beginCallback);
    const content = [
      note ? h("p", { class: "note", role: "status" }, note) : null,
      this.#title,
      this.#greeting,
      assistants.length > 1 ? this.#choice(assistants) : null,
      this.#consents(),
      this.#terms,
      this.#hours,
    ];
    const act = (button: string): Promise<void> => begin(this.#read(button === CALLBACK));
    const form = new Form(words, content, words.begin, act, [this.#callback]);
    form.element.append(h("p", { class: "small" }, words.program));
    if (words.answersIn) form.element.append(h("p", { class: "small" }, words.answersIn));
    this.element = h("section", { class: "view start" }, form.element);
    this.#describe();
  }

  focus(): void {
    this.#title.focus();
  }

  #read(callback: boolean): Beginning {
    if (!this.#storage.checked) throw new FormError(this.#language.words.needConsent);
    const text_version = this.#assistant.terms.version;
    return {
      assistant: this.#assistant,
      consent: { storage: true, training: this.#training.checked, text_version },
      callback,
    };
  }

  #choice(assistants: Assistant[]): HTMLElement {
    const labels = assistants.map((assistant, index) => {
      const input = h("input", { type: "radio", name: "assistant", value: assistant.id, checked: index === 0 });
      input.addEventListener("change", () => {
        this.#assistant = assistant;
        this.#describe();
      });
      return h("label", {}, input, h("span", {}, assistant.name));
    });
    const legend = h("legend", {}, this.#language.words.chooseAssistant);
    return h("fieldset", { class: "choice" }, legend, h("div", { class: "choice-list" }, ...labels));
  }

  #consents(): HTMLElement {
    const { words } = this.#language;
    const storage = this.#consent(this.#storage, words.storage, words.required, words.plainConsent, this.#storageText);
    storage.lastElementChild?.append(this.#retention);
    const training = this.#consent(
      this.#training,
      words.training,
      words.optional,
      words.plainTraining,
      this.#trainingText,
    );
    return h("fieldset", { class: "consents" }, h("legend", {}, words.consent), storage, training);
  }

  #consent(input: HTMLInputElement, title: string, need: string, plain: string | null, text: Child): HTMLElement {
    const own = plain && h("span", { class: "consent-text" }, plain);
    return h(
      "label",
      { class: "consent" },
      input,
      h("span", {}, h("strong", {}, title), " ", h("em", {}, need), own, text),
    );
  }

  #describe(): void {
    const { words, code } = this.#language;
    const { name, greeting, language, terms, retention, office, capabilities } = this.#assistant;
    this.#title.textContent = name;
    this.#greeting.textContent = greeting;
    this.#storageText.textContent = terms.storage;
    this.#trainingText.textContent = terms.training;
    for (const theirs of [this.#greeting, this.#storageText, this.#trainingText]) {
      if (language !== code) theirs.lang = language;
    }
    const kept = this.#language.duration(retention);
    show(this.#retention, kept === null ? null : words.keptFor(kept));
    const callbacks = office.open && capabilities.includes("callbacks");
    this.#callback.hidden = !callbacks;
    show(this.#hours, callbacks ? words.workingHours : null);
    this.#describeTerms(terms.link ?? null);
  }

  #describeTerms(address: string | null): void {
    const terms = address === null ? null : page(address, this.#api);
    this.#terms.hidden = terms === null;
    if (terms !== null) this.#terms.replaceChildren(link(terms.href, this.#language.words.termsLink));
  }
}
