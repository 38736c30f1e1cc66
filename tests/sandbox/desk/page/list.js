import { callMethod } from './call.js';
import { isV16, setBreadcrumbs } from './chrome.js';
import { h, icon, wait } from './dom.js';
import { showDate, showDatetime } from './format.js';
import { metaOf } from './model.js';
import { changeTo, fillMenu, pageFor } from './pages.js';
import { word } from './words.js';

/**
 * Shows the list of a type; null where there is no such type. The returned function fills it, and puts the filter into
 * the address by replaceState, twice, as real Desk does.
 */
export function showList(doctype, target, current) {
  const meta = metaOf(doctype);
  if (!meta) return null;
  const page = pageFor(target.slice(0, 3).join('/'), 'list');
  changeTo(page);
  setBreadcrumbs([{ label: word(doctype) }]);
  prepare(page, meta);
  return async () => {
    const filters = filtersOf(meta);
    const asked = callMethod('frappe.client.get_list', {
      doctype,
      fields: columnsOf(meta)
        .map((field) => field.fieldname)
        .concat('name'),
      filters,
      order_by: 'modified desc',
      limit_page_length: 20,
    }).catch(() => ({ message: [] }));
    const search = new URLSearchParams(filters).toString();
    const remember = () =>
      current() && history.replaceState(history.state, '', location.pathname + (search ? `?${search}` : ''));
    const [{ message: rows }] = await Promise.all([asked, wait(350)]);
    remember();
    if (current()) fill(page, meta, rows, target[2]);
    wait(850).then(remember);
  };
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

function fill(page, meta, rows, view) {
  const columns = columnsOf(meta);
  const [title, ...others] = columns;
  const cell = (field, row) =>
    h('div.list-row-col.ellipsis.hidden-xs', {}, h('span.ellipsis', {}, show(field, row[field.fieldname])));
  const lines = rows.map((row) => {
    const href = `${window.frappe.prefix}/${window.frappe.router.slug(meta.name)}/${encodeURIComponent(row.name)}`;
    return h(
      'div.list-row-container',
      {
        tabindex: '1',
        onclick: (event) => event.target.closest('a') || window.frappe.set_route('Form', meta.name, row.name),
      },
      h(
        'div.level.list-row',
        {},
        h(
          'div.level-left.ellipsis',
          {},
          h(
            'div.list-row-col.ellipsis.list-subject.level',
            {},
            h(
              'a.ellipsis',
              { href, title: row.name, 'data-name': row.name, 'data-doctype': meta.name },
              row[title.fieldname] || row.name,
            ),
          ),
          others.map((field) => cell(field, row)),
          h('div.list-row-col.ellipsis.hidden-xs', {}, h('span.ellipsis.text-muted', {}, row.name)),
        ),
      ),
    );
  });
  const header = h(
    'header.level.list-row-head.text-muted',
    {},
    h(
      'div.level-left.list-header-subject',
      {},
      columns.map((field) => h('div.list-row-col.ellipsis', {}, word(field.label))),
      h('div.list-row-col.ellipsis', {}, 'ID'),
    ),
  );
  page.section.replaceChildren(
    h(
      'div.frappe-list',
      { 'data-view': view },
      h('div.result', {}, header, lines, !lines.length && h('div.no-result.text-muted', {}, `No ${meta.name} found`)),
    ),
  );
}

function columnsOf(meta) {
  const listed = meta.fields.filter((field) => field.in_list_view).slice(0, 4);
  return listed.length ? listed : [{ fieldname: 'name', label: 'ID' }];
}

/** The address's own filters; without any, what is open, where the type has such a status. */
function filtersOf(meta) {
  const given = Object.fromEntries(new URLSearchParams(location.search));
  delete given._lang;
  if (Object.keys(given).length) return given;
  const status = meta.fields.find((field) => field.fieldname === 'status');
  return status?.options?.split('\n').includes('Open') ? { status: 'Open' } : {};
}

function show(field, value) {
  if (field.fieldtype === 'Datetime') return showDatetime(value);
  if (field.fieldtype === 'Date') return showDate(value);
  return value === null || value === undefined ? '' : String(value).replaceAll(/<[^>]*>/g, '');
}
