/**
 * What the host page tells the widget on its script line.
 *
 * Knows the `data-` attributes. Refuses to read anything else of the page but its language.
 *
 *   data-api             address of the API; else the script's own origin and /v1
 *   data-assistant       whom to ask; else the visitor chooses
 *   data-language        ru | en; else the page's lang
 *   data-theme           light | dark; else the visitor's own wish
 *   data-link-hosts      hosts besides the API's that an answer may link to, by spaces or commas
 *   data-campaign        name of a campaign; else `campaign` of the page's address
 *   data-measure-visits  present: the time on the page is counted, anonymously
 */

import { Language } from "./language";

const CAMPAIGN = /^[A-Za-z0-9_-]{1,64}$/;

export interface Settings {
  api: string;
  assistant: string | null;
  language: Language;
  theme: "light" | "dark" | "auto";
  linkHosts: ReadonlySet<string>;
  campaign: string | null;
  measureVisits: boolean;
}

export function settingsOf(script: { src: string; dataset: DOMStringMap }, page: Document): Settings {
  const given = script.dataset;
  const api = new URL(given["api"] || "/v1", script.src || page.baseURI).href.replace(/\/$/, "");
  const theme = given["theme"];
  const hosts = (given["linkHosts"] ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const campaign = given["campaign"] ?? new URL(page.URL).searchParams.get("campaign") ?? "";
  return {
    api,
    assistant: given["assistant"] || null,
    language: Language.of(given["language"] || page.documentElement.lang || "ru"),
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    linkHosts: new Set([new URL(api).host, ...hosts]),
    campaign: CAMPAIGN.test(campaign) ? campaign : null,
    measureVisits: given["measureVisits"] !== undefined && given["measureVisits"] !== "false",
  };
}
