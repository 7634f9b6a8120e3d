/**
 * How long a page was looked at, where its owner wants to know.
 *
 * Knows a number of seconds and whether the assistant was used; nothing that tells one visitor from another. Refuses to
 * keep or to repeat anything.
 */

import type { Settings } from "./settings";

const LONGEST_SECONDS = 86_400;

export function measureVisits(settings: Settings, usedAssistant: () => boolean): void {
  const { api, assistant, campaign } = settings;
  if (!settings.measureVisits || assistant === null) return;
  let began = 0; // by the page's own clock
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) began = performance.now();
  });
  addEventListener("pagehide", () => {
    const seconds = Math.min(LONGEST_SECONDS, Math.round((performance.now() - began) / 1000));
    const body = JSON.stringify({ seconds, used_assistant: usedAssistant(), campaign });
    const headers = { "Content-Type": "application/json" };
    const url = `${api}/${encodeURIComponent(assistant)}/visits`;
    fetch(url, { method: "POST", headers, body, keepalive: true, credentials: "omit" }).catch(() => undefined);
  });
}
