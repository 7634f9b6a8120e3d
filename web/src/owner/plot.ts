/**
 * Plots with the same numbers as a table, and names ranked by their counts.
 *
 * Knows what stands around a drawing (`drawing.ts`). Refuses to know what the numbers mean.
 */

import { drawing, shown } from "./drawing";
import { h, replace, type Child } from "./elements";
import { nothing } from "./trouble";

export interface Series {
  name: string;
  values: readonly (number | null)[];
}

export interface PlotSpec {
  title: string;
  /** What the columns are called: "День", "Час". */
  along: string;
  /** In full, for the table and the readout. */
  labels: readonly string[];
  /** Short, under the axis. */
  ticks: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  kind?: "lines" | "bars";
  /** The scale reaches at least from `low` to `high`. */
  low?: number;
  high?: number;
}

export function plot(spec: PlotSpec): HTMLElement {
  const known = spec.series.some(({ values }) => values.some((value) => value !== null));
  return h(
    "figure",
    { class: "plot card" },
    known ? picture(spec) : [h("figcaption", {}, h("h2", {}, spec.title)), nothing("За это время данных нет.")],
  );
}

function picture(spec: PlotSpec): Child {
  const readout = h("p", { class: "readout", "aria-hidden": "true" });
  const canvas = h("div", { class: "canvas" });
  const drawn = new ResizeObserver(() => {
    const said = (text: string) => replace(readout, text);
    if (canvas.clientWidth) replace(canvas, drawing(spec, canvas.clientWidth, said));
  });
  drawn.observe(canvas);
  return [
    h("figcaption", {}, h("h2", {}, spec.title), spec.series.length > 1 ? legend(spec) : null, readout),
    canvas,
    h("details", {}, h("summary", {}, "Таблица"), table(spec)),
  ];
}

function legend({ series }: PlotSpec): HTMLElement {
  const names = series.map(({ name }, index) => h("li", { class: `series-${index + 1}` }, name));
  return h("ul", { class: "legend" }, names);
}

function table({ title, along, labels, series, format }: PlotSpec): HTMLElement {
  const names = series.map(({ name }) => h("th", { scope: "col", class: "figure" }, name));
  const cells = (index: number) =>
    series.map(({ values }) => h("td", { class: "figure" }, shown(values[index], format)));
  const rows = labels.map((label, index) => h("tr", {}, h("th", { scope: "row" }, label), cells(index)));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `Таблица: ${title}` },
    h(
      "table",
      {},
      h("caption", { class: "unseen" }, title),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, along), names)),
      h("tbody", {}, rows),
    ),
  );
}

/** Names with counts, each with a bar against the largest. */
export function ranking(entries: readonly { name: string; count: number; told: string }[]): HTMLElement {
  const largest = Math.max(...entries.map((entry) => entry.count), 1);
  return h(
    "ol",
    { class: "ranking" },
    entries.map(({ name, count, told }) => {
      const bar = h("span", { class: "bar", "aria-hidden": "true" });
      bar.style.inlineSize = `${(100 * count) / largest}%`;
      return h("li", {}, h("span", { class: "name", dir: "auto" }, name), h("span", { class: "figure" }, told), bar);
    }),
  );
}
