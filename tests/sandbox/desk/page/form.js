import { wait } from './dom.js';
import { refreshFooter, setUpFooter } from './footer.js';
import { addCustomButton, refreshHead, showState } from './form-head.js';
import { amendForm, deleteForm, duplicateForm, renameForm, saveForm } from './form-save.js';
import { runHandlers } from './handlers.js';
import { jQuery } from './jquery.js';
import { Layout } from './layout.js';
import { docinfos, fetchDoc, locals, newRow } from './model.js';
import { refreshSidebar } from './sidebar.js';

/** `cur_frm`: one for each type, taking on one document after the other in the same elements. */
export class Form {
  constructor(meta, page) {
    this.meta = meta;
    this.doctype = meta.name;
    this.page = page;
    this.wrapper = page.element;
    this.$wrapper = jQuery(page.element);
    this.saving = false;
    this.layout = new Layout(meta, page, (field, value) => this.set_value(field, value));
    this.fields_dict = this.layout.controls;
    this.dashboard = {
      clear_headline: () => this.layout.show_message(),
      set_headline: (html, color) => this.layout.show_message(html, color),
    };
    setUpFooter(this);
  }

  /** Makes this the current form, with that document. */
  take(name) {
    window.cur_frm = this;
    this.docname = name;
    this.doc = locals[this.doctype][name];
    this.markState();
  }

  /** Before any event tells of the form: what its page is called follows the docstatus. */
  markState() {
    ['editable-form', 'submitted-form', 'cancelled-form'].forEach((state, docstatus) => {
      this.page.element.classList.toggle(state, (this.doc.docstatus ?? 0) === docstatus);
    });
  }

  /** Shows a document that was open before. */
  show(name) {
    this.take(name);
    return this.refresh();
  }

  /** Sidebar and custom buttons are made anew, everything else is kept and filled; the handlers' `refresh` comes last. */
  async refresh() {
    this.doc = locals[this.doctype][this.docname] ?? this.doc;
    this.markState();
    this.redraw();
    jQuery(document).trigger('form-refresh', [this]);
    const { docname } = this;
    await wait(60);
    if (this.docname === docname) runHandlers(this, 'refresh');
  }

  redraw() {
    refreshHead(this);
    refreshSidebar(this);
    this.layout.refresh(this.doc, this.may('write') || this.is_new());
    refreshFooter(this);
    if (this.doc.__needs_refresh) this.show_conflict_message();
    else this.layout.show_message();
  }

  /** By the roles alone, as docinfo tells it: a private Event's participant is let to type, and refused by the server. */
  may(right) {
    const { doctype, docname } = this;
    if (this.doc.__islocal) return window.frappe.boot.user.can_create.includes(doctype);
    return docinfos[`${doctype}/${docname}`]?.permissions[right] === 1;
  }

  is_new() {
    return this.doc.__islocal;
  }

  is_dirty() {
    return Boolean(this.doc.__unsaved);
  }

  dirty() {
    this.doc.__unsaved = 1;
    this.$wrapper.trigger('dirty');
    showState(this);
  }

  async set_value(field, value) {
    const values = typeof field === 'object' ? field : { [field]: value };
    for (const [name, one] of Object.entries(values)) {
      if (this.doc[name] === one) continue;
      this.doc[name] = one;
      this.dirty();
      runHandlers(this, name);
    }
    this.layout.refresh(this.doc, this.may('write') || this.is_new());
  }

  /** A row as scripts add them; it shows after refresh_field, and makes nothing dirty by itself (form.js add_child). */
  add_child(fieldname, values = {}) {
    const held = this.doc[fieldname] ?? [];
    const table = this.meta.fields.find((field) => field.fieldname === fieldname);
    const row = newRow(this.doc, table, { ...values, idx: held.length + 1 });
    this.doc[fieldname] = [...held, row];
    return row;
  }

  async reload_doc() {
    if (this.is_new()) return;
    const { docname } = this;
    await fetchDoc(this.doctype, docname);
    if (this.docname === docname) await this.refresh();
  }

  debounced_reload_doc() {
    clearTimeout(this.reloading);
    const { docname } = this;
    this.reloading = setTimeout(() => this.docname === docname && !this.is_dirty() && this.reload_doc(), 1000);
  }

  show_conflict_message() {
    const reload = () => this.reload_doc();
    this.layout.show_message('This form has been modified after you have loaded it', 'blue', {
      label: 'Refresh',
      run: reload,
    });
  }

  add_custom_button(label, action, group) {
    return addCustomButton(this, label, action, group);
  }

  save(action = 'Save') {
    return saveForm(this, action);
  }

  savesubmit() {
    return saveForm(this, 'Submit');
  }

  savecancel() {
    return saveForm(this, 'Cancel');
  }

  copy_doc() {
    return duplicateForm(this);
  }

  amend_doc() {
    return amendForm(this);
  }

  rename_doc() {
    return renameForm(this);
  }

  savetrash() {
    return deleteForm(this);
  }

  refresh_field(name) {
    this.layout.controls[name]?.refresh(this.doc);
  }

  get_field(name) {
    return this.layout.controls[name];
  }
}
