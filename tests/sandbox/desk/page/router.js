import { pathTo, routeOf } from './addresses.js';
import { wait } from './dom.js';
import { emitter } from './emitter.js';
import { formFor, openedForms, showForm, showMissing } from './form-view.js';
import { showList } from './list.js';
import { locals, newDoc, slug, withDoctype } from './model.js';
import { changeTo, pageFor } from './pages.js';
import { setDataRoute } from './route-mark.js';

export const router = { ...emitter(), current_route: [], slug, set_route: (...parts) => setRoute(...parts) };

/** A number for each navigation, so that a slow one that was overtaken stops. */
let turn = 0;

/** `frappe.set_route('Form', 'Event', 'EV00001')`, with a list, or with a path. */
export function setRoute(...parts) {
  const given = parts.flat();
  const text = given.length === 1 ? String(given[0]) : '';
  const url = text.startsWith('/') ? text : pathTo(text.includes('/') ? text.split('/') : given);
  if (url !== location.pathname) history.pushState(null, '', url);
  return route();
}

export const getRoute = () => [...router.current_route];

/** Shows what the address says. */
export async function route() {
  turn += 1;
  const mine = turn;
  const current = () => mine === turn;
  const target = routeOf(location.pathname);
  router.current_route = target;
  const [kind, doctype, ...rest] = target;
  if (kind === 'Form') await openForm(doctype, rest.join('/'), current);
  else if (kind === 'List') await openList(doctype, target, current);
  else {
    changeTo(homePage(target));
    arrived(target);
  }
}

/** router.change, and the attribute that tells the isolated world; Desk sets both in one go, but for a first opening. */
function arrived(target) {
  router.trigger('change', target);
  setDataRoute(target);
}

async function openList(doctype, target, current) {
  await Promise.all([wait(20), withDoctype(doctype).catch(() => null)]);
  if (!current()) return;
  const show = showList(doctype, target, current);
  if (!show) return openMissing(target);
  arrived(target);
  await show();
}

/** In the order, and at about the pace, that was measured on real sites. */
async function openForm(doctype, name, current) {
  if (name === 'new') return createNew(doctype);
  const target = ['Form', doctype, name];
  const known = locals[doctype]?.[name];
  const meta = await withDoctype(doctype).catch(() => null);
  if (!meta) return openMissing(target);
  const opened = known && openedForms.has(`${doctype}/${name}`);
  if (opened) {
    await wait(40);
    if (!current()) return;
    changeTo(formFor(doctype).page);
    await wait(70);
    if (!current()) return;
    arrived(target);
    await wait(20);
    if (current()) await formFor(doctype).show(name, current);
  } else {
    const order = known?.__islocal ? 'new' : 'fetched';
    if (order === 'fetched') {
      await wait(5);
      if (current()) router.trigger('change', target);
    }
    const result = await showForm(doctype, name, current, {
      beforeRoute: order === 'new' ? () => router.trigger('change', target) : () => {},
    });
    if (result === 'missing' || result === 'forbidden') showMissing(target, result);
  }
}

function openMissing(target) {
  router.trigger('change', target);
  showMissing(target, 'missing');
}

async function createNew(doctype) {
  await withDoctype(doctype);
  const doc = newDoc(doctype);
  history.replaceState(null, '', pathTo(['Form', doctype, doc.name]));
  return route();
}

function homePage(target) {
  const page = pageFor('Workspaces', 'bare');
  page.head.title.textContent = 'Home';
  page.head.indicator.classList.add('hide');
  page.head.primary.classList.add('hide');
  page.section.textContent =
    target[0] === 'Workspaces' ? 'Pick a list: Event, Project or Task.' : 'There is nothing at this address.';
  return page;
}

/** Links inside Desk do not load the page anew. */
export function followLinks() {
  window.addEventListener('popstate', () => route());
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (
      !link ||
      event.defaultPrevented ||
      event.button ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      link.target
    )
      return;
    const href = link.getAttribute('href');
    if (href === '#') event.preventDefault();
    if (!href.startsWith(window.frappe.prefix)) return;
    event.preventDefault();
    if (href !== location.pathname) history.pushState(null, '', href);
    route();
  });
}

/** `frappe.new_doc('Event')`: made in the page, saved later. */
export async function newDocOf(doctype, values = {}) {
  await withDoctype(doctype);
  const doc = Object.assign(newDoc(doctype), values);
  return setRoute('Form', doctype, doc.name);
}
