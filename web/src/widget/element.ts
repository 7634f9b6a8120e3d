/**
 * <attendant-widget>: the bubble in the corner, and behind it the panel.
 *
 * Knows what is made when: with the page the bubble alone, the rest when somebody opens it or a dialogue is on its way.
 * Refuses to let the host page's styles in: all of it stands in a shadow root with a sheet of its own.
 */

import { Client } from "../api/client";
import { Conversation } from "./conversation";
import { Store } from "./dialogue/store";
import { h } from "./dom";
import { icon } from "./icons";
import { Panel } from "./panel";
import type { Settings } from "./settings";
import { sheets } from "./styles/sheets";
import { measureVisits } from "./visits";

const OPEN = "attendant|open"; // of this tab, so that the panel is there again on the next page
const UNINVITED = "attendant|uninvited";

export class AttendantWidget extends HTMLElement {
  readonly #settings: Settings;
  readonly #store: Store;
  readonly #corner: HTMLElement;
  readonly #bubble: HTMLButtonElement;
  readonly #badge = h("span", { class: "badge", hidden: true });
  readonly #invitation: HTMLElement;
  #panel: Panel | null = null;
  #conversation: Conversation | null = null;

  constructor(settings: Settings) {
    super();
    const { words, code } = settings.language;
    this.#settings = settings;
    this.#store = new Store(`${settings.api}|${settings.assistant ?? ""}`);
    this.#bubble = h("button", {
      type: "button",
      class: "bubble-button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
    });
    this.#bubble.append(icon("chat"), h("span", { class: "bubble-label" }, words.bubble), this.#badge);
    this.#bubble.addEventListener("click", () => this.open());
    this.#invitation = this.#invite();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets();
    this.#corner = h("div", { class: "corner", lang: code }, this.#invitation, this.#bubble);
    root.append(this.#corner);
  }

  connectedCallback(): void {
    this.#wearTheme();
    measureVisits(this.#settings, () => this.#conversation?.usedAssistant === true);
    const wasOpen = remembered(OPEN);
    const session = this.#store.session();
    const pending =
      session !== null &&
      this.#store.turns(session.session_id).some(({ state }) => state === "queued" || state === "answering");
    if (wasOpen) this.#open();
    else if (pending) this.#made().resume();
  }

  open(): void {
    this.#open();
    this.#panel?.focus();
  }

  close(): void {
    if (!this.#panel?.isOpen || this.#conversation?.farewell()) return;
    this.#panel.close();
    this.#shown(false);
    this.#bubble.focus();
  }

  #open(): void {
    const conversation = this.#made();
    this.#panel?.open();
    this.#shown(true);
    void conversation.begin();
  }

  #shown(open: boolean): void {
    remember(OPEN, open);
    this.#bubble.hidden = open;
    this.#bubble.setAttribute("aria-expanded", String(open));
    this.#invitation.hidden = open || remembered(UNINVITED);
    if (!open) return;
    this.#badge.hidden = true;
    this.#bubble.removeAttribute("aria-label");
  }

  #made(): Conversation {
    if (this.#conversation) return this.#conversation;
    this.#panel = new Panel(this.#settings.language, {
      close: () => this.close(),
      callBack: () => this.#conversation?.callBack(),
      finish: () => void this.#conversation?.finish(),
      erase: () => this.#conversation?.confirmErase(),
    });
    this.#corner.append(this.#panel.element);
    const answered = (): void => this.#answered();
    this.#conversation = new Conversation(
      this.#settings,
      new Client(this.#settings.api),
      this.#store,
      this.#panel,
      answered,
    );
    return this.#conversation;
  }

  #answered(): void {
    if (this.#panel?.isOpen) return;
    const { bubble, newAnswer } = this.#settings.language.words;
    this.#badge.hidden = false;
    this.#bubble.setAttribute("aria-label", `${bubble}, ${newAnswer}`);
  }

  #wearTheme(): void {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const wear = (): void => {
      const own = dark.matches ? "dark" : "light";
      this.#corner.dataset["theme"] = this.#settings.theme === "auto" ? own : this.#settings.theme;
    };
    dark.addEventListener("change", wear);
    wear();
  }

  #invite(): HTMLElement {
    const { words } = this.#settings.language;
    const hide = h(
      "button",
      { type: "button", class: "invitation-close", "aria-label": words.closeInvitation },
      icon("close"),
    );
    const text = h(
      "button",
      { type: "button", class: "invitation-text", onclick: () => this.open() },
      words.invitation,
    );
    const invitation = h("div", { class: "invitation", hidden: remembered(UNINVITED) }, text, hide);
    hide.addEventListener("click", () => {
      remember(UNINVITED, true);
      invitation.hidden = true;
      this.#bubble.focus();
    });
    return invitation;
  }
}

function remembered(what: string): boolean {
  try {
    return sessionStorage.getItem(what) !== null;
  } catch {
    return false; // the browser keeps nothing for this site
  }
}

function remember(what: string, yes: boolean): void {
  try {
    if (yes) sessionStorage.setItem(what, "");
    else sessionStorage.removeItem(what);
  } catch {
    // then it is forgotten with the page
  }
}
