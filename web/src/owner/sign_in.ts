/**
 * The form that signs a person in, with its second step for a password that must be changed.
 *
 * Knows the two steps. Refuses to know what comes after them.
 */

import { busy, h, replace } from "./elements";
import type { Session } from "./session";
import type { NewPasswordNeeded } from "./shapes";
import { words } from "./trouble";

/** `done` is called once somebody is signed in. */
export function signInForm(session: Session, email: string, done: () => void): HTMLElement {
  const place = h("div", { class: "sign-in" });

  function first(): void {
    const address = input("Электронная почта", { type: "email", autocomplete: "username", value: email });
    const password = input("Пароль", { type: "password", autocomplete: "current-password" });
    const form = asked([address, password], "Войти", async () => {
      const answer = await session.signIn(address.input.value.trim(), password.input.value);
      if (answer === "signed-in") done();
      else second(address.input.value.trim(), answer);
    });
    replace(place, form);
    queueMicrotask(() => (email ? password : address).input.focus()); // once it stands on the page
  }

  function second(who: string, { session: step }: NewPasswordNeeded): void {
    const user = h("input", { type: "email", autocomplete: "username", value: who, hidden: true, readonly: true });
    const password = input("Новый пароль", { type: "password", autocomplete: "new-password", minlength: 14 });
    const form = asked([password], "Сохранить и войти", async () => {
      const answer = await session.newPassword(who, step, password.input.value);
      if (answer === "signed-in") done();
      else second(who, answer);
    });
    const why =
      "Вы вошли с временным паролем. Придумайте свой: не короче 14 знаков, со строчной и заглавной латинской буквой, цифрой и любым знаком, например «-».";
    replace(place, h("p", { role: "status" }, why), user, form);
    password.input.focus();
  }

  first();
  return place;
}

interface Asked {
  row: HTMLElement;
  input: HTMLInputElement;
}

function input(label: string, attributes: Record<string, string | number | boolean>): Asked {
  const field = h("input", { required: true, ...attributes });
  return { row: h("label", { class: "field" }, h("span", { class: "label" }, label), field), input: field };
}

function asked(fields: Asked[], action: string, does: () => Promise<void>): HTMLFormElement {
  const wrong = h("p", { class: "notice wrong", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "main-button" }, action);
  const secret = fields.map((field) => field.input).find((field) => field.type === "password");
  const shown = h("input", {
    type: "checkbox",
    onchange: () => {
      if (secret) secret.type = shown.checked ? "text" : "password";
    },
  });
  const form = h(
    "form",
    { novalidate: true },
    fields.map((field) => field.row),
    h("label", { class: "check" }, shown, h("span", {}, "Показать пароль")),
    wrong,
    submit,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(submit, async () => {
      wrong.hidden = true;
      const empty = fields.find((field) => !field.input.value.trim());
      try {
        if (empty) throw new Empty();
        await does();
      } catch (error) {
        wrong.textContent = error instanceof Empty ? "Заполните все поля." : words(error);
        wrong.hidden = false;
        (empty ?? fields[0])?.input.focus();
      }
    });
  });
  return form;
}

class Empty extends Error {}
