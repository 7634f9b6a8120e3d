/** A button that copies a text. Knows the clipboard; where a page has none there is no button. */

import { h } from "../dom";
import { icon } from "../icons";
import type { Words } from "../words/ru";

const TOLD_MS = 2000;

export function copyButton(words: Words, text: () => string): HTMLButtonElement {
  const label = h("span", {}, words.copy);
  const button = h("button", { type: "button", class: "tool", hidden: !navigator.clipboard }, icon("copy"), label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      return; // the browser said no: the label goes on promising
    }
    label.textContent = words.copied;
    setTimeout(() => (label.textContent = words.copy), TOLD_MS);
  });
  return button;
}
