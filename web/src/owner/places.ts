/**
 * Places in a document, in the owner's words: «Политика, война»: выражения, ответ.
 *
 * Knows what fields are called. Refuses to know how they are edited.
 */

import type { Change } from "./comparison";
import type { DocumentKind } from "./shapes";

const FIELDS: Record<string, string> = {
  title: "название",
  phrases: "выражения",
  exceptions: "исключения",
  samples: "примеры",
  reply: "ответ посетителю",
  gap: "слов между словами",
  enabled: "включение",
  text: "текст",
  questions: "вопросы",
  models: "модели",
  offer: "форма под ответом",
  retention: "срок хранения",
  idle_timeout: "время до завершения",
  callbacks_outside_hours: "заявки вне рабочих часов",
  nps_share: "доля опроса NPS",
  hours: "часы работы",
  texts: "тексты помощника",
  terms: "условия и согласия",
  credit: "примерные условия кредита",
};
const ITEMS: Partial<Record<DocumentKind, string>> = { policy: "topics", knowledge: "passages" };

/** One line a thing: what came, what went, which fields of it differ. */
export function changeLines(kind: DocumentKind, changes: readonly Change[], before: unknown, after: unknown): string[] {
  const lines = new Map<string, string[]>();
  for (const { path, before: was, after: is } of changes) {
    const [head = "", id] = path;
    if (head !== ITEMS[kind] || id === undefined) {
      add(lines, "", FIELDS[head] ?? head);
      continue;
    }
    const name = `«${titleOf(after, head, id) || titleOf(before, head, id) || id}»`;
    if (path.length === 2 && was === undefined) add(lines, name, "добавлено");
    else if (path.length === 2 && is === undefined) add(lines, name, "удалено");
    else add(lines, name, FIELDS[path[2] ?? ""] ?? path[2] ?? "изменено");
  }
  return [...lines].map(([name, fields]) => (name ? `${name}: ${fields.join(", ")}` : capital(fields.join(", "))));
}

function add(lines: Map<string, string[]>, name: string, field: string): void {
  const fields = lines.get(name) ?? [];
  if (!fields.includes(field)) fields.push(field);
  lines.set(name, fields);
}

function titleOf(document: unknown, list: string, id: string): string {
  const things = (document as Record<string, { id?: string; title?: string }[] | undefined> | null)?.[list];
  return (Array.isArray(things) && things.find((thing) => thing.id === id)?.title) || "";
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
