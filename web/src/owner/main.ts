/**
 * Where the owner's page begins: sign in, then the sections; and the sign-in over the page when a session ends.
 *
 * Knows the order of things. Refuses to know what the pages show.
 */

import { h, replace } from "./elements";
import { OwnerApi } from "./owner_api";
import { Session } from "./session";
import { shell } from "./shell";
import { signInForm } from "./sign_in";
import { loading, trouble } from "./trouble";

const base = document.querySelector<HTMLMetaElement>('meta[name="attendant-api"]')?.content ?? "/v1";
const root = document.body;
const session = new Session(`${base}/owner`, signInAgain);
const api = new OwnerApi(`${base}/owner`, session);
let shown = false;
let known = session.email; // who the page was built for

async function start(): Promise<void> {
  if (session.token === null) return signIn();
  replace(root, loading());
  try {
    const me = await api.me();
    known = me.email;
    shown = true;
    replace(root, shell(api, me, signOut));
  } catch (error) {
    replace(root, h("main", { class: "alone" }, trouble(error, start)));
  }
}

function signIn(): void {
  document.title = "Вход · кабинет салона";
  const form = signInForm(session, "", () => void start());
  replace(root, h("main", { class: "alone" }, h("div", { class: "card" }, h("h1", {}, "Кабинет салона"), form)));
}

/** Nothing on the page is touched: what was typed is still there when the dialog closes. */
function signInAgain(): Promise<void> {
  session.forget();
  if (!shown) {
    signIn();
    return new Promise(() => undefined); // the form begins anew
  }
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      { class: "asked", "aria-labelledby": "again-title" },
      h("h2", { id: "again-title" }, "Войдите ещё раз"),
      h("p", {}, "Сеанс закончился. Всё, что вы набрали, осталось на месте."),
      signInForm(session, known, () => {
        if (session.email !== known) return location.reload(); // another person: another person's page
        dialog.remove();
        resolve();
      }),
    );
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => dialog.isConnected && dialog.showModal()); // a second Escape closes it all the same
    root.append(dialog);
    dialog.showModal();
  });
}

async function signOut(): Promise<void> {
  try {
    await api.signOut();
  } catch {
    // signed out here in any case: the token runs out by itself
  }
  session.forget();
  location.reload();
}

void start();
