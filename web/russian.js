/**
 * Durations, times and counts as a Russian reader expects them.
 *
 * Knows grammar. Refuses to know where the values come from.
 */

const UNITS = {
  Y: ["год", "года", "лет"],
  MO: ["месяц", "месяца", "месяцев"],
  W: ["неделю", "недели", "недель"],
  D: ["день", "дня", "дней"],
  H: ["час", "часа", "часов"],
  M: ["минуту", "минуты", "минут"],
  S: ["секунду", "секунды", "секунд"],
};
const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;

/** The same text with its numbers unbreakable: «5 150 000 ₽» and «44 300 км» stay on one line. */
export function unbroken(text) {
  return text.replace(/(\d) (?=\d{3}(?!\d)|₽|км(?![а-яё])|руб)/g, "$1\u00a0");
}

/** counted(21, ["день", "дня", "дней"]) is "21 день". */
export function counted(number, [one, few, many]) {
  const tens = number % 100;
  const units = number % 10;
  const form = tens > 10 && tens < 20 ? many : units === 1 ? one : units > 1 && units < 5 ? few : many;
  return `${number}\u00a0${form}`;
}

/** An ISO 8601 duration in the accusative ("хранится 90 дней", "1 минуту"); null when it is not one. */
export function duration(iso) {
  const match = DURATION.exec(iso ?? "");
  if (!match) return null;
  const parts = Object.values(UNITS)
    .map((forms, index) => [Number(match[index + 1] ?? 0), forms])
    .filter(([number]) => number > 0)
    .map(([number, forms]) => counted(number, forms));
  return parts.length ? parts.join(" ") : null;
}

/**
 * A moment in the salon's time zone: its clock ("10:15") and its day ("20 ноября"), the latter null for today.
 * Null when unreadable.
 */
export function moment(iso, timeZone, now = new Date()) {
  const date = new Date(iso ?? "");
  if (Number.isNaN(date.getTime())) return null;
  const zone = knownZone(timeZone);
  const clock = new Intl.DateTimeFormat("ru-RU", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(date);
  const day = new Intl.DateTimeFormat("ru-RU", { day: "numeric", month: "long", timeZone: zone });
  return { clock, day: day.format(date) === day.format(now) ? null : day.format(date) };
}

function knownZone(name) {
  try {
    new Intl.DateTimeFormat("ru-RU", { timeZone: name });
    return name;
  } catch {
    return undefined; // an unknown zone: the visitor's own clock is better than no time at all
  }
}
