import { createControl } from './controls.js';
import { h } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { slug } from './model.js';
import { word } from './words.js';

/** The fields of a form in tabs, sections and columns, made once from the type; `refresh` fills them. */
export class Layout {
  constructor(meta, page, onChange) {
    this.controls = {};
    this.sections = [];
    this.message = h(isV14 ? 'div.form-message.hidden' : 'div.form-message-container.hidden');
    this.dashboard = h('div.form-dashboard');
    const formPage = h('div.form-page');
    const tabs = tabsOf(meta);
    const panes = tabs.map((tab, index) => this.pane(meta, tab, index, onChange));
    if (tabs.length > 1) formPage.append(tabBar(meta, tabs, panes), h('div.form-tab-content.tab-content', {}, panes));
    else formPage.append(...panes[0].childNodes);
    page.section.append(
      h('div.page-form.row.hide'),
      h('div', {}, h('div.std-form-layout', {}, h('div.form-layout', {}, this.message, formPage))),
    );
  }

  /** A message above the form; without a text it goes away. @param action `{ label, run }` */
  show_message(html, color = 'blue', action = undefined) {
    this.message.replaceChildren();
    this.message.classList.toggle('hidden', !html);
    if (!html) return;
    const line = h(isV14 ? 'div.form-message-text' : `div.form-message.border.${color}`, {}, h('div', { html }));
    if (isV14) this.message.classList.add(color);
    if (action)
      line.append(h('button.btn.btn-xs.btn-primary.pull-right', { type: 'button', onclick: action.run }, action.label));
    this.message.append(line);
  }

  refresh(doc, editable) {
    this.doc = doc;
    for (const control of Object.values(this.controls)) control.refresh(doc, editable);
    for (const { element, field, controls } of this.sections) {
      const empty = controls.every((control) => control.element.classList.contains('hide-control'));
      const hidden = Boolean(field?.depends_on && !doc[field.depends_on]);
      element.classList.toggle('hide-control', hidden);
      element.classList.toggle('empty-section', empty);
      element.classList.toggle('visible-section', !hidden && !empty);
    }
  }

  /** Takes over what was typed and not yet left. */
  commit() {
    for (const control of Object.values(this.controls)) control.commit?.();
  }

  pane(meta, tab, index, onChange) {
    const id = `${slug(meta.name)}-${tab.field?.fieldname ?? '__details'}`;
    const pane = h('div.tab-pane.fade', { id, role: 'tabpanel' });
    if (index === 0) {
      pane.classList.add('show', 'active');
      pane.append(this.dashboard);
    }
    for (const section of tab.sections) pane.append(this.section(section, onChange));
    return pane;
  }

  section({ field, columns }, onChange) {
    const filled = columns.filter((fields) => fields.length);
    const width = filled.length > 1 ? 'col-sm-6' : 'col-sm-12';
    const controls = [];
    const body = h(
      'div.section-body',
      {},
      filled.map((fields) =>
        h(
          `div.form-column.${width}`,
          {},
          h(
            'form',
            { onsubmit: (event) => event.preventDefault() },
            fields.map((one) => {
              const control = createControl(one, onChange, () => this.doc);
              this.controls[one.fieldname] = control;
              controls.push(control);
              return control.element;
            }),
          ),
        ),
      ),
    );
    const element = h('div.form-section.card-section', { 'data-fieldname': field?.fieldname ?? '__section_1' });
    if (!isV16) element.classList.add('row');
    if (field?.label) element.append(h('div.section-head', {}, word(field.label)));
    element.append(body);
    this.sections.push({ element, field, controls });
    return element;
  }
}

function tabsOf(meta) {
  const tabs = [{ field: null, sections: [] }];
  for (const field of meta.fields) {
    const tab = tabs.at(-1);
    if (field.fieldtype === 'Tab Break') tabs.push({ field, sections: [] });
    else if (field.fieldtype === 'Section Break') tab.sections.push({ field, columns: [[]] });
    else {
      if (!tab.sections.length) tab.sections.push({ field: null, columns: [[]] });
      const { columns } = tab.sections.at(-1);
      if (field.fieldtype === 'Column Break') columns.push([]);
      else columns.at(-1).push(field);
    }
  }
  return tabs;
}

function tabBar(meta, tabs, panes) {
  const links = tabs.map(({ field }, index) => {
    const name = field?.fieldname ?? '__details';
    const label = word(field?.label ?? 'Details');
    const button = h(
      'button.nav-link',
      { type: 'button', id: `${slug(meta.name)}-${name}-tab`, role: 'tab', 'data-fieldname': name },
      label,
    );
    if (index === 0) button.classList.add('active');
    button.addEventListener('click', () => {
      links.forEach((one, other) => {
        one.classList.toggle('active', other === index);
        panes[other].classList.toggle('active', other === index);
      });
    });
    return button;
  });
  return h(
    'div.form-tabs-list',
    {},
    h(
      'ul#form-tabs.nav.form-tabs',
      { role: 'tablist' },
      links.map((link) => h('li.nav-item.show', {}, link)),
    ),
  );
}
