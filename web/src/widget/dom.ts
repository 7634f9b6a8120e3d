/**
 * Elements from names, attributes and children, without a line of markup.
 *
 * Knows the DOM. Refuses HTML in strings: a text can only become a text node, and a page's strict CSP has nothing to
 * forbid.
 */

type Value = string | number | boolean | null | undefined;
export type Child = Node | string | null | false;
export type Props = { [name: string]: Value | ((event: Event) => void) };

const SVG = "http://www.w3.org/2000/svg";

/** `on…` props are listeners; true and false turn an attribute on and off; null and undefined leave it out. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else setAttribute(made, key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== false));
  return made;
}

export function drawing(
  viewBox: string,
  className: string,
  ...shapes: [name: string, attributes: Record<string, string>][]
): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox, class: className, "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(key, value);
  }
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    svg.append(shape);
  }
  return svg;
}

/** Shows `text` at `place`, or hides the place when there is none. */
export function show(place: HTMLElement, text: string | null): void {
  place.hidden = text === null;
  if (place.textContent !== (text ?? "")) place.textContent = text ?? "";
}

function setAttribute(element: HTMLElement, key: string, value: Value): void {
  if (value === null || value === undefined || value === false) return;
  element.setAttribute(key, value === true ? "" : String(value));
}
