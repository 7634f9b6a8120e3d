/** The widget's drawings, as strokes on a field of 24 by 24. Knows shapes, and refuses colours: those are CSS's. */

import { drawing } from "./dom";

const STROKES = {
  chat: "M5 6.500A2.500 2.500 0 0 1 7.500 4h9A2.500 2.500 0 0 1 19 6.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-4.500 4v-4A2.500 2.500 0 0 1 5 13.500Z",
  send: "M12 20V5m0 0-6 6m6-6 6 6",
  phone:
    "M5 4h4l1.600 4.200-2.300 1.700a13 13 0 0 0 5.800 5.800l1.700-2.300L20 15v4a1.600 1.600 0 0 1-1.700 1.600C10.600 20 4 13.400 3.400 5.700A1.600 1.600 0 0 1 5 4Z",
  check: "M5 12.500 10 17.500 19.500 7",
  bin: "M4 7h16M9.500 7V4.500h5V7m-8 0 1 12.500h9l1-12.500M10.500 11v5m3-5v5",
  again: "M19 12a7 7 0 1 1-2.100-5M19 4v4h-4",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.500 5 8 12l6.500 7",
  stop: "M8 8h8v8H8Z",
  copy: "M9 9h10v11H9ZM5 15V4h10",
  up: "M8 20H5v-9h3m0 9v-9l4-7c1.500 0 2.500 1 2 3l-.700 3H18a1.800 1.800 0 0 1 1.800 2.200l-1.300 6A2.200 2.200 0 0 1 16.400 20Z",
  down: "M8 4H5v9h3m0-9v9l4 7c1.500 0 2.500-1 2-3l-.700-3H18a1.800 1.800 0 0 0 1.800-2.200l-1.300-6A2.200 2.200 0 0 0 16.400 4Z",
  wheel: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm-7.500 1h5.500m4 0h5.500M12 14v6",
  letter: "M4 6h16v12H4ZM4 7l8 6 8-6",
  gift: "M4 9h16v4H4Zm1.500 4h13v7h-13ZM12 9v11M12 9C8 9 7 4.500 9.500 4.500S12 9 12 9Zm0 0c4 0 5-4.500 2.500-4.500S12 9 12 9Z",
};

export type Icon = keyof typeof STROKES;

export function icon(name: Icon): SVGSVGElement {
  return drawing("0 0 24 24", "icon", ["path", { d: STROKES[name] }]);
}

/** Where a photo will stand: a car seen from its side. */
export function carDrawing(): SVGSVGElement {
  return drawing(
    "0 0 160 80",
    "car-drawing",
    ["path", { class: "ground", d: "M10 65h140" }],
    [
      "path",
      {
        class: "body",
        d: "M14 58c-3-1-4-4-3-8 1-5 4-8 12-9l19-3c8-9 18-16 31-17h19c12 0 21 7 30 16 12 1 22 4 26 8 3 3 3 8 1 12-1 1-3 1-5 1H14Z",
      },
    ],
    ["path", { class: "glass", d: "M51 38c6-6 13-10 22-11l4 11Zm31-11h9c8 0 14 5 20 11H85Z" }],
    ["circle", { class: "tyre", cx: "42", cy: "58", r: "10" }],
    ["circle", { class: "tyre", cx: "121", cy: "58", r: "10" }],
    ["circle", { class: "hub", cx: "42", cy: "58", r: "4" }],
    ["circle", { class: "hub", cx: "121", cy: "58", r: "4" }],
  );
}
