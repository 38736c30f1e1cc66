import { callMethod } from './call.js';
import { setBreadcrumbs } from './chrome.js';
import { h, icon, wait } from './dom.js';
import { isV16 } from './flavour.js';
import { listHead, listRow } from './list-row.js';
import { metaOf } from './model.js';
import { changeTo, fillMenu, pageFor } from './pages.js';
import { socket } from './realtime.js';
import { word } from './words.js';

const PAGE = 20;
const EXTRA = ['name', 'modified', '_assign', '_comments'];
/** `cur_list`: the list on screen, if one is. */
let current = null;

/**
 * Shows the list of a type; null where there is no such type. The returned function fills it, and puts the filter into
 * the address by replaceState, twice, as real Desk does.
 */
export function showList(doctype, target, isCurrent) {
  const meta = metaOf(doctype);
  if (!meta) return null;
  const page = pageFor(target.slice(0, 3).join('/'), 'list');
  changeTo(page);
  setBreadcrumbs([{ label: word(doctype) }]);
  const list = listOn(page, meta, target[2]);
  current = list;
  socket.emit('doctype_subscribe', doctype);
  return async () => {
    const search = new URLSearchParams(list.filters()).toString();
    const remember = () =>
      isCurrent() && history.replaceState(history.state, '', location.pathname + (search ? `?${search}` : ''));
    const [rows] = await Promise.all([list.fetch(0, PAGE), wait(350)]);
    remember();
    if (isCurrent()) list.show(rows);
    wait(850).then(remember);
  };
}

/** Two seconds after the last save of one of its type, the list on screen is drawn anew. */
socket.on('list_update', ({ doctype }) => {
  if (current?.doctype !== doctype || window.frappe.get_route()[0] !== 'List') return;
  clearTimeout(current.timer);
  current.timer = setTimeout(() => current?.reload(), 2000);
});

function listOn(page, meta, view) {
  page.list ??= buildList(page, meta, view);
  prepare(page, meta);
  return page.list;
}

/** A list's page, made once: only the rows are thrown away and drawn again. */
function buildList(page, meta, view) {
  const columns = columnsOf(meta);
  const result = h(isV16 ? 'div.result.no-assign-to' : 'div.result');
  const none = h('div.no-result.text-muted.flex.justify-center.align-center', {}, h('p', {}, `No ${meta.name} found`));
  const more = h('button.btn.btn-default.btn-more.btn-sm', { type: 'button' }, 'Load More');
  const paging = h(
    'div.list-paging-area.level',
    {},
    h('div.level-left', {}, h('div.btn-group')),
    h('div.level-right', {}, more),
  );
  page.section.append(
    h('div.page-form.flex', {}, h('div.standard-filter-section.flex')),
    h('div.frappe-list', { 'data-view': view }, isV16 ? h('div.result-container', {}, result) : result, none, paging),
  );
  result.addEventListener('click', openClicked);
  const list = {
    doctype: meta.name,
    rows: [],
    filters: () => filtersOf(meta),
    fetch: (start, length) =>
      callMethod('frappe.client.get_list', {
        doctype: meta.name,
        fields: [...new Set([...columns.map((field) => field.fieldname), ...EXTRA])],
        filters: filtersOf(meta),
        order_by: 'modified desc',
        limit_start: start,
        limit_page_length: length,
      }).then(
        ({ message }) => message,
        () => [],
      ),
    show(rows) {
      list.rows = rows;
      for (const old of result.querySelectorAll('.list-row-container, .list-row-head')) old.remove();
      result.append(
        listHead(columns, `${rows.length} of ${rows.length}`),
        ...rows.map((row) => listRow(meta, columns, row)),
      );
      none.classList.toggle('hide', rows.length > 0);
      paging.classList.toggle('hide', rows.length === 0);
      more.classList.toggle('hide', rows.length % PAGE !== 0);
    },
    /** As many rows as are on screen, in the order of now. */
    reload: async () => list.show(await list.fetch(0, Math.max(PAGE, list.rows.length))),
  };
  more.addEventListener('click', async () => list.show([...list.rows, ...(await list.fetch(list.rows.length, PAGE))]));
  return list;
}

/** A click anywhere in a row opens it, but on what has a purpose of its own. source: list_view.js (setup_list_click) */
function openClicked(event) {
  const own = '.filterable, .select-like, .list-row-like, input, a';
  const row = event.target.closest('.list-row');
  if (!row || event.target.matches(own)) return;
  const link = row.querySelector('.list-subject a');
  if (link) window.frappe.set_route('Form', link.dataset.doctype, link.dataset.name);
}

function prepare(page, meta) {
  const { head, section, side } = page;
  head.title.textContent = word(meta.name);
  if (isV16) {
    const home = h('a', { href: window.frappe.prefix }, icon('home'));
    head.crumbs.replaceChildren(h('li', {}, home), h('li', {}, head.title));
  }
  head.indicator.classList.add('hide');
  head.primary.dataset.label = `Add ${meta.name}`;
  head.primary.replaceChildren(
    h('span.hidden-xs', { 'data-label': encodeURIComponent(`Add ${meta.name}`) }, `Add ${word(meta.name)}`),
    h('span.visible-xs', {}, icon('plus')),
  );
  head.primary.onclick = () => window.frappe.new_doc(meta.name);
  head.primary.classList.toggle('hide', !window.frappe.boot.user.can_create.includes(meta.name));
  fillMenu(head, [{ label: 'Reload', run: () => location.reload() }]);
  section.classList.add('frappe-card');
  if (!side.firstChild) {
    side.append(
      h(
        'div.list-sidebar.overlay-sidebar.hidden-xs.hidden-sm',
        {},
        h('ul.list-unstyled.sidebar-menu', {}, h('li.sidebar-label', {}, 'Filter By')),
      ),
    );
  }
}

function columnsOf(meta) {
  const listed = meta.fields.filter((field) => field.in_list_view).slice(0, 4);
  const named = { fieldname: 'name', label: 'ID', fieldtype: 'Data' };
  return listed.length ? [...listed, named] : [named];
}

/** The address's own filters; without any, what is open, where the type has such a status. */
function filtersOf(meta) {
  const given = Object.fromEntries(new URLSearchParams(location.search));
  delete given._lang;
  if (Object.keys(given).length) return given;
  const status = meta.fields.find((field) => field.fieldname === 'status');
  return status?.options?.split('\n').includes('Open') ? { status: 'Open' } : {};
}
