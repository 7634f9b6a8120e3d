/**
 * What is told above an editor: a conflict, wrong fields, restored changes.
 *
 * Knows the words. Refuses to decide: each notice leads to a button that a person presses.
 */

import { button, h, type Child } from "./elements";
import { changeLines } from "./places";
import type { Conflict, Publication } from "./publication";
import type { SalonClock } from "./russian";
import { notice } from "./trouble";

const LINES = 20;

export function conflictNotice<V>(publication: Publication<V>, clock: SalonClock): Child {
  const { conflict } = publication;
  if (!conflict) return null;
  const { theirs, theirChanges } = conflict;
  const author = theirs.author ? `автор — ${theirs.author}, ` : "";
  return h(
    "section",
    { class: "notice wrong conflict", role: "alert", tabindex: -1 },
    h("h2", {}, "Пока вы правили, вышла другая версия"),
    h(
      "p",
      {},
      `Её опубликовали: ${author}${clock.moment(theirs.published_at)}. `,
      "Ваши изменения на месте, ничего не перезаписано.",
    ),
    differences(publication, conflict),
    h(
      "div",
      { class: "row" },
      button(
        theirChanges ? "Перенести мои изменения на новую версию" : "Оставить мой вариант целиком",
        () => publication.carryOver(),
        { class: "main-button" },
      ),
      button("Взять новую версию, мои изменения стереть", () => publication.discard()),
    ),
  );
}

function differences<V>({ kind, value }: Publication<V>, { theirs, theirChanges, both }: Conflict<V>): Child {
  if (theirChanges === null) {
    return h("p", {}, "Версия, с которой вы начинали, уже не хранится, поэтому сравнить по полям нельзя.");
  }
  const twice = (both ?? []).map((path) => ({ path, before: "", after: "" }));
  return [
    h("p", {}, "В новой версии изменилось:"),
    linesList(changeLines(kind, theirChanges, value, theirs.value)),
    twice.length
      ? [
          h("p", {}, "Правили и вы, и другой автор (после переноса останется ваше):"),
          linesList(changeLines(kind, twice, theirs.value, value)),
        ]
      : null,
  ];
}

/** `goTo` leads to the field of an error. */
export function errorsNotice<V>({ errors }: Publication<V>, goTo: (field: string) => void): Child {
  if (!errors.length) return null;
  const told = errors.map(({ field, message }) =>
    h("li", {}, field ? button(message, () => goTo(field), { class: "link" }) : message),
  );
  return h(
    "section",
    { class: "notice wrong", role: "alert", tabindex: -1 },
    h("h2", {}, "Не опубликовано: проверьте поля"),
    h("ul", {}, told),
  );
}

export function restoredNotice<V>({ restored, conflict }: Publication<V>, clock: SalonClock): Child {
  if (!restored || conflict) return null;
  return notice(`Восстановлены ваши неопубликованные изменения, сделанные ${clock.moment(restored)}.`);
}

export function linesList(lines: string[]): HTMLElement {
  const rest = lines.length - LINES;
  return h(
    "ul",
    {},
    lines.slice(0, LINES).map((line) => h("li", { dir: "auto" }, line)),
    rest > 0 ? h("li", {}, `и ещё ${rest}`) : null,
  );
}
