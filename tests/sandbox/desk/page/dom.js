/**
 * `h('div.card#x', { title: 'A' }, child, 'text')`: one element. Keys that start with `on` are listeners; false, null
 * and undefined leave an attribute or a child out.
 */
export function h(spec, props = {}, ...children) {
  const [, tag, id] = /^([a-z0-9]+)(?:#([\w-]+))?/.exec(spec);
  const element = document.createElement(tag);
  if (id) element.id = id;
  const classes = [...spec.slice(tag.length + (id ? id.length + 1 : 0)).matchAll(/\.([^.]+)/g)].map(
    (found) => found[1],
  );
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'html') element.innerHTML = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== false && child !== null && child !== undefined));
  return element;
}

const PATHS = {
  menu: 'M2 4h12M2 8h12M2 12h12',
  left: 'M10 3 5 8l5 5',
  right: 'm6 3 5 5-5 5',
  down: 'm3 6 5 5 5-5',
  sort: 'm5 6 3-3 3 3M5 10l3 3 3-3',
  plus: 'M8 2v12M2 8h12',
  dots: 'M4 8h.5M8 8h.5M12 8h.5',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3l1-1Zm3 3h2',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm4-1 3 3',
  printer: 'M4 6V2h8v4M4 12H2V6h12v6h-2M4 9h8v5H4V9Z',
  heart: 'M8 14 3 9a3.2 3.2 0 0 1 5-4 3.2 3.2 0 0 1 5 4l-5 5Z',
  comment: 'M3 3h10v8H8l-3 3v-3H3V3Z',
  person: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 6a5 5 0 0 1 10 0',
  clip: 'm5 8 4-4a2 2 0 0 1 3 3l-6 6a3 3 0 0 1-4-4l6-6',
  tag: 'M2 7V2h5l7 7-5 5-7-7Zm3-2h.01',
  share:
    'M5.5 7.2 10 4.8M5.5 8.8 10 11.2M4 9.6a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Zm7.6-4a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Zm0 8a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Z',
  home: 'M2 8l6-6 6 6M4 7v7h8V7',
  list: 'M6 4h8M6 8h8M6 12h8M2 4h.01M2 8h.01M2 12h.01',
  panel: 'M2 3h12v10H2V3Zm8 0v10',
};

/** A line icon of 16 units, in the text's colour. */
export function icon(name, size = 16) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (const [key, value] of Object.entries({
    class: 'icon',
    viewBox: '0 0 16 16',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(key, String(value));
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

export const wait = (ms) => new Promise((done) => setTimeout(done, ms));
