/**
 * One script line on a page puts the widget into its corner.
 *
 * Knows the line that it stands on, and the only name that the page gets: `Attendant`. Refuses to be there twice.
 */

import { AttendantWidget } from "./element";
import { settingsOf } from "./settings";

interface Attendant {
  open(): void;
  close(): void;
}

declare global {
  interface Window {
    Attendant?: Attendant;
  }
}

const line = document.currentScript;

function start(): void {
  if (window.Attendant || !(line instanceof HTMLScriptElement)) return;
  customElements.define("attendant-widget", AttendantWidget);
  const widget = new AttendantWidget(settingsOf(line, document));
  window.Attendant = { open: () => widget.open(), close: () => widget.close() };
  document.body.append(widget);
}

if (document.body) start();
else addEventListener("DOMContentLoaded", start, { once: true });
