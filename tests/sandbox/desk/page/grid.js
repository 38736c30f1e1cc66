import { h } from './dom.js';
import { metaOf, newRow } from './model.js';
import { linkTo } from './people.js';
import { word } from './words.js';

/**
 * A child table: one line a row, "Add Row" below, × to remove one. A row shows its values, links among them, till it is
 * clicked; then it has an input for each column in the list view. source: frappe/public/js/frappe/form/grid_row.js
 */
export function createGrid(table, change, docNow) {
  const columns = metaOf(table.options).fields.filter((field) => field.in_list_view);
  const rows = h('div.rows');
  const add = h('button.btn.btn-xs.btn-secondary.grid-add-row', { type: 'button' }, 'Add Row');
  const empty = h('div.grid-empty.text-center.text-muted', {}, 'No rows');
  const held = () => docNow()[table.fieldname] ?? [];
  /** The one row that is being edited, by its place. */
  let active = 0;
  let shownFor = '';
  let redraw = () => {};
  add.addEventListener('click', () => {
    const start = columns[0].fieldname === 'reference_doctype' ? { reference_doctype: 'Contact' } : {};
    active = held().length + 1;
    change([...held(), newRow(docNow(), table, { ...start, idx: active })]);
  });
  const element = h(
    'div.grid-field',
    {},
    h('label.control-label', {}, word(table.label)),
    h(
      'div.form-grid-container',
      {},
      h(
        'div.form-grid',
        {},
        h(
          'div.grid-heading-row',
          {},
          h(
            'div.grid-row',
            {},
            h(
              'div.data-row.row',
              {},
              h('div.row-index', {}, 'No.'),
              columns.map((field) => h('div.grid-static-col', { 'data-fieldname': field.fieldname }, field.label)),
              h('div.row-index'),
            ),
          ),
        ),
        h('div.grid-body', {}, rows, empty),
      ),
    ),
    h('div.grid-footer', {}, add),
  );
  return {
    element,
    show(value, frozen) {
      const list = value ?? [];
      empty.classList.toggle('hidden', list.length > 0);
      add.classList.toggle('hidden', frozen);
      if (shownFor !== docNow().name) active = 0;
      shownFor = docNow().name;
      const edit = (row) => {
        if (frozen || active === row.idx) return;
        active = row.idx;
        redraw();
      };
      redraw = () =>
        rows.replaceChildren(
          ...list.map((row) => line(row, columns, frozen, { change, held, edit, active: row.idx === active })),
        );
      redraw();
    },
  };
}

function line(row, columns, frozen, { change, held, edit, active }) {
  const set = (field, value) => {
    row[field.fieldname] = value;
    change([...held()]);
  };
  const remove = () => {
    const kept = held().filter((one) => one !== row);
    kept.forEach((one, index) => {
      one.idx = index + 1;
    });
    change(kept);
  };
  const cells = columns.map((field) => {
    const fixed =
      frozen || field.read_only || field.fieldtype === 'Read Only' || (!active && field.fieldtype !== 'Check');
    return h('div.grid-static-col.ellipsis', { 'data-fieldname': field.fieldname }, cell(row, field, fixed, set));
  });
  return h(
    'div.grid-row',
    {
      'data-name': row.name,
      'data-idx': String(row.idx),
      onclick: (event) => event.target.closest('a, button') || edit(row),
    },
    h(
      'div.data-row.row',
      {},
      h('div.row-index', {}, String(row.idx)),
      cells,
      h(
        'div.row-index',
        {},
        !frozen &&
          h(
            'button.btn.btn-link.grid-remove-row',
            { type: 'button', 'aria-label': `Remove row ${row.idx}`, onclick: remove },
            '×',
          ),
      ),
    ),
  );
}

function cell(row, field, fixed, set) {
  const value = row[field.fieldname] ?? '';
  if (field.fieldtype === 'Check') {
    const box = h('input', {
      type: 'checkbox',
      disabled: fixed,
      'aria-label': field.label,
      onchange: () => set(field, box.checked ? 1 : 0),
    });
    box.checked = Boolean(value);
    return box;
  }
  if (fixed) {
    const doctype = field.fieldtype === 'Dynamic Link' ? row[field.options] : field.options;
    const link = value && (field.fieldtype === 'Link' || field.fieldtype === 'Dynamic Link');
    return h('div.static-area.ellipsis', {}, link ? linkTo(doctype, value) : String(value));
  }
  if (field.fieldtype === 'Select') {
    const options = field.options.split('\n').map((one) => h('option', { value: one }, one));
    const box = h(
      'select.form-control',
      { 'aria-label': field.label, 'data-fieldname': field.fieldname, onchange: () => set(field, box.value) },
      options,
    );
    box.value = value;
    return box;
  }
  const input = h('input.form-control', {
    type: 'text',
    'aria-label': field.label,
    'data-fieldname': field.fieldname,
    onchange: () => set(field, input.value),
  });
  input.value = value;
  return input;
}
