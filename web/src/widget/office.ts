/**
 * Whether the salon is open, in one short sentence.
 *
 * Knows how the API describes the office. Refuses to decide anything by it: callbacks are the server's decision.
 */

import type { Office } from "../api/types";
import type { Language } from "./language";

/** null when the API says nothing of an office. */
export function officeLine(
  office: Office | null | undefined,
  language: Language,
  now = new Date(),
): { open: boolean; text: string } | null {
  if (typeof office?.open !== "boolean") return null;
  const { words } = language;
  const edge = language.moment(office.open ? office.closes_at : office.opens_at, office.time_zone, now);
  if (office.open) return { open: true, text: edge ? words.openUntil(edge.clock) : words.open };
  return { open: false, text: edge ? words.closedUntil(edge.day ?? "", edge.clock) : words.closed };
}
