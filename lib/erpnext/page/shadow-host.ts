/**
 * A small element among Desk's own, its content in a closed shadow root: the page sees that it is there, and how large,
 * which is always the same; not what it says. All of its words are attributes inside, since text could be searched for.
 */
export function createShadowHost(document: Document, name: string, css: string, content: Element): HTMLElement {
  const host = document.createElement('span');
  host.dataset.deskside = name;
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = css;
  root.append(style, content);
  return host;
}

export function svgElement<K extends keyof SVGElementTagNameMap>(
  document: Document,
  tag: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
