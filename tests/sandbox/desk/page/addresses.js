import { slug } from './model.js';

/** The address of a route. */
export function pathTo([kind, doctype, ...rest]) {
  const { prefix } = window.frappe;
  if (kind === 'Form') return `${prefix}/${slug(doctype)}/${encodeURIComponent(rest.join('/'))}`;
  if (kind === 'List') {
    const view = rest[0] && rest[0] !== 'List' ? `/view/${rest.map((part) => part.toLowerCase()).join('/')}` : '';
    return `${prefix}/${slug(doctype)}${view}`;
  }
  return [prefix, kind, doctype, ...rest]
    .filter(Boolean)
    .map((part, index) => (index ? encodeURIComponent(part) : part))
    .join('/');
}

/** The route of an address: `['Form', 'Event', 'EV00001']`, `['List', 'Event', 'List']`. */
export function routeOf(path) {
  const [first, ...rest] = path.slice(window.frappe.prefix.length).split('/').filter(Boolean).map(decodeURIComponent);
  if (!first) return ['Workspaces', 'Home'];
  if (first === 'Form' || first === 'List') return [first, ...rest];
  const doctype = doctypeOf(first);
  if (!rest.length) return ['List', doctype, 'List'];
  if (rest[0] === 'view') {
    const [view = 'list', ...more] = rest.slice(1);
    return ['List', doctype, view[0].toUpperCase() + view.slice(1), ...more];
  }
  return ['Form', doctype, rest.join('/')];
}

function doctypeOf(part) {
  const known = [...window.frappe.boot.user.can_read, 'ToDo', 'Sales Order', 'Custom Field', 'Employee'];
  const titled = part
    .split('-')
    .map((one) => one[0].toUpperCase() + one.slice(1))
    .join(' ');
  return known.find((one) => slug(one) === part) ?? titled;
}
