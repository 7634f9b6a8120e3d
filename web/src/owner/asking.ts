/**
 * A question with two answers over the page.
 *
 * Knows dialogs and where the focus goes. Refuses to know what is asked.
 */

import { h, type Child } from "./elements";

/** True for `yes`. The focus comes back to where it was. */
export function asked(question: string, about: Child, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (text: string, value: string, look: string) =>
      h("button", { type: "button", class: look, onclick: () => dialog.close(value) }, text);
    const dialog: HTMLDialogElement = h(
      "dialog",
      { class: "asked", "aria-labelledby": "asked-title" },
      h("h2", { id: "asked-title" }, question),
      typeof about === "string" ? h("p", {}, about) : about,
      h("div", { class: "row" }, answer(yes, "yes", "main-button"), answer("Не сейчас", "", "quiet")),
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
