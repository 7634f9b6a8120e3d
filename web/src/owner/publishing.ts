/**
 * What stands around every editor of a published document: who published it, what is changed here, conflicts,
 * errors, and the way to publish.
 *
 * Knows the words of publishing. Refuses to know the fields of any document.
 */

import type { Drafts } from "./drafts";
import { button, h, replace, type Child } from "./elements";
import { goTo, showErrors } from "./fields";
import { changeLines } from "./places";
import type { Publication } from "./publication";
import { CHANGES, counted, type SalonClock } from "./russian";
import { notice, words } from "./trouble";

interface Around<V> {
  publication: Publication<V>;
  clock: SalonClock;
  drafts: Drafts;
  /** Builds the form anew from `publication.value`. */
  form: () => HTMLElement;
  /** Shown in the dialog before publishing. */
  beforePublishing?: () => Child;
  signal: AbortSignal;
}

export function publishing<V>({ publication, clock, drafts, form, beforePublishing, signal }: Around<V>): HTMLElement {
  const heading = h("p", { class: "published" });
  const told = h("div", { class: "told" });
  const place = h("div", { class: "editor" });
  const bar = h("div", { class: "publish-bar", role: "region", "aria-label": "Публикация" });
  let lastWord: HTMLElement | null = null;

  function draw(): void {
    const { published } = publication;
    replace(
      heading,
      published.author
        ? `Опубликовано ${clock.moment(published.published_at)}, автор — ${published.author}. `
        : "Пока действует то, что поставлено с помощником. ",
      h("a", { href: `#/history/${publication.kind}` }, "История изменений"),
    );
    replace(
      told,
      conflictOf(publication, clock),
      errorsOf(publication, place),
      restoredOf(publication, clock),
      publication.keeps
        ? null
        : notice("Браузер не сохраняет черновик: не закрывайте вкладку, пока не опубликуете.", "wrong"),
      lastWord,
    );
    bar.hidden = !publication.changed;
    if (publication.changed) {
      const count = changeLines(
        publication.kind,
        publication.changes,
        publication.published.value,
        publication.value,
      ).length;
      replace(
        bar,
        h("p", { role: "status" }, `Не опубликовано: ${counted(count, CHANGES)}`),
        button("Отменить", discard),
        button("Опубликовать…", confirm, { class: "main-button" }),
      );
    }
  }

  function drawForm(): void {
    replace(place, form());
    showErrors(place, publication.errors);
  }

  async function discard(): Promise<void> {
    if (
      await asked(
        "Отменить изменения?",
        "Черновик в этом браузере будет стёрт, останется опубликованное.",
        "Стереть черновик",
      )
    )
      publication.discard();
  }

  async function confirm(): Promise<void> {
    if (publication.conflict) return told.querySelector<HTMLElement>("button")?.focus();
    const lines = changeLines(publication.kind, publication.changes, publication.published.value, publication.value);
    const about = [
      h(
        "p",
        {},
        "Помощник начнёт отвечать по-новому примерно через десять секунд. Прежнюю версию можно вернуть в истории.",
      ),
      listOf(lines),
      beforePublishing?.(),
    ];
    if (!(await asked("Опубликовать изменения?", about, "Опубликовать"))) return;
    try {
      lastWord = (await publication.publish()) ? notice("Опубликовано.", "good") : null;
    } catch (error) {
      lastWord = notice(`${words(error)} Ничего не потеряно: изменения остались в черновике.`, "wrong");
    }
    draw();
    showErrors(place, publication.errors);
    const first = publication.errors[0];
    if (first) goTo(place, first.field);
    else told.querySelector<HTMLElement>("[role=alert] button, [role=alert]")?.focus();
  }

  publication.addEventListener(
    "changed",
    () => {
      lastWord = null;
      draw();
    },
    { signal },
  );
  publication.addEventListener(
    "replaced",
    () => {
      draw();
      drawForm();
    },
    { signal },
  );
  drafts.watch(
    publication.assistant,
    publication.kind,
    () => {
      lastWord = notice(
        "Этот же документ правят в другой вкладке этого браузера. Чтобы не потерять ничего, продолжайте в одной из них, другую закройте.",
        "wrong",
      );
      draw();
    },
    signal,
  );
  window.addEventListener("pagehide", () => publication.keep(), { signal });
  signal.addEventListener("abort", () => publication.keep());
  draw();
  drawForm();
  return h("div", { class: "publishing" }, heading, told, place, bar);
}

function conflictOf<V>(publication: Publication<V>, clock: SalonClock): Child {
  const { conflict } = publication;
  if (!conflict) return null;
  const { theirs, theirChanges, both } = conflict;
  const author = theirs.author ? `автор — ${theirs.author}, ` : "";
  const overlap = both?.length
    ? changeLines(
        publication.kind,
        both.map((path) => ({ path, before: "", after: "" })),
        theirs.value,
        publication.value,
      )
    : [];
  return h(
    "section",
    { class: "notice wrong conflict", role: "alert", tabindex: -1 },
    h("h2", {}, "Пока вы правили, вышла другая версия"),
    h(
      "p",
      {},
      `Её опубликовали: ${author}${clock.moment(theirs.published_at)}. Ваши изменения на месте, ничего не перезаписано.`,
    ),
    theirChanges
      ? [
          h("p", {}, "В новой версии изменилось:"),
          listOf(changeLines(publication.kind, theirChanges, publication.value, theirs.value)),
        ]
      : h("p", {}, "Версия, с которой вы начинали, уже не хранится, поэтому сравнить по полям нельзя."),
    overlap.length
      ? [h("p", {}, "Правили и вы, и другой автор (после переноса останется ваше):"), listOf(overlap)]
      : null,
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

function errorsOf<V>(publication: Publication<V>, place: HTMLElement): Child {
  if (!publication.errors.length) return null;
  return h(
    "section",
    { class: "notice wrong", role: "alert" },
    h("h2", {}, "Не опубликовано: проверьте поля"),
    h(
      "ul",
      {},
      publication.errors.map(({ field, message }) =>
        h("li", {}, field ? button(message, () => goTo(place, field), { class: "link" }) : message),
      ),
    ),
  );
}

function restoredOf<V>(publication: Publication<V>, clock: SalonClock): Child {
  if (!publication.restored || publication.conflict) return null;
  return notice(`Восстановлены ваши неопубликованные изменения, сделанные ${clock.moment(publication.restored)}.`);
}

function listOf(lines: string[]): HTMLElement {
  return h(
    "ul",
    {},
    lines.slice(0, 20).map((line) => h("li", {}, line)),
    lines.length > 20 ? h("li", {}, `и ещё ${lines.length - 20}`) : null,
  );
}

/** A question with two answers over the page; the focus comes back to where it was. */
export function asked(question: string, about: Child, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const title = h("h2", { id: "asked-title" }, question);
    const dialog: HTMLDialogElement = h(
      "dialog",
      { class: "asked", "aria-labelledby": "asked-title" },
      title,
      typeof about === "string" ? h("p", {}, about) : about,
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "main-button", onclick: () => dialog.close("yes") }, yes),
        h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Не сейчас"),
      ),
    );
    const left = () => dialog.close(); // by a link in it, or by the browser's own way back
    window.addEventListener("hashchange", left);
    dialog.addEventListener("close", () => {
      window.removeEventListener("hashchange", left);
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
