/**
 * Whether the salon is open, in one short sentence.
 *
 * Knows how the API describes the office. Refuses to decide anything by it: callbacks are the server's decision.
 */

import { moment } from "./russian.js";

/** @returns {{open: boolean, text: string} | null} null when the API says nothing of an office */
export function officeLine(office, now = new Date()) {
  if (!office || typeof office.open !== "boolean") return null;
  const edge = moment(office.open ? office.closes_at : office.opens_at, office.time_zone, now);
  return { open: office.open, text: office.open ? openLine(edge) : closedLine(edge) };
}

function openLine(closing) {
  return closing === null ? "Салон открыт" : `Салон открыт до ${closing.clock}`;
}

function closedLine(opening) {
  if (opening === null) return "Салон закрыт";
  return `Салон закрыт, откроется ${opening.day ? `${opening.day} ` : ""}в ${opening.clock}`;
}
