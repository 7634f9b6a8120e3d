/** What fills the panel at a time. Knows its own content and where the keyboard starts in it. */

import { h } from "../dom";

export interface View {
  readonly element: HTMLElement;
  focus(): void;
}

/** A heading that takes the focus when its view comes, so that a screen reader says where one is. */
export function heading(text: string): HTMLHeadingElement {
  return h("h2", { tabindex: -1, class: "view-title" }, text);
}

/** A sentence, and what to do about it. */
export function message(title: string, text: string, ...buttons: HTMLElement[]): View {
  const head = heading(title);
  return {
    element: h("section", { class: "view message" }, head, h("p", {}, text), ...buttons),
    focus: () => head.focus(),
  };
}

export function waiting(text: string): View {
  const line = h("p", { role: "status", tabindex: -1 }, text);
  return { element: h("section", { class: "view message" }, line), focus: () => line.focus() };
}
