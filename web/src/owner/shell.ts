/**
 * What stands around every page: the salon, the sections, who is signed in; and which page is shown.
 *
 * Knows addresses and pages. Refuses to know what is on a page.
 */

import { Drafts } from "./drafts";
import { button, h, replace } from "./elements";
import { Left, type OwnerApi } from "./owner_api";
import { addressOf, type Address, type Page } from "./page";
import { PAGES, pageOf, SECTIONS } from "./sections";
import { SalonClock } from "./russian";
import type { Assistant, Me } from "./shapes";
import { loading, trouble } from "./trouble";

const SALON_KEY = "attendant-owner:salon";
const LOADING_AFTER_MS = 200;

export function shell(api: OwnerApi, me: Me, signOut: () => void): HTMLElement {
  return new Shell(api, me, signOut).element;
}

class Shell {
  readonly element: HTMLElement;
  readonly #main = h("main", { id: "main", tabindex: -1 });
  readonly #sections = h("nav", { class: "sections", id: "sections", "aria-label": "Разделы" });
  readonly #zone = h("p", { class: "zone" });
  readonly #menu = button("Меню", () => this.#fold(this.#menu.getAttribute("aria-expanded") === "true"), {
    class: "quiet menu",
    "aria-expanded": "false",
    "aria-controls": "sections",
  });
  readonly #drafts: Drafts;
  #assistant: Assistant | undefined;
  #leaving = new AbortController();

  constructor(
    private readonly api: OwnerApi,
    private readonly me: Me,
    private readonly signOut: () => void,
  ) {
    this.#drafts = new Drafts(me.email);
    this.#assistant = me.assistants.find((each) => each.id === localStorage.getItem(SALON_KEY)) ?? me.assistants[0];
    const bar = h("header", { class: "bar" }, this.#salon(), this.#zone, this.#who("who"), this.#menu);
    this.element = h("div", { class: "shell" }, this.#skip(), bar, this.#sections, this.#main);
    window.addEventListener("hashchange", () => void this.#show());
    void this.#show(false);
  }

  async #show(focus = true): Promise<void> {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    const address = addressOf(location.hash);
    const page = pageOf(address);
    this.#fold(true);
    this.#drawSections(PAGES.has(address.name) ? address.name : "today");
    if (!this.#assistant) return this.#nothingToShow();
    document.title = `${page.title} · ${this.#assistant.name}`;
    await this.#fill(page, address, this.#assistant, focus);
  }

  /** Builds the page and shows it, unless it was left meanwhile. */
  async #fill(page: Page, { parameter, query }: Address, assistant: Assistant, focus: boolean): Promise<void> {
    const { signal } = this.#leaving;
    const clock = new SalonClock(assistant.time_zone);
    this.#zone.textContent = `Время салона: ${clock.name}`;
    const title = h("h1", { tabindex: -1 }, page.title);
    const place = h("div", { class: "page" });
    const waiting = window.setTimeout(() => replace(this.#main, title, loading()), LOADING_AFTER_MS);
    try {
      const given = { api: this.api.until(signal), assistant, clock, drafts: this.#drafts, signal, parameter, query };
      replace(place, await page.build({ ...given, again: () => void this.#show() }));
    } catch (error) {
      if (!(error instanceof Left))
        replace(
          place,
          trouble(error, () => this.#show()),
        );
    } finally {
      window.clearTimeout(waiting);
    }
    if (signal.aborted) return;
    replace(this.#main, title, place);
    window.scrollTo(0, 0);
    if (focus && !this.#main.contains(document.activeElement)) title.focus();
  }

  #nothingToShow(): void {
    const told = "Этому адресу не открыт ни один салон. Попросите разработчика добавить его.";
    replace(this.#main, h("h1", {}, "Нет доступа"), h("p", {}, told));
  }

  #fold(folded: boolean): void {
    this.#menu.setAttribute("aria-expanded", String(!folded));
    this.#sections.classList.toggle("open", !folded);
  }

  #drawSections(current: string): void {
    const link = (name: string, text: string) =>
      h("li", {}, h("a", { href: `#/${name}`, "aria-current": name === current ? "page" : null }, text));
    const section = ({ title, pages }: (typeof SECTIONS)[number]) =>
      h(
        "section",
        {},
        h("h2", {}, title),
        h(
          "ul",
          {},
          pages.map(([name, text]) => link(name, text)),
        ),
      );
    replace(this.#sections, SECTIONS.map(section), this.#who("who narrow"));
  }

  /** On a phone it stands under the sections, otherwise in the bar. */
  #who(name: string): HTMLElement {
    return h("div", { class: name }, h("span", { class: "email" }, this.me.email), button("Выйти", this.signOut));
  }

  #skip(): HTMLElement {
    const leap = (event: Event) => {
      event.preventDefault(); // the address is the page's name
      this.#main.focus();
    };
    return h("a", { class: "skip", href: "#main", onclick: leap }, "К содержанию");
  }

  #salon(): HTMLElement {
    const { assistants } = this.me;
    if (assistants.length < 2) return h("p", { class: "salon" }, this.#assistant?.name ?? "");
    const options = assistants.map(({ id, name }) => h("option", { value: id }, name));
    const select = h("select", { "aria-label": "Салон" }, options);
    select.value = this.#assistant?.id ?? "";
    select.addEventListener("change", () => {
      this.#assistant = assistants.find((each) => each.id === select.value);
      localStorage.setItem(SALON_KEY, select.value);
      void this.#show(false);
    });
    return h("div", { class: "salon" }, select);
  }
}
