/**
 * What is said when something did not work, and while it is not known yet.
 *
 * Knows words for failures. Refuses to try again by itself.
 */

import { button, h } from "./elements";
import { ApiError, NoConnection } from "./owner_api";
import { counted } from "./russian";

/** One or two sentences for a person; what the server says of itself comes first. */
export function words(error: unknown): string {
  if (error instanceof NoConnection) return "Нет связи с сервером. Проверьте сеть и повторите.";
  if (!(error instanceof ApiError)) {
    console.error(error);
    return "Страница ошиблась. Обновите её; если не поможет, сообщите разработчику.";
  }
  const said = [error.message, ...new Set(error.fields.map((field) => field.message))].join(" ");
  if (error.retryAfterSeconds === null) return said;
  return `${said} Повторить можно через ${counted(error.retryAfterSeconds, ["секунду", "секунды", "секунд"])}.`;
}

export function trouble(error: unknown, again: () => unknown): HTMLElement {
  return h("div", { class: "trouble", role: "alert" }, h("p", {}, words(error)), button("Повторить", again));
}

export function notice(text: string, kind: "calm" | "wrong" | "good" = "calm"): HTMLElement {
  return h("p", { class: `notice ${kind}`, role: kind === "wrong" ? "alert" : "status" }, text);
}

export function loading(): HTMLElement {
  return h("p", { class: "loading", role: "status" }, "Загружаем…");
}

export function nothing(text: string): HTMLElement {
  return h("p", { class: "nothing" }, text);
}
