/**
 * What stands around every page: the salon, the sections, who is signed in; and which page is shown.
 *
 * Knows addresses and pages. Refuses to know what is on a page.
 */

import { Drafts } from "./drafts";
import { button, h, replace } from "./elements";
import { Left, type OwnerApi } from "./owner_api";
import { addressOf, type Page } from "./page";
import { callbacks } from "./pages/callbacks";
import { dialogue } from "./pages/dialogue";
import { dialogues } from "./pages/dialogues";
import { history } from "./pages/history";
import { knowledge } from "./pages/knowledge";
import { settings } from "./pages/settings";
import { today } from "./pages/today";
import { topics } from "./pages/topics";
import { trends } from "./pages/trends";
import { unanswered } from "./pages/unanswered";
import { wishes } from "./pages/wishes";
import { SalonClock } from "./russian";
import type { Assistant, Me } from "./shapes";
import { loading, trouble } from "./trouble";

const SECTIONS: { title: string; pages: [name: string, text: string, page: Page][] }[] = [
  {
    title: "Обзор",
    pages: [
      ["today", "Сегодня", today],
      ["trends", "Динамика", trends],
      ["wishes", "Чего хотят", wishes],
    ],
  },
  {
    title: "Посетители",
    pages: [
      ["callbacks", "Заявки", callbacks],
      ["dialogues", "Диалоги", dialogues],
      ["unanswered", "Без ответа", unanswered],
    ],
  },
  {
    title: "Помощник",
    pages: [
      ["topics", "Темы", topics],
      ["faq", "FAQ и легенда", knowledge],
      ["settings", "Часы и тексты", settings],
      ["history", "История", history],
    ],
  },
];
const PAGES = new Map(SECTIONS.flatMap((section) => section.pages.map(([name, , page]) => [name, page] as const)));
const SALON_KEY = "attendant-owner:salon";
const LOADING_AFTER_MS = 200;

export function shell(api: OwnerApi, me: Me, signOut: () => void): HTMLElement {
  const drafts = new Drafts(me.email);
  let assistant = me.assistants.find((each) => each.id === localStorage.getItem(SALON_KEY)) ?? me.assistants[0];
  let leaving = new AbortController();
  const main = h("main", { id: "main", tabindex: -1 });
  const sections = h("nav", { class: "sections", id: "sections", "aria-label": "Разделы" });
  const menu: HTMLButtonElement = h(
    "button",
    {
      type: "button",
      class: "quiet menu",
      "aria-expanded": "false",
      "aria-controls": "sections",
      onclick: () => fold(menu.getAttribute("aria-expanded") === "true"),
    },
    "Меню",
  );
  const zone = h("p", { class: "zone" });

  function fold(folded: boolean): void {
    menu.setAttribute("aria-expanded", String(!folded));
    sections.classList.toggle("open", !folded);
  }

  function choose(chosen: Assistant): void {
    assistant = chosen;
    localStorage.setItem(SALON_KEY, chosen.id);
    void show(false);
  }

  async function show(focus = true): Promise<void> {
    leaving.abort();
    leaving = new AbortController();
    const { signal } = leaving;
    const { name, parameter, query } = addressOf(location.hash);
    const page = name === "dialogues" && parameter ? dialogue : (PAGES.get(name) ?? today);
    fold(true);
    drawSections(PAGES.has(name) ? name : "today");
    if (!assistant)
      return replace(
        main,
        h("h1", {}, "Нет доступа"),
        h("p", {}, "Этому адресу не открыт ни один салон. Попросите разработчика добавить его."),
      );
    const clock = new SalonClock(assistant.time_zone);
    zone.textContent = `Время салона: ${clock.name}`;
    document.title = `${page.title} · ${assistant.name}`;
    const title = h("h1", { tabindex: -1 }, page.title);
    const place = h("div", { class: "page" });
    const waiting = window.setTimeout(() => replace(main, title, loading()), LOADING_AFTER_MS);
    try {
      const built = await page.build({
        api: api.until(signal),
        assistant,
        clock,
        drafts,
        signal,
        parameter,
        query,
        again: () => void show(),
      });
      if (!signal.aborted) replace(place, built);
    } catch (error) {
      if (error instanceof Left || signal.aborted) return;
      replace(
        place,
        trouble(error, () => show()),
      );
    } finally {
      window.clearTimeout(waiting);
    }
    if (signal.aborted) return;
    replace(main, title, place);
    window.scrollTo(0, 0);
    if (focus && !main.contains(document.activeElement)) title.focus();
  }

  function drawSections(current: string): void {
    replace(
      sections,
      SECTIONS.map(({ title, pages }) =>
        h(
          "section",
          {},
          h("h2", {}, title),
          h(
            "ul",
            {},
            pages.map(([name, text]) =>
              h("li", {}, h("a", { href: `#/${name}`, "aria-current": name === current ? "page" : null }, text)),
            ),
          ),
        ),
      ),
      who("who narrow"),
    );
  }

  /** On a phone it stands under the sections, otherwise in the bar. */
  function who(name: string): HTMLElement {
    return h("div", { class: name }, h("span", { class: "email" }, me.email), button("Выйти", signOut));
  }

  window.addEventListener("hashchange", () => void show());
  void show(false);
  return h(
    "div",
    { class: "shell" },
    h(
      "a",
      {
        class: "skip",
        href: "#main",
        onclick: (event) => {
          event.preventDefault(); // the address is the page's name
          main.focus();
        },
      },
      "К содержанию",
    ),
    h("header", { class: "bar" }, salonOf(me, assistant, choose), zone, who("who"), menu),
    sections,
    main,
  );
}

function salonOf(me: Me, chosen: Assistant | undefined, choose: (assistant: Assistant) => void): HTMLElement {
  if (me.assistants.length < 2) return h("p", { class: "salon" }, chosen?.name ?? "");
  const select = h(
    "select",
    { "aria-label": "Салон" },
    me.assistants.map(({ id, name }) => h("option", { value: id }, name)),
  );
  select.value = chosen?.id ?? "";
  select.addEventListener("change", () => {
    const wanted = me.assistants.find((each) => each.id === select.value);
    if (wanted) choose(wanted);
  });
  return h("div", { class: "salon" }, select);
}
