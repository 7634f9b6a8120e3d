/**
 * One language of the widget: its words, and how it speaks numbers, durations and times.
 *
 * Knows grammar through Intl. Refuses to know where the values come from.
 */

import { parts } from "./duration";
import { en } from "./words/en";
import { type Forms, ru, type Words } from "./words/ru";

export interface Moment {
  clock: string;
  day: string | null; // null for today
}

export class Language {
  readonly words: Words;
  readonly #rules: Intl.PluralRules;

  constructor(readonly code: "ru" | "en") {
    this.words = code === "en" ? en : ru;
    this.#rules = new Intl.PluralRules(this.words.locale);
  }

  /** `wished` is a language tag, whole or in part; all but English is Russian. */
  static of(wished: string): Language {
    return new Language(/^en\b/i.test(wished) ? "en" : "ru");
  }

  counted(number: number, forms: Forms): string {
    return `${number}\u00a0${forms[this.#rules.select(number)] ?? forms.other}`;
  }

  /** In the accusative ("хранится 90 дней", "1 минуту"); null when it is none. */
  duration(iso: string | null | undefined): string | null {
    return (
      parts(iso)
        ?.map(([number, unit]) => this.counted(number, this.words.units[unit]))
        .join(" ") ?? null
    );
  }

  seconds(number: number): string {
    return this.counted(number, this.words.units.second);
  }

  /** A moment by the salon's clock; null when unreadable. */
  moment(iso: string | null | undefined, timeZone: string | undefined, now = new Date()): Moment | null {
    const date = new Date(iso ?? "");
    if (Number.isNaN(date.getTime())) return null;
    const zone = knownZone(timeZone);
    const clock = this.#format({ hour: "2-digit", minute: "2-digit" }, zone).format(date);
    const day = this.#format({ day: "numeric", month: "long" }, zone);
    return { clock, day: day.format(date) === day.format(now) ? null : day.format(date) };
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.words.locale, { maximumFractionDigits: 0 }).format(value);
  }

  #format(options: Intl.DateTimeFormatOptions, zone: string | null): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.words.locale, zone === null ? options : { ...options, timeZone: zone });
  }
}

/** The same text with its numbers unbreakable: «5 150 000 ₽» and «44 300 км» stay on one line. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (?=\d{3}(?!\d)|₽|км(?![а-яё])|руб)/g, "$1\u00a0");
}

/** null for an unknown zone: the visitor's own clock is better than no time at all. */
function knownZone(name: string | undefined): string | null {
  try {
    new Intl.DateTimeFormat("ru-RU", name === undefined ? {} : { timeZone: name });
    return name ?? null;
  } catch {
    return null;
  }
}
