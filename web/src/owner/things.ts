/**
 * A list of things with a form each, opened by its line.
 *
 * Knows how a line opens, is filtered and taken away. Refuses to know what a thing is.
 */

import { button, h, replace, type Child } from "./elements";

interface Given<T> {
  /** The field of the document that the list is, for errors. */
  name: string;
  things: T[];
  /** Which of the things belong here; the others keep their places, unseen. */
  shows?: (thing: T) => boolean;
  line: (thing: T) => { title: string; about: Child };
  form: (thing: T, touched: () => void) => Child;
  touched: () => void;
  remove: { text: string; sure: (thing: T) => Promise<boolean> };
  /** What the filter looks through. */
  words: (thing: T) => string;
}

const FILTER_FROM = 8;

export class ThingsList<T> {
  readonly element: HTMLElement;
  readonly #list: HTMLElement;
  readonly #rows = new Map<T, HTMLDetailsElement>();

  constructor(private readonly given: Given<T>) {
    this.#list = h("div", { class: "things", "data-list": given.name });
    given.things.forEach((thing) => this.#add(thing));
    const many = given.things.filter((thing) => this.#shows(thing)).length >= FILTER_FROM;
    this.element = h("div", {}, many ? this.#filter() : null, this.#list);
  }

  /** Opens a thing of the document, a new one too, and puts the reader into its field `focus`. */
  open(thing: T, focus: string): void {
    const row = this.#rows.get(thing) ?? this.#add(thing);
    row.open = true;
    row.dispatchEvent(new Event("toggle")); // the form now, not with the browser's own event a moment later
    row.querySelector<HTMLElement>(`[data-field="${focus}"] :is(input, textarea)`)?.focus();
    row.scrollIntoView({ block: "start" });
  }

  #add(thing: T): HTMLDetailsElement {
    const { form, remove, touched } = this.given;
    const summary = h("summary", {});
    const place = h("div", { class: "thing" });
    const row = h("details", { class: "card" }, summary, place);
    const changed = () => {
      this.#tell(summary, thing);
      touched();
    };
    row.addEventListener("toggle", () => {
      if (!row.open || place.hasChildNodes()) return;
      const away = button(remove.text, () => this.#takeAway(thing, row), { class: "quiet danger" });
      replace(place, form(thing, changed), away);
    });
    row.hidden = !this.#shows(thing);
    this.#tell(summary, thing);
    this.#rows.set(thing, row);
    this.#list.append(row);
    return row;
  }

  #tell(summary: HTMLElement, thing: T): void {
    const { title, about } = this.given.line(thing);
    const name = h("span", { class: "name", dir: "auto" }, title || "Без названия");
    replace(summary, name, h("span", { class: "about" }, about));
  }

  #shows(thing: T): boolean {
    return this.given.shows?.(thing) ?? true;
  }

  async #takeAway(thing: T, row: HTMLDetailsElement): Promise<void> {
    const { things, remove, touched } = this.given;
    if (!(await remove.sure(thing))) return;
    things.splice(things.indexOf(thing), 1);
    const shown = [...this.#rows.values()].filter((each) => !each.hidden);
    const place = shown.indexOf(row);
    this.#rows.delete(thing);
    row.remove();
    touched();
    (shown[place + 1] ?? shown[place - 1])?.querySelector("summary")?.focus();
  }

  #filter(): HTMLElement {
    const found = h("p", { class: "hint", role: "status" });
    const filter = h("input", { type: "search" });
    filter.addEventListener("input", () => {
      const wanted = filter.value.trim().toLowerCase();
      const fits = (thing: T) => this.#shows(thing) && this.given.words(thing).toLowerCase().includes(wanted);
      for (const [thing, row] of this.#rows) row.hidden = !fits(thing);
      const count = this.given.things.filter(fits).length;
      found.textContent = wanted ? `Найдено: ${count}` : "";
    });
    return h("div", {}, h("label", { class: "field" }, h("span", { class: "label" }, "Найти в списке"), filter), found);
  }
}

/** A name for a new thing that no other has. */
export function newId(prefix: string, taken: readonly { id: string }[]): string {
  for (;;) {
    const id = `${prefix}_${Math.random().toString(36).slice(2, 8)}`;
    if (!taken.some((thing) => thing.id === id)) return id;
  }
}
