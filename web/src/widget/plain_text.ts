/**
 * What was said, as text that can do nothing but be read.
 *
 * Knows which characters would turn the reading order round or hide, and which addresses may become links. Refuses markup of any
 * kind: whatever looks like it stays as it was typed.
 */

import { h } from "./dom";
import { unbroken } from "./language";

/** Overrides, embeddings and isolates of direction, and controls other than line breaks and tabs. */
const UNSEEN_ORDERS = /[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF]/g;
const ADDRESS = /https?:\/\/[^\s<>"'«»]+/g;
const CLOSING = /[.,:;!?)\]}…]+$/;

export function plain(text: string): string {
  return unbroken(text.replace(UNSEEN_ORDERS, ""));
}

/** The address, if a page of an allowed host; null otherwise. */
export function allowedLink(address: unknown, hosts: ReadonlySet<string>): string | null {
  const url = typeof address === "string" ? page(address) : null;
  return url?.username === "" && url.password === "" && hosts.has(url.host) ? url.href : null;
}

/** Text nodes, and links where an address of an allowed host stands in the text. */
export function readable(text: string, hosts: ReadonlySet<string>): (string | HTMLAnchorElement)[] {
  const nodes: (string | HTMLAnchorElement)[] = [];
  let read = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(CLOSING, "");
    const href = allowedLink(address, hosts);
    if (href === null) continue;
    nodes.push(text.slice(read, index), link(href, address));
    read = index + address.length;
  }
  nodes.push(text.slice(read));
  return nodes.filter((node) => node !== "");
}

export function link(href: string, text: string): HTMLAnchorElement {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** The address of a page, seen from `base`; null for any other kind of address and for what is none. */
export function page(address: string, base?: string): URL | null {
  try {
    const url = new URL(address, base);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
