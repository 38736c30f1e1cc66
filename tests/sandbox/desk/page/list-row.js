import { h, icon } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { ago, showDate, showDatetime } from './format.js';
import { avatarGroup } from './people.js';
import { word } from './words.js';

/** `.list-row-head`, from v16 on inside a row's own container. source: list_view.js (get_header_html) */
export function listHead(columns, count) {
  const [title, ...others] = columns;
  const head = h(
    'header.level.list-row-head.text-muted',
    {},
    h(
      'div.level-left.list-header-subject',
      {},
      h(
        ['div', 'list-row-col', 'ellipsis', 'list-subject', 'level', isV16 && title.fieldname]
          .filter(Boolean)
          .join('.'),
        {},
        h('input.level-item.list-check-all', { type: 'checkbox', title: 'Select All' }),
        h('span.level-item', {}, word(title.label)),
      ),
      h('div.list-row-col.ellipsis.hidden-xs.tag-col.hide'),
      others.map((field) => h(classes(field), {}, h('span', {}, word(field.label)))),
    ),
    h(
      'div.level-right',
      {},
      h('span.list-count', {}, h('span', {}, count)),
      h('span.level-item.list-liked-by-me.hidden-xs', {}, h('span')),
    ),
  );
  return isV16 ? h('div.list-row-container', {}, head) : head;
}

/** One row, all of it new at every drawing. source: list_view.js (get_list_row_html and below) */
export function listRow(meta, columns, row) {
  const [title, ...others] = columns;
  const right = h(
    'div.level-right.text-muted.ellipsis',
    {},
    activity(meta, row),
    h('div.level-item.visible-xs.text-right'),
  );
  if (isV16) right.classList.add('border-0');
  return h(
    'div.list-row-container',
    { tabindex: '1' },
    h(
      'div.level.list-row',
      {},
      h(
        'div.level-left.ellipsis',
        {},
        subject(meta, title, row),
        h('div.list-row-col.tag-col.hide.hidden-xs.ellipsis', {}, h('div.tags-empty', {}, '-')),
        others.map((field) => h(classes(field), {}, value(field, row[field.fieldname]))),
      ),
      right,
    ),
    !isV14 && !isV16 && h('div.list-row-border'),
  );
}

function subject(meta, title, row) {
  const text = plain(row[title.fieldname]) || row.name;
  const href = `${window.frappe.prefix}/${window.frappe.router.slug(meta.name)}/${encodeURIComponent(row.name)}`;
  const box = h('input.list-row-checkbox', { type: 'checkbox', 'data-doctype': meta.name, 'data-name': row.name });
  // Bold till it was seen, where the type keeps track; Event does, and is drawn as seen.
  const seen = meta.name === 'Event';
  const cell = ['div', 'list-row-col', 'ellipsis', 'list-subject', 'level', isV16 && title.fieldname];
  return h(
    cell.filter(Boolean).join('.'),
    {},
    h(
      'span.level-item.select-like',
      {},
      box,
      isV14 && h('span.list-row-like.hidden-xs', {}, likes(meta, row), h('span.likes-count', {}, '0')),
    ),
    h(
      seen && !isV14 ? 'span' : `span.level-item${seen ? '' : '.bold'}.ellipsis`,
      {},
      h('a.ellipsis', { href, title: text, 'data-doctype': meta.name, 'data-name': row.name }, text),
    ),
  );
}

function activity(meta, row) {
  const assigned = JSON.parse(row._assign || '[]');
  const faces = assigned.length > 0 && avatarGroup(assigned, 3, { filter: true });
  const group = h(isV14 ? 'div.list-assignments' : 'div.list-assignments.d-flex.align-items-center', {}, faces);
  if (isV14 && !faces) group.append(h('span.avatar.avatar-small', {}, h('span.avatar-empty')));
  const when = h('span.frappe-timestamp.mini', { 'data-timestamp': row.modified }, ago(row.modified));
  const comments = h('span.comment-count', {}, icon('comment'), ` ${JSON.parse(row._comments || '[]').length}`);
  if (!isV14) comments.classList.add('d-flex', 'align-items-center');
  const item = h(
    'div.level-item.list-row-activity.hidden-xs',
    {},
    h('div.hidden-md.hidden-xs', {}, (faces || isV14) && group),
    isV14 ? when : h('span.modified', {}, when),
    comments,
    !isV14 && [h('span.mx-2', {}, '·'), h('span.list-row-like.hidden-xs', {}, likes(meta, row))],
  );
  if (isV16) item.firstChild.classList.add('d-flex');
  return item;
}

const likes = (meta, row) =>
  h(
    'span.like-action.not-liked',
    { 'data-liked-by': '[]', 'data-doctype': meta.name, 'data-name': row.name },
    icon('heart', 12),
  );

function value(field, held) {
  const text = show(field, held);
  const filter = { 'data-filter': `${field.fieldname},=,${held ?? ''}` };
  const inner =
    field.fieldtype === 'Select'
      ? h('span.filterable.indicator-pill.gray.ellipsis', filter, h('span.ellipsis', {}, ` ${text}`))
      : h('a.filterable.ellipsis', filter, text);
  return h('span.ellipsis', { title: `${field.label}: ${text}` }, inner);
}

const classes = (field) => `div.list-row-col.ellipsis.hidden-xs${isV16 ? `.${field.fieldname}` : ''}`;
const plain = (text) => String(text ?? '').replaceAll(/<[^>]*>/g, '');

function show(field, held) {
  if (field.fieldtype === 'Datetime') return showDatetime(held);
  if (field.fieldtype === 'Date') return showDate(held);
  return plain(held);
}
