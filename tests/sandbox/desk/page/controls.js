import { h, icon } from './dom.js';
import { readDate, readDatetime, showDate, showDatetime } from './format.js';
import { createGrid } from './grid.js';
import { runHandlers } from './handlers.js';
import { linkTo } from './people.js';
import { word } from './words.js';

/** Changes are taken over when a field is left, and half a second after the last key, as Desk does. */
const TYPING_PAUSE = 500;

/**
 * One field of a form: `{ element, refresh(doc, editable), commit() }`. A field that is hidden is there, with
 * display:none; a read-only one without a value is not shown.
 */
export function createControl(field, onChange, docNow) {
  const element = h('div.frappe-control.input-max-width', {
    'data-fieldtype': field.fieldtype,
    'data-fieldname': field.fieldname,
  });
  const inner = (MAKERS[field.fieldtype] ?? text)(field, (value) => onChange(field.fieldname, value), docNow);
  element.append(inner.element);
  return {
    df: field,
    element,
    input: inner.input,
    commit: inner.commit,
    refresh(doc, editable = true) {
      const value = doc[field.fieldname];
      const frozen =
        !editable ||
        Boolean(field.read_only) ||
        field.fieldtype === 'Read Only' ||
        (doc.docstatus > 0 && !field.allow_on_submit);
      const hidden = field.hidden || field.permlevel || (field.depends_on && !doc[field.depends_on]);
      const absent = frozen && field.read_only && (value === null || value === undefined || value === '');
      element.classList.toggle('hide-control', Boolean(hidden || absent));
      inner.show(value, frozen, doc);
    },
  };
}

const MAKERS = {
  'Small Text': (field, change) => text(field, change, undefined, h('textarea.input-with-feedback.form-control')),
  Text: (field, change) => text(field, change, undefined, h('textarea.input-with-feedback.form-control')),
  Select: selectBox,
  Check: checkBox,
  Datetime: (field, change) =>
    text(field, change, undefined, undefined, { show: showDatetime, read: readDatetime, help: true }),
  Date: (field, change) => text(field, change, undefined, undefined, { show: showDate, read: readDate }),
  'Text Editor': editor,
  Table: createGrid,
  Button: (field) =>
    still(
      h(
        'button.btn.btn-xs.btn-default',
        {
          type: 'button',
          'data-fieldname': field.fieldname,
          onclick: () => runHandlers(window.cur_frm, field.fieldname),
        },
        field.label,
      ),
    ),
  HTML: (field) => still(h('div', { html: field.options ?? '' })),
};

function text(field, change, _docNow, given, { show = String, read = (value) => value, help = false } = {}) {
  const input = given ?? h('input.input-with-feedback.form-control', { type: 'text', autocomplete: 'off' });
  mark(input, field);
  let timer;
  let shown = '';
  const commit = () => {
    clearTimeout(timer);
    if (input.value === shown) return;
    shown = input.value;
    change(read(input.value));
  };
  input.addEventListener('change', commit);
  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(commit, TYPING_PAUSE);
  });
  // A link that nobody may change is shown as one, in the input's place.
  const shownLink = h('div.control-value.like-disabled-input.hide');
  const zone = help && h('div.help-box.small.text-muted', {}, window.frappe.boot.time_zone.user);
  return {
    element: group(field, h('div', {}, input, shownLink), zone),
    input,
    commit,
    show(value, frozen) {
      const asLink = frozen && field.fieldtype === 'Link' && Boolean(value);
      shownLink.replaceChildren(...(asLink ? [linkTo(field.options, value)] : []));
      shownLink.classList.toggle('hide', !asLink);
      input.classList.toggle('hide', asLink);
      const next = value === null || value === undefined ? '' : show(value);
      // What a person is typing is not taken from under the cursor by a refresh of another field.
      if (input.value === shown || document.activeElement !== input) {
        clearTimeout(timer);
        input.value = next;
        shown = next;
      }
      input.disabled = frozen;
    },
  };
}

function selectBox(field, change) {
  const options = (field.options ?? '').split('\n').map((one) => h('option', { value: one }, word(one)));
  const input = h('select.input-with-feedback.form-control.ellipsis', {}, options);
  mark(input, field);
  input.addEventListener('change', () => change(input.value));
  const wrapped = h('div.select-wrapper', {}, input, h('div.select-icon', {}, icon('sort', 12)));
  return {
    element: group(field, wrapped),
    input,
    show(value, frozen) {
      input.value = value ?? '';
      input.disabled = frozen;
    },
  };
}

function checkBox(field, change) {
  const input = h('input.input-with-feedback', { type: 'checkbox' });
  mark(input, field);
  input.addEventListener('change', () => change(input.checked ? 1 : 0));
  const element = h(
    'div.form-group',
    {},
    h('div.checkbox', {}, h('label', {}, h('span.input-area', {}, input), h('span.label-area', {}, word(field.label)))),
  );
  return {
    element,
    input,
    show(value, frozen) {
      input.checked = Boolean(value);
      input.disabled = frozen;
    },
  };
}

function editor(field, change) {
  const input = h('div.ql-editor', { contenteditable: 'true', role: 'textbox', 'aria-label': field.label });
  let shown = '';
  const commit = () => {
    if (input.innerHTML === shown) return;
    shown = input.innerHTML;
    change(input.textContent.trim() ? input.innerHTML : '');
  };
  input.addEventListener('blur', commit);
  const bar = h(
    'div.ql-toolbar.ql-snow',
    {},
    h('span', {}, 'Normal'),
    h('b', {}, 'B'),
    h('i', {}, 'I'),
    h('u', {}, 'U'),
  );
  return {
    element: group(field, h('div', {}, bar, h('div.ql-container.ql-snow', {}, input))),
    input,
    commit,
    show(value, frozen) {
      if (document.activeElement !== input) {
        input.innerHTML = value ?? '';
        shown = input.innerHTML;
      }
      input.contentEditable = String(!frozen);
    },
  };
}

const still = (element) => ({ element, show() {} });

function mark(input, field) {
  input.dataset.fieldname = field.fieldname;
  input.dataset.fieldtype = field.fieldtype;
  input.setAttribute('aria-label', field.label ?? field.fieldname);
  if (field.bold) input.classList.add('bold');
}

function group(field, input, help) {
  const label = h('label.control-label', {}, word(field.label ?? ''));
  if (field.reqd) label.classList.add('reqd');
  return h(
    'div.form-group',
    {},
    h('div.clearfix', {}, label),
    h('div.control-input-wrapper', {}, h('div.control-input', {}, input), help),
  );
}
