/**
 * The cars of an answer as cards.
 *
 * Knows the values of a fact of kind `stock`. Refuses to trust them: what is no number is no price.
 */

import type { Fact } from "../../api/types";
import { h } from "../dom";
import { carDrawing, icon } from "../icons";
import type { Language } from "../language";
import { plain } from "../plain_text";

const SHOWN = 4;

/** `book` opens the form of a test drive; null where none is taken now. */
export function carCards(facts: Fact[], language: Language, book: ((car: string) => void) | null): HTMLElement | null {
  const cars = facts.filter(({ kind }) => kind === "stock");
  if (cars.length === 0) return null;
  const { words } = language;
  const cards = cars.map((car, index) => {
    const made = card(car, language, book);
    made.hidden = index >= SHOWN;
    return made;
  });
  const list = h("ul", { class: "cars", "aria-label": words.cars }, ...cards);
  if (cars.length <= SHOWN) return list;
  const more = h("button", { type: "button", class: "quiet" }, words.moreCars(cars.length - SHOWN));
  more.addEventListener("click", () => {
    for (const each of cards) each.hidden = false;
    more.remove();
    cards[SHOWN]?.querySelector("button")?.focus();
  });
  return h("div", { class: "cars-box" }, list, more);
}

function card({ id, values }: Fact, language: Language, book: ((car: string) => void) | null): HTMLLIElement {
  const { words } = language;
  const model = plain(text(values["model"]) || id);
  const year = number(values["year"]);
  const mileage = number(values["mileage_km"]);
  const price = number(values["price_rub"]);
  const about = [
    year && words.modelYear(String(year)),
    plain(text(values["color"])),
    mileage === 0 ? words.newCar : mileage && words.mileage(language.number(mileage)),
  ];
  const button = h("button", { type: "button", class: "quiet accent", "aria-label": `${words.testDrive}: ${model}` });
  button.append(icon("wheel"), words.testDrive);
  button.addEventListener("click", () => book?.(id));
  return h(
    "li",
    { class: "car" },
    h("div", { class: "car-photo" }, carDrawing(), h("span", { class: "unseen" }, words.photo)),
    h("p", { class: "car-model" }, model),
    h("p", { class: "small" }, about.filter(Boolean).join("\u00a0· ")),
    price === null ? null : h("p", { class: "car-price" }, `${language.number(price)}\u00a0₽`),
    book && button,
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}
