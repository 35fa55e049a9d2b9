/**
 * Makes DOM elements: the whole "framework" of the player page. Text is always set as text, never as markup.
 */

type Child = Node | string;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon from its SVG source at build time; decoration, the label stands beside or around it. */
export function icon(source: string, size = 18): SVGElement {
  const template = document.createElement("template");
  template.innerHTML = source;
  const svg =
    template.content.querySelector("svg") ?? document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("width", `${size}`);
  svg.setAttribute("height", `${size}`);
  svg.setAttribute("fill", "currentColor");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

export function show(element: HTMLElement, visible: boolean): void {
  element.hidden = !visible;
}
