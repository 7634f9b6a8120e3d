/**
 * ISO 8601 durations taken apart.
 *
 * Knows the notation. Refuses to know how they are spoken.
 */

const NOTATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/;
export const UNITS = ["year", "month", "week", "day", "hour", "minute", "second"] as const;
export type Unit = (typeof UNITS)[number];
const DAY_MS = 86_400_000;
const MILLISECONDS: Record<Unit, number> = {
  year: 365 * DAY_MS,
  month: 30 * DAY_MS,
  week: 7 * DAY_MS,
  day: DAY_MS,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
};

/** The parts that are not zero; null for what is no duration. */
export function parts(iso: string | null | undefined): [number, Unit][] | null {
  const match = NOTATION.exec(iso ?? "");
  if (!match) return null;
  const found = UNITS.map((unit, index): [number, Unit] => [Number(match[index + 1] ?? 0), unit]);
  const told = found.filter(([number]) => number > 0);
  return told.length ? told : null;
}

export function milliseconds(iso: string | null | undefined): number | null {
  return parts(iso)?.reduce((sum, [number, unit]) => sum + number * MILLISECONDS[unit], 0) ?? null;
}
