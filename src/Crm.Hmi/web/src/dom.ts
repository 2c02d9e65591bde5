// Small words for building elements.
type Child = Node | string | null | undefined | false;
/** A line of words: text, or text with elements in it. */
export type Line = string | (Node | string)[];

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string | boolean | ((event: Event) => void)> = {}, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

/** What the controller, a rig file or a recipe says: it stays in the language of its author, and a screen reader is told which (WCAG 3.1.2). */
export function quoted(text: string): HTMLElement { return el('span', { lang: 'en' }, text); }

export function svg(tag: string, attributes: Record<string, string | number>, ...children: SVGElement[]): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** A drawing that the controller made; as a picture, so that nothing in it can act. */
export function drawing(text: string, alt: string): HTMLImageElement {
  return el('img', { src: `data:image/svg+xml;base64,${btoa(String.fromCodePoint(...new TextEncoder().encode(text)))}`, alt });
}

/** Draws anew only what has changed: what has the focus keeps it. */
export function put(place: HTMLElement, rows: Node[]): void {
  const fresh = el('div', {}, rows);
  if (place.innerHTML !== fresh.innerHTML) place.replaceChildren(...fresh.childNodes);
}

export function byId(id: string): HTMLElement | null { return document.getElementById(id); }

/** Writes only what changed: a screen reader is not told the same thing again. */
export function say(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** The same of a line in which others are quoted. */
export function sayLine(element: Element | null, line: Line): void {
  const fresh = typeof line === 'string' ? [line] : line;
  if (element && element.textContent !== fresh.map((part) => (typeof part === 'string' ? part : part.textContent ?? '')).join('')) element.replaceChildren(...fresh);
}

export function can(permission: string): boolean { return (document.body.dataset.permissions ?? '').split(' ').includes(permission); }
