/**
 * What stands around every editor of a published document: who published it, what is changed here, and the way
 * to publish.
 *
 * Knows the order of things. Refuses to know the fields of any document.
 */

import { asked } from "./asking";
import type { Drafts } from "./drafts";
import { button, h, replace, type Child } from "./elements";
import { goTo, showErrors } from "./fields";
import { capital, changeLines } from "./places";
import type { Publication } from "./publication";
import { conflictNotice, errorsNotice, linesList, restoredNotice } from "./publishing_notices";
import { CHANGES, counted, type SalonClock } from "./russian";
import { notice, words } from "./trouble";
import { authorName } from "./words_of_states";

interface Around<V> {
  publication: Publication<V>;
  clock: SalonClock;
  drafts: Drafts;
  /** Builds the form anew from `publication.value`. */
  form: () => HTMLElement;
  /** Shown in the dialog before publishing. */
  beforePublishing?: () => Child;
  /** Ends when the page is left. */
  signal: AbortSignal;
}

const OTHER_TAB =
  "Этот же документ правят в другой вкладке этого браузера. Чтобы не потерять ничего, продолжайте в одной из них, другую закройте.";
const NOT_KEPT = "Браузер не сохраняет черновик: не закрывайте вкладку, пока не опубликуете.";
const AFTERWARDS =
  "Помощник начнёт отвечать по-новому примерно через десять секунд. Прежнюю версию можно вернуть в истории.";

export function publishing<V>(around: Around<V>): HTMLElement {
  return new Publishing(around).element;
}

class Publishing<V> {
  readonly element: HTMLElement;
  readonly #heading = h("p", { class: "published" });
  readonly #told = h("div", { class: "told" });
  readonly #place = h("div", { class: "editor" });
  readonly #count = h("p", { role: "status" });
  readonly #bar: HTMLElement;
  #lastWord: HTMLElement | null = null;
  #toldOf: unknown[] = [];

  constructor(private readonly around: Around<V>) {
    const publish = button("Опубликовать…", () => this.#confirm(), { class: "main-button" });
    this.#bar = h(
      "div",
      { class: "publish-bar", role: "region", "aria-label": "Публикация" },
      this.#count,
      button("Отменить", () => this.#discard()),
      publish,
    );
    this.element = h("div", { class: "publishing" }, this.#heading, this.#told, this.#place, this.#bar);
    this.#listen();
    this.#drawForm();
  }

  #listen(): void {
    const { publication, drafts, signal } = this.around;
    publication.addEventListener("changed", () => this.#say(null), { signal });
    publication.addEventListener("replaced", () => this.#drawForm(), { signal });
    drafts.watch(publication.assistant, publication.kind, () => this.#say(notice(OTHER_TAB, "wrong")), signal);
    window.addEventListener("pagehide", () => publication.keep(), { signal });
    signal.addEventListener("abort", () => publication.keep());
  }

  #drawForm(): void {
    replace(this.#place, this.around.form());
    this.#draw();
    showErrors(this.#place, this.around.publication.errors);
  }

  #say(word: HTMLElement | null): void {
    this.#lastWord = word;
    this.#draw();
  }

  #draw(): void {
    const { publication, clock } = this.around;
    const { published } = publication;
    const author = authorName(published.author);
    const told = published.published_at
      ? `Опубликовано ${clock.moment(published.published_at)}, ${author}`
      : capital(author);
    const history = h("a", { href: `#/history/${publication.kind}` }, "История изменений");
    replace(this.#heading, `${told}. `, history);
    this.#drawNotices();
    this.#bar.hidden = !publication.changed;
    const count = counted(this.#lines().length, CHANGES);
    if (publication.changed) this.#count.textContent = `Не опубликовано: ${count}`;
  }

  /** What is told stays untouched while it is the same: a screen reader would say it again with every key. */
  #drawNotices(): void {
    const { publication, clock } = this.around;
    const { conflict, errors, restored, keeps } = publication;
    const toldOf = [conflict, errors, restored, keeps, this.#lastWord];
    if (toldOf.every((each, index) => each === this.#toldOf[index]) && this.#toldOf.length) return;
    this.#toldOf = toldOf;
    replace(
      this.#told,
      conflictNotice(publication, clock),
      errorsNotice(publication, (field) => goTo(this.#place, field)),
      restoredNotice(publication, clock),
      keeps ? null : notice(NOT_KEPT, "wrong"),
      this.#lastWord,
    );
  }

  #lines(): string[] {
    const { kind, changes, published, value } = this.around.publication;
    return changeLines(kind, changes, published.value, value);
  }

  async #discard(): Promise<void> {
    const about = "Черновик в этом браузере будет стёрт, останется опубликованное.";
    if (await asked("Отменить изменения?", about, "Стереть черновик")) this.around.publication.discard();
  }

  async #confirm(): Promise<void> {
    const { publication, beforePublishing } = this.around;
    if (publication.conflict) return this.#told.querySelector<HTMLElement>("button")?.focus();
    const about = [h("p", {}, AFTERWARDS), linesList(this.#lines()), beforePublishing?.()];
    if (!(await asked("Опубликовать изменения?", about, "Опубликовать"))) return;
    try {
      const done = await publication.publish();
      this.#say(done ? notice("Опубликовано.", "good") : null);
    } catch (error) {
      this.#say(notice(`${words(error)} Ничего не потеряно: изменения остались в черновике.`, "wrong"));
    }
    this.#lead();
  }

  /** Puts the reader before what is to be done next. */
  #lead(): void {
    const { errors, conflict } = this.around.publication;
    showErrors(this.#place, errors);
    const named = errors.find((error) => error.field);
    if (named) goTo(this.#place, named.field);
    else if (errors.length || conflict) this.#told.querySelector<HTMLElement>("button, section")?.focus();
  }
}
