/**
 * Plots: lines by day, bars by hour, ranked bars; each with the same numbers as a table.
 *
 * Knows scales and drawing. Refuses to know what the numbers mean.
 */

import { h, replace, s } from "./elements";

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

const HEIGHT = 200;
const EDGE = { top: 12, right: 14, bottom: 26 };
const CHARACTER_WIDTH = 7.5;
const TICK_WIDTH = 52;

export function plot(spec: PlotSpec): HTMLElement {
  const readout = h("p", { class: "readout", "aria-hidden": "true" });
  const canvas = h("div", { class: "canvas" });
  const drawn = new ResizeObserver(() => {
    if (canvas.clientWidth) replace(canvas, drawing(spec, canvas.clientWidth, readout));
  });
  drawn.observe(canvas);
  const legend =
    spec.series.length > 1
      ? h(
          "ul",
          { class: "legend" },
          spec.series.map((series, index) => h("li", { class: `series-${index + 1}` }, series.name)),
        )
      : null;
  return h(
    "figure",
    { class: "plot card" },
    h("figcaption", {}, h("h2", {}, spec.title), legend, readout),
    canvas,
    h("details", {}, h("summary", {}, "Таблица"), table(spec)),
  );
}

export function table({ title, along, labels, series, format }: PlotSpec): HTMLElement {
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, along),
    series.map((each) => h("th", { scope: "col", class: "figure" }, each.name)),
  );
  const rows = labels.map((label, index) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      series.map((each) => h("td", { class: "figure" }, shown(each.values[index], format))),
    ),
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `Таблица: ${title}` },
    h("table", {}, h("caption", { class: "unseen" }, title), h("thead", {}, head), h("tbody", {}, rows)),
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

function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "—" : format(value);
}

function drawing(spec: PlotSpec, width: number, readout: HTMLElement): SVGSVGElement {
  const { labels, ticks, series, kind = "lines" } = spec;
  const known = series.flatMap((each) => each.values.filter((value) => value !== null));
  const steps = scale(Math.min(spec.low ?? 0, ...known), Math.max(spec.high ?? 1, ...known));
  const [low, high] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const left = 16 + CHARACTER_WIDTH * Math.max(...steps.map((step) => spec.format(step).length));
  const inner = width - left - EDGE.right;
  const cell = inner / Math.max(labels.length - (kind === "lines" ? 1 : 0), 1);
  const x = (index: number) => left + (kind === "lines" ? index * cell : (index + 0.5) * cell);
  const y = (value: number) => EDGE.top + ((high - value) / (high - low)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const every = Math.max(1, Math.ceil(TICK_WIDTH / cell));
  const cursor = s("line", { class: "cursor", y1: EDGE.top, y2: HEIGHT - EDGE.bottom, visibility: "hidden" });
  const picture = s(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": summary(spec) },
    steps.map((step) => [
      s("line", { class: "grid", x1: left, x2: width - EDGE.right, y1: y(step), y2: y(step) }),
      s("text", { class: "axis", x: left - 8, y: y(step) + 4, "text-anchor": "end" }, spec.format(step)),
    ]),
    ticks.map((tick, index) =>
      index % every === 0
        ? s("text", { class: "axis", x: x(index), y: HEIGHT - 6, "text-anchor": "middle" }, tick)
        : null,
    ),
    series.map((each, number) => (kind === "lines" ? line(each, number, x, y) : bars(each, x, y, cell))),
    cursor,
  );
  const point = (event: Event) => {
    const across = (event as PointerEvent).clientX - picture.getBoundingClientRect().left - left;
    const index = Math.max(
      0,
      Math.min(labels.length - 1, kind === "lines" ? Math.round(across / cell) : Math.floor(across / cell)),
    );
    cursor.setAttribute("x1", String(x(index)));
    cursor.setAttribute("x2", String(x(index)));
    cursor.setAttribute("visibility", "visible");
    readout.textContent = `${labels[index]}: ${series.map((each) => `${series.length > 1 ? `${each.name.toLowerCase()} ` : ""}${shown(each.values[index], spec.format)}`).join(", ")}`;
  };
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerdown", point);
  picture.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    readout.textContent = "";
  });
  return picture;
}

type Across = (at: number) => number;

/** A day without a number is a gap; a number between two gaps is a dot. */
function line(series: Series, number: number, x: Across, y: Across): SVGElement {
  const runs: { index: number; value: number }[][] = [];
  series.values.forEach((value, index) => {
    if (value === null) return;
    if (index === 0 || series.values[index - 1] === null || !runs.length) runs.push([]);
    runs.at(-1)?.push({ index, value });
  });
  return s(
    "g",
    { class: `line series-${number + 1}` },
    runs.map((run) =>
      run.length === 1
        ? run.map(({ index, value }) => s("circle", { cx: x(index), cy: y(value), r: 3 }))
        : s("polyline", {
            points: run.map(({ index, value }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" "),
          }),
    ),
  );
}

function bars(series: Series, x: Across, y: Across, cell: number): SVGElement {
  const thickness = Math.max(2, cell * 0.7);
  return s(
    "g",
    { class: "bars" },
    series.values.map((value, index) =>
      value
        ? s("rect", {
            x: x(index) - thickness / 2,
            width: thickness,
            y: y(value),
            height: Math.max(0, y(0) - y(value)),
            rx: 2,
          })
        : null,
    ),
  );
}

/** Three to six round steps that hold both ends. */
function scale(low: number, high: number): number[] {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10);
  const steps = [];
  for (let at = Math.floor(low / step); at * step < high + step; at += 1)
    steps.push(Number((at * step).toPrecision(12)));
  return steps;
}

function summary({ title, labels, series, format }: PlotSpec): string {
  const told = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    if (!known.length) return `${name}: данных нет`;
    return `${name}: от ${format(Math.min(...known))} до ${format(Math.max(...known))}`;
  });
  return `${title}, ${labels[0]} — ${labels.at(-1)}. ${told.join("; ")}. Все числа — в таблице ниже.`;
}
