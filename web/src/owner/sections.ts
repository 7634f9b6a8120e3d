/**
 * The pages by their names in the address, in the order of the menu.
 *
 * Knows which page is which. Refuses to know how one is shown.
 */

import type { Address, Page } from "./page";
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

interface Section {
  title: string;
  pages: [name: string, text: string, page: Page][];
}

export const SECTIONS: readonly Section[] = [
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

export const PAGES = new Map(SECTIONS.flatMap(({ pages }) => pages.map(([name, , page]) => [name, page] as const)));

/** What an address names; the day where it names nothing. */
export function pageOf({ name, parameter }: Address): Page {
  if (name === "dialogues" && parameter) return dialogue;
  return PAGES.get(name) ?? today;
}
