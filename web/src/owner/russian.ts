/**
 * Numbers, counts, times and durations as a Russian reader expects them.
 *
 * Knows grammar and time zones. Refuses to know where the values come from.
 */

export type Forms = readonly [one: string, few: string, many: string];

export const DIALOGUES: Forms = ["диалог", "диалога", "диалогов"];
export const QUESTIONS: Forms = ["вопрос", "вопроса", "вопросов"];
export const RATINGS: Forms = ["оценка", "оценки", "оценок"];
export const CALLBACKS: Forms = ["заявка", "заявки", "заявок"];
export const REFUSALS: Forms = ["отказ", "отказа", "отказов"];
export const CHANGES: Forms = ["изменение", "изменения", "изменений"];
export const DAYS: Forms = ["день", "дня", "дней"];

const SPACE = "\u00a0";
const LOCALE = "ru-RU";
const RULES = new Intl.PluralRules(LOCALE);
const WHOLE_DAYS = /^P(\d+)D$/;
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** "12 345,6": thousands apart by a space that does not break. */
export function number(value: number, digits = 1): string {
  return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: digits }).format(value).replace(/[\u202f ]/g, SPACE);
}

/** "1 диалог", "2 диалога", "5 диалогов", "1,5 диалога". */
export function counted(value: number, forms: Forms): string {
  return number(value) + SPACE + formOf(value, forms);
}

export function formOf(value: number, [one, few, many]: Forms): string {
  const rule = RULES.select(value);
  return rule === "one" ? one : rule === "many" ? many : few;
}

/** 0.975 is "97,5 %". */
export function percent(share: number): string {
  return number(share * 100) + SPACE + "%";
}

export function signed(value: number): string {
  return value > 0 ? `+${number(value)}` : number(value).replace("-", "−");
}

export function dollars(amount: number): string {
  return (
    new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount) + SPACE + "$"
  );
}

export function rubles(amount: number): string {
  return number(amount, 0) + SPACE + "₽";
}

export function seconds(milliseconds: number): string {
  return number(milliseconds / 1000) + SPACE + "с";
}

/** Whole days of "P90D"; null for what is not whole days. */
export function wholeDays(iso: string): number | null {
  const match = WHOLE_DAYS.exec(iso);
  return match ? Number(match[1]) : null;
}

/** Minutes of "PT30M" or "P1DT2H"; null for what cannot be said in minutes. */
export function wholeMinutes(iso: string): number | null {
  const match = DURATION.exec(iso);
  if (!match || iso === "P" || iso.endsWith("T")) return null;
  return Number(match[1] ?? 0) * 1440 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
}

/** "15 ноября" of "2026-11-15"; the short one is "15.11". A day is a day wherever it is read. */
export function day(iso: string, form: "long" | "short" = "long"): string {
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return iso;
  const month = form === "long" ? ({ month: "long" } as const) : ({ month: "2-digit" } as const);
  return new Intl.DateTimeFormat(LOCALE, {
    day: form === "long" ? "numeric" : "2-digit",
    ...month,
    timeZone: "UTC",
  }).format(date);
}

/** The times of one salon. */
export class SalonClock {
  readonly #zone: string | undefined;
  readonly #now: () => Date;

  constructor(zone: string, now: () => Date = () => new Date()) {
    this.#zone = known(zone);
    this.#now = now;
  }

  /** "сегодня в 10:15", "вчера в 18:20", "3 ноября в 09:00", with the year where it is not this one. */
  moment(iso: string | null): string {
    const date = new Date(iso ?? "");
    if (Number.isNaN(date.getTime())) return "—";
    const clock = this.#told(date, { hour: "2-digit", minute: "2-digit" });
    return `${this.#day(date)} в${SPACE}${clock}`;
  }

  /** "2026-11-22": the day of the salon, now or `back` days ago. */
  isoDay(back = 0): string {
    return this.#isoDay(new Date(this.#now().getTime() - back * 86_400_000));
  }

  /** Whose time it is: "Москва, UTC+3". */
  get name(): string {
    const told = (timeZoneName: "longGeneric" | "shortOffset") =>
      this.#parts({ timeZoneName }).find((part) => part.type === "timeZoneName")?.value ?? "";
    const place = told("longGeneric").replace(", стандартное время", "");
    return `${place}, ${told("shortOffset").replace("GMT", "UTC")}`;
  }

  #parts(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatPart[] {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: this.#zone, ...options }).formatToParts(this.#now());
  }

  #day(date: Date): string {
    const iso = this.#isoDay(date);
    if (iso === this.isoDay()) return "сегодня";
    if (iso === this.isoDay(1)) return "вчера";
    const sameYear = iso.slice(0, 4) === this.isoDay().slice(0, 4);
    return this.#told(date, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
  }

  #isoDay(date: Date): string {
    return new Intl.DateTimeFormat("en-CA", {
      timeZone: this.#zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    }).format(date);
  }

  #told(date: Date, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: this.#zone, ...options }).format(date);
  }
}

function known(zone: string): string | undefined {
  try {
    new Intl.DateTimeFormat(LOCALE, { timeZone: zone });
    return zone;
  } catch {
    return undefined; // an unknown zone: the reader's own clock is better than no time at all
  }
}
