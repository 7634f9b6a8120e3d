/**
 * The drawing of a plot: lines by day or bars by hour on a scale, and a cursor under the pointer.
 *
 * Knows scales and shapes. Refuses to be the only way to the numbers: a table stands beside it.
 */

import { s } from "./elements";
import type { PlotSpec, Series } from "./plot";

const HEIGHT = 200;
const TOP = 12;
const BOTTOM = HEIGHT - 26;
const RIGHT = 14;
const CHARACTER_WIDTH = 7.5;
const TICK_WIDTH = 52;

/** Where a column and a value lie. */
interface Scale {
  x: (index: number) => number;
  y: (value: number) => number;
  /** The column under a place across. */
  column: (across: number) => number;
  cell: number;
  left: number;
  steps: number[];
}

export function shown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "—" : format(value);
}

/** `said` hears what is under the pointer, and an empty text when it leaves. */
export function drawing(spec: PlotSpec, width: number, said: (text: string) => void): SVGSVGElement {
  const scale = scaleOf(spec, width);
  const cursor = s("line", { class: "cursor", y1: TOP, y2: BOTTOM, visibility: "hidden" });
  const lines = spec.kind !== "bars";
  const picture = s(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": summary(spec) },
    grid(spec, scale, width),
    ticks(spec, scale),
    spec.series.map((series, number) => (lines ? line(series, number, scale) : bars(series, scale))),
    cursor,
  );
  const point = (event: PointerEvent) => {
    const index = scale.column(event.clientX - picture.getBoundingClientRect().left);
    for (const end of ["x1", "x2"]) cursor.setAttribute(end, String(scale.x(index)));
    cursor.setAttribute("visibility", "visible");
    said(readout(spec, index));
  };
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerdown", point);
  picture.addEventListener("pointerleave", () => {
    cursor.setAttribute("visibility", "hidden");
    said("");
  });
  return picture;
}

function scaleOf({ series, labels, format, kind = "lines", low = 0, high = 1 }: PlotSpec, width: number): Scale {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const steps = roundSteps(Math.min(low, ...known), Math.max(high, ...known));
  const [least, most] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const left = 16 + CHARACTER_WIDTH * Math.max(...steps.map((step) => format(step).length));
  const last = labels.length - 1;
  const cell = (width - left - RIGHT) / Math.max(kind === "lines" ? last : labels.length, 1);
  const shift = kind === "lines" ? 0 : 0.5;
  return {
    x: (index) => left + (index + shift) * cell,
    y: (value) => TOP + ((most - value) / (most - least)) * (BOTTOM - TOP),
    column: (across) => Math.max(0, Math.min(last, Math.round((across - left) / cell - shift))),
    cell,
    left,
    steps,
  };
}

function grid({ format }: PlotSpec, { steps, left, y }: Scale, width: number): SVGElement[] {
  return steps.flatMap((step) => [
    s("line", { class: "grid", x1: left, x2: width - RIGHT, y1: y(step), y2: y(step) }),
    s("text", { class: "axis", x: left - 8, y: y(step) + 4, "text-anchor": "end" }, format(step)),
  ]);
}

function ticks({ ticks: names }: PlotSpec, { x, cell }: Scale): (SVGElement | null)[] {
  const every = Math.max(1, Math.ceil(TICK_WIDTH / cell));
  return names.map((name, index) =>
    index % every === 0
      ? s("text", { class: "axis", x: x(index), y: HEIGHT - 6, "text-anchor": "middle" }, name)
      : null,
  );
}

/** A day without a number is a gap; a number between two gaps is a dot. */
function line({ values }: Series, number: number, { x, y }: Scale): SVGElement {
  const runs: [index: number, value: number][][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (index === 0 || values[index - 1] === null) runs.push([]);
    runs.at(-1)?.push([index, value]);
  });
  const points = (run: [number, number][]) =>
    run.map(([index, value]) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const shape = (run: [number, number][]) =>
    run.length > 1
      ? s("polyline", { points: points(run) })
      : run.map(([index, value]) => s("circle", { cx: x(index), cy: y(value), r: 3 }));
  return s("g", { class: `line series-${number + 1}` }, runs.map(shape));
}

function bars({ values }: Series, { x, y, cell }: Scale): SVGElement {
  const thickness = Math.max(2, cell * 0.7);
  const bar = (value: number | null, index: number) =>
    value
      ? s("rect", { x: x(index) - thickness / 2, width: thickness, y: y(value), height: y(0) - y(value), rx: 2 })
      : null;
  return s("g", { class: "bars" }, values.map(bar));
}

/** Three to six round steps that hold both ends. */
function roundSteps(low: number, high: number): number[] {
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10);
  const steps = [];
  for (let at = Math.floor(low / step); at * step < high + step; at += 1)
    steps.push(Number((at * step).toPrecision(12)));
  return steps;
}

function readout({ labels, series, format }: PlotSpec, index: number): string {
  const named = (name: string) => (series.length > 1 ? `${name.toLowerCase()} ` : "");
  return `${labels[index]}: ${series.map(({ name, values }) => named(name) + shown(values[index], format)).join(", ")}`;
}

function summary({ title, labels, series, format }: PlotSpec): string {
  const told = series.map(({ name, values }) => {
    const known = values.filter((value) => value !== null);
    return known.length
      ? `${name}: от ${format(Math.min(...known))} до ${format(Math.max(...known))}`
      : `${name}: данных нет`;
  });
  return `${title}, ${labels[0]} — ${labels.at(-1)}. ${told.join("; ")}. Все числа — в таблице ниже.`;
}
