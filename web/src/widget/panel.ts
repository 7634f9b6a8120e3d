/**
 * The window of the widget: a card in the corner, or the whole screen where that is small.
 *
 * Knows how it opens, what it is called and how one leaves it. Refuses to know what is in it: a view is.
 */

import type { Office } from "../api/types";
import { h, show } from "./dom";
import { icon, type Icon } from "./icons";
import type { Language } from "./language";
import { officeLine } from "./office";
import type { View } from "./views/view";

const SMALL_SCREEN = "(max-width: 640px), (max-height: 480px)";

export interface PanelDesk {
  close(): void;
  callBack(): void;
  finish(): void;
  erase(): void;
}

export interface Head {
  name: string | null;
  office: Office | null;
  dialogue: boolean;
  callbacks: "now" | "morning" | null;
  ended: boolean;
}

export class Panel {
  readonly element: HTMLDialogElement;
  readonly #language: Language;
  readonly #small = matchMedia(SMALL_SCREEN);
  readonly #name = h("p", { class: "panel-name", id: "panel-name" });
  readonly #office = h("p", { class: "office", hidden: true });
  readonly #connection = h("p", { class: "connection", role: "status", hidden: true });
  readonly #body = h("div", { class: "panel-body" });
  readonly #buttons: Record<"callBack" | "finish" | "erase", HTMLButtonElement>;
  #view: View | null = null;

  constructor(language: Language, desk: PanelDesk) {
    const { words } = language;
    this.#language = language;
    this.#buttons = {
      callBack: this.#button("phone", words.callMe, () => desk.callBack()),
      finish: this.#button("check", words.finish, () => desk.finish()),
      erase: this.#button("bin", words.erase, () => desk.erase()),
    };
    const close = this.#button("close", words.close, () => desk.close());
    const head = h("div", { class: "panel-head" }, h("span", { class: "mark", "aria-hidden": "true" }, icon("chat")));
    head.append(h("div", { class: "panel-title" }, this.#name, this.#office), ...Object.values(this.#buttons), close);
    this.element = h("dialog", { class: "panel", "aria-labelledby": "panel-name" }, head, this.#connection, this.#body);
    this.element.addEventListener("cancel", (event) => event.preventDefault()); // Escape comes as a key
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      desk.close();
    });
    this.#small.addEventListener("change", () => this.isOpen && this.open());
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    window.visualViewport?.addEventListener("scroll", () => this.#fit());
    this.head({ name: null, office: null, dialogue: false, callbacks: null, ended: false });
  }

  get isOpen(): boolean {
    return this.element.open;
  }

  /** On a small screen the page behind cannot be used meanwhile; beside a card it can. */
  open(): void {
    this.element.close();
    if (this.#small.matches) this.element.showModal();
    else this.element.setAttribute("open", ""); // show() would take the focus
    this.#fit();
  }

  close(): void {
    this.element.close();
  }

  show(view: View): void {
    this.#view = view;
    this.#body.replaceChildren(view.element);
  }

  focus(): void {
    this.#view?.focus();
  }

  head({ name, office, dialogue, callbacks, ended }: Head): void {
    const { words } = this.#language;
    this.#name.textContent = name ?? words.panel;
    const line = officeLine(office, this.#language);
    show(this.#office, line?.text ?? null);
    this.#office.classList.toggle("open", line?.open === true);
    this.#buttons.callBack.hidden = callbacks === null;
    label(this.#buttons.callBack, callbacks === "morning" ? words.callInTheMorning : words.callMe);
    this.#buttons.finish.hidden = !dialogue || ended;
    this.#buttons.erase.hidden = !dialogue;
  }

  connection(works: boolean): void {
    show(this.#connection, works ? null : this.#language.words.offline);
  }

  #button(sign: Icon, text: string, act: () => void): HTMLButtonElement {
    const button = h("button", { type: "button", class: "head-button", onclick: act }, icon(sign));
    label(button, text);
    return button;
  }

  /** The part of a small screen that a keyboard leaves. */
  #fit(): void {
    const seen = window.visualViewport;
    if (!seen || !this.isOpen) return;
    this.element.style.setProperty("--seen-height", `${seen.height}px`);
    this.element.style.setProperty("--seen-top", `${seen.offsetTop}px`);
  }
}

function label(button: HTMLElement, text: string): void {
  button.setAttribute("aria-label", text);
  button.title = text;
}
