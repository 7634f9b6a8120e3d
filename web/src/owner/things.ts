/**
 * A list of things with a form each, one opened at a time by its line.
 *
 * Knows how a line opens, filters and is taken away. Refuses to know what a thing is.
 */

import { button, h, replace, type Child } from "./elements";

interface Things<T> {
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

export interface ThingsList<T> {
  element: HTMLElement;
  open: (thing: T, focus: string) => void;
}

const FILTER_FROM = 8;

export function thingsList<T>({
  name,
  things,
  shows = () => true,
  line,
  form,
  touched,
  remove,
  words,
}: Things<T>): ThingsList<T> {
  const list = h("div", { class: "things", "data-list": name });
  const rows = new Map<T, HTMLDetailsElement>();

  function add(thing: T): void {
    const summary = h("summary", {});
    const place = h("div", { class: "thing" });
    const row = h("details", { class: "card" }, summary, place);
    const told = () => {
      const { title, about } = line(thing);
      replace(
        summary,
        h("span", { class: "name", dir: "auto" }, title || "Без названия"),
        h("span", { class: "about" }, about),
      );
    };
    const changed = () => {
      told();
      touched();
    };
    row.addEventListener("toggle", () => {
      if (!row.open || place.hasChildNodes()) return;
      replace(
        place,
        form(thing, changed),
        button(remove.text, () => takeAway(thing, row), { class: "quiet danger" }),
      );
    });
    told();
    row.hidden = !shows(thing);
    rows.set(thing, row);
    list.append(row);
  }

  async function takeAway(thing: T, row: HTMLDetailsElement): Promise<void> {
    if (!(await remove.sure(thing))) return;
    things.splice(things.indexOf(thing), 1);
    const shown = [...rows.values()].filter((each) => !each.hidden);
    const place = shown.indexOf(row);
    const next = (shown[place + 1] ?? shown[place - 1])?.querySelector("summary");
    rows.delete(thing);
    row.remove();
    touched();
    next?.focus();
  }

  const found = h("p", { class: "hint", role: "status" });
  const filter = h("input", {
    type: "search",
    oninput: () => {
      const wanted = filter.value.trim().toLowerCase();
      let shown = 0;
      for (const [thing, row] of rows) {
        row.hidden = !shows(thing) || (wanted !== "" && !words(thing).toLowerCase().includes(wanted));
        if (!row.hidden) shown += 1;
      }
      found.textContent = wanted ? `Найдено: ${shown}` : "";
    },
  });
  things.forEach(add);
  const search =
    things.filter(shows).length >= FILTER_FROM
      ? h("div", {}, h("label", { class: "field" }, h("span", { class: "label" }, "Найти в списке"), filter), found)
      : null;

  function open(thing: T, focus: string): void {
    if (!rows.has(thing)) add(thing);
    const row = rows.get(thing);
    if (!row) return;
    row.open = true;
    row.dispatchEvent(new Event("toggle")); // the form now, not with the browser's own event a moment later
    row.querySelector<HTMLElement>(`[data-field="${focus}"] :is(input, textarea)`)?.focus();
    row.scrollIntoView({ block: "start" });
  }

  return { element: h("div", {}, search, list), open };
}

/** A name for a new thing that no other has. */
export function newId(prefix: string, taken: readonly { id: string }[]): string {
  for (;;) {
    const id = `${prefix}_${Math.random().toString(36).slice(2, 8)}`;
    if (!taken.some((thing) => thing.id === id)) return id;
  }
}
