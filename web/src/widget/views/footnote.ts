/**
 * Where an answer comes from: its sources, the time of the stock, the brochures that it hands out.
 *
 * Knows the kinds of sources by name. Refuses links to hosts that nobody allowed.
 */

import type { Source } from "../../api/types";
import { finished, type Turn } from "../dialogue/turn";
import { h } from "../dom";
import type { Language } from "../language";
import { allowedLink, link, plain } from "../plain_text";

/** null where there is nothing to say. The answer may have said the time itself. */
export function footnote(turn: Turn, timeZone: string | undefined, language: Language): HTMLElement | null {
  if (!finished(turn)) return null;
  const { words } = language;
  const asOf = language.moment(turn.stock_as_of, timeZone);
  const untold = asOf !== null && !turn.text.includes(asOf.clock);
  const stamp = untold && h("p", { class: "as-of" }, words.asOf(asOf.day ?? "", asOf.clock));
  const items = turn.sources.map((source) => sourceItem(source, words.sourceKinds));
  const list = items.length > 0 && h("ul", { class: "sources", "aria-label": words.sources }, ...items);
  return stamp || list ? h("div", { class: "footnote" }, stamp, list) : null;
}

/** What an answer hands out, as its facts tell it. */
export function brochuresOf(turn: Turn): { id: string; title: string; link: unknown }[] {
  const facts = turn.facts.filter(({ kind }) => kind === "brochure");
  return facts.map(({ id, values }) => ({ id, title: String(values["title"] ?? id), link: values["link"] }));
}

export function brochureList(turn: Turn, language: Language, hosts: ReadonlySet<string>): HTMLElement | null {
  const items = brochuresOf(turn).flatMap((brochure) => {
    const href = allowedLink(brochure.link, hosts);
    return href === null ? [] : [h("li", {}, link(href, language.words.download(plain(brochure.title))))];
  });
  return items.length ? h("ul", { class: "brochures", "aria-label": language.words.brochures }, ...items) : null;
}

function sourceItem({ kind, title }: Source, kinds: Record<string, string>): HTMLLIElement {
  const name = kinds[kind];
  const label = name && name !== title && h("span", { class: "source-kind" }, name);
  return h("li", { class: "source" }, label || null, label ? " " : null, plain(title ?? ""));
}
