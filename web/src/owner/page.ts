/**
 * What every page of the owner is given, and what it gives back.
 *
 * Knows the parts of an address (#/name/parameter?query). Refuses to know any page.
 */

import type { Drafts } from "./drafts";
import { h, type Child } from "./elements";
import type { OwnerApi } from "./owner_api";
import type { SalonClock } from "./russian";
import type { Assistant } from "./shapes";

export interface Context {
  api: OwnerApi;
  assistant: Assistant;
  clock: SalonClock;
  drafts: Drafts;
  /** Ends when the page is left. */
  signal: AbortSignal;
  parameter: string | null;
  query: URLSearchParams;
  /** Builds the page anew. */
  again: () => void;
}

export interface Page {
  title: string;
  build: (context: Context) => Promise<Child>;
}

export interface Address {
  name: string;
  parameter: string | null;
  query: URLSearchParams;
}

export function addressOf(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name = "", parameter] = path.split("/");
  return { name: name || "today", parameter: parameter ? decoded(parameter) : null, query: new URLSearchParams(query) };
}

/** Links that choose one of a few: the days of a period, the states of a list. */
export function choice(
  label: string,
  choices: readonly { text: string; href: string; chosen: boolean }[],
): HTMLElement {
  return h(
    "nav",
    { class: "choice", "aria-label": label },
    choices.map(({ text, href, chosen }) => h("a", { href, "aria-current": chosen ? "true" : null }, text)),
  );
}

export function daysChoice(name: string, query: URLSearchParams): { days: number; links: HTMLElement } {
  const days = [7, 30, 90].find((each) => String(each) === query.get("days")) ?? 30;
  const links = choice(
    "Период",
    [7, 30, 90].map((each) => ({ text: `${each} дней`, href: `#/${name}?days=${each}`, chosen: each === days })),
  );
  return { days, links };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
