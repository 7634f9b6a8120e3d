/**
 * How elements are made: tags, attributes and text.
 *
 * Knows that text from anywhere is text. Refuses to parse markup: nothing here takes HTML.
 */

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Listener = (event: Event) => unknown;
type Attribute = string | number | boolean | null | undefined | Listener;

/** `on…` are listeners, `value` and `checked` are set as properties, false and null leave an attribute out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  append(element, children);
  dress(element, attributes);
  return element;
}

/** The same for a drawing. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Record<string, Attribute> = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  append(element, children);
  dress(element, attributes);
  return element;
}

export function replace(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** A button that does nothing while what it began is still going on. */
export function button(
  text: Child,
  does: () => unknown,
  attributes: Record<string, Attribute> = {},
): HTMLButtonElement {
  const element = h("button", { type: "button", class: "quiet", ...attributes }, text);
  element.addEventListener("click", () => void busy(element, does));
  return element;
}

export async function busy(element: HTMLElement, does: () => unknown): Promise<void> {
  if (element.getAttribute("aria-disabled") === "true") return;
  element.setAttribute("aria-disabled", "true"); // not `disabled`: that would drop the focus
  try {
    await does();
  } finally {
    element.removeAttribute("aria-disabled");
  }
}

let lastId = 0;

/** An id that no other element has. */
export function freshId(): string {
  lastId += 1;
  return `e${lastId}`;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function dress(element: Element, attributes: Record<string, Attribute>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value") (element as HTMLInputElement).value = String(value);
    else if (name === "checked") (element as HTMLInputElement).checked = true;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}
