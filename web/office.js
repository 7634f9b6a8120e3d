/**
 * Whether the salon is open, in one short sentence.
 *
 * Knows how the API describes the office. Refuses to decide anything by it: callbacks are the server's decision.
 */

import { moment } from "./russian.js";

/** @returns {{open: boolean, text: string} | null} null when the API says nothing of an office */
export function officeLine(office, now = new Date()) {
  if (!office || typeof office.open !== "boolean") return null;
  const edge = clock(office.open ? office.closes_at : office.opens_at, office.time_zone, now);
  const text = office.open ? "Салон открыт" : "Салон закрыт";
  if (edge === null) return { open: office.open, text };
  return { open: office.open, text: `${text} ${office.open ? "до" : "— откроется"} ${edge}` };
}

/** Takes both an instant ("2026-11-21T06:00:00Z") and a bare time of day ("09:00"). */
function clock(value, timeZone, now) {
  if (typeof value !== "string") return null;
  const bare = /^(\d{1,2}:\d{2})(:\d{2})?$/.exec(value);
  if (bare) return `в ${bare[1]}`;
  return moment(value, timeZone, now);
}
