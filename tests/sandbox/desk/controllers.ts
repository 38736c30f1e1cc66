import { FrappeError, thrown } from './errors.ts';
import { sanitiseComment } from './sanitise.ts';
import type { Site } from './site.ts';
import type { Doc, Row } from './store.ts';
import { naiveTime } from './time.ts';

/** What a type's own Python class does in `validate`, before the common checks. */
export function validateByType(site: Site, doc: Doc): void {
  if (doc.doctype === 'Event') validateEvent(site, doc);
  if (doc.doctype === 'Project') fetchProjectUsers(site, doc);
  if (doc.doctype === 'Contact') setPrimaryEmail(doc);
  if (doc.doctype === 'User') doc.full_name = [doc.first_name, doc.last_name].filter(Boolean).join(' ');
  if (doc.doctype === 'Custom Field') validateCustomField(site, doc);
  if (doc.doctype === 'Lead') nameLead(doc);
  if (doc.doctype === 'Task') validateTask(site, doc);
  if (doc.doctype === 'Note') doc.content ||= site.flavour === 'v14' ? null : '<span></span>';
  if (doc.doctype === 'Comment') {
    doc.comment_email ||= doc.modified_by;
    doc.content = sanitiseComment(site.flavour, String(doc.content ?? ''));
  }
  if (doc.doctype === 'Sales Order')
    doc.customer_name = site.store.find('Customer', String(doc.customer))?.customer_name;
}

/** Runs before a new document has a name. */
export function beforeInsert(site: Site, doc: Doc): void {
  if (doc.doctype === 'Custom Field') nameCustomField(site, doc);
  if (doc.doctype === 'Note' && site.flavour === 'v14')
    doc.name = String(doc.title ?? '')
      .trim()
      .replaceAll(/[%'"#*?`]/g, '');
  if (doc.doctype === 'ToDo' && (!doc.date || doc.date === 'Today'))
    doc.date = naiveTime(site.clock.now()).slice(0, 10);
  if (doc.doctype === 'Server Script' && !doc.name) throw thrown('ValidationError', 'Please set the document name');
  if (doc.doctype === 'File') throw thrown('ValidationError', 'The sandbox takes no uploads.');
}

/** source: erpnext/projects/doctype/task/task.py (validate_dates) */
function validateTask(site: Site, task: Doc): void {
  const { exp_start_date: start, exp_end_date: end } = task;
  if (start && end && String(end) < String(start))
    throw thrown(
      'InvalidDates',
      '<strong>Expected End Date</strong> must be after <strong>Expected Start Date</strong>',
    );
  const last = text(site.store.find('Project', String(task.project ?? ''))?.expected_end_date);
  for (const [label, day] of [
    ['Expected Start Date', start],
    ['Expected End Date', end],
  ])
    if (last && day && String(day) > last)
      throw site.flavour === 'v14'
        ? thrown('ValidationError', `Task's ${label} cannot be after Project's End Date.`)
        : thrown(
            'InvalidDates',
            `<strong>${task.name}</strong>'s ${label} cannot be after its Project's Expected End Date.`,
          );
}

/** source: frappe/desk/doctype/event/event.py */
function validateEvent(site: Site, event: Doc): void {
  const { starts_on: start, ends_on: end } = event;
  if (typeof start === 'string' && typeof end === 'string') {
    if (start === end) event.ends_on = null;
    else if (end < start)
      throw thrown('InvalidDates', '<strong>Ends on</strong> must be after <strong>Starts on</strong>');
    else if (event.repeat_on === 'Daily' && event.repeat_this_event && start.slice(0, 10) !== end.slice(0, 10)) {
      throw thrown('ValidationError', 'Daily Events should finish on the Same Day.');
    }
  }
  for (const row of (event.event_participants ?? []) as Row[]) {
    // Employee and User rows keep an e-mail that was given, and are never given one: facts, erpnext.md 7.
    const found = emailOf(site, String(row.reference_doctype), String(row.reference_docname));
    if (found) row.email = found;
  }
}

function emailOf(site: Site, doctype: string, name: string): string | undefined {
  const { store } = site;
  if (doctype === 'Contact') return text(store.find('Contact', name)?.email_id);
  if (doctype !== 'Customer' && doctype !== 'Lead') return undefined;
  const linked = store
    .all('Contact')
    .find((contact) =>
      ((contact.links ?? []) as Row[]).some((link) => link.link_doctype === doctype && link.link_name === name),
    );
  return text(linked?.email_id) ?? text(store.find(doctype, name)?.email_id);
}

function fetchProjectUsers(site: Site, project: Doc): void {
  for (const row of (project.users ?? []) as Row[]) {
    const user = site.store.find('User', String(row.user));
    if (!user) continue;
    row.email = user.email;
    row.full_name = user.full_name;
    // ERPNext sends a welcome e-mail at the first save with this person.
    row.welcome_email_sent = 1;
  }
}

function setPrimaryEmail(contact: Doc): void {
  const rows = (contact.email_ids ?? []) as Row[];
  const primary = rows.find((row) => row.is_primary) ?? rows[0];
  if (primary) contact.email_id = primary.email_id;
  contact.full_name = [contact.first_name, contact.last_name].filter(Boolean).join(' ');
}

/** source: erpnext/crm/doctype/lead/lead.py (set_full_name, set_title) */
function nameLead(lead: Doc): void {
  if (lead.first_name) lead.lead_name = lead.first_name;
  lead.title = lead.company_name || lead.lead_name;
}

/** source: frappe/custom/doctype/custom_field/custom_field.py */
function nameCustomField(site: Site, doc: Doc): void {
  if (!doc.fieldname) {
    if (!doc.label) throw thrown('ValidationError', 'Label is mandatory');
    doc.fieldname = `custom_${String(doc.label)
      .toLowerCase()
      .trim()
      .replaceAll(/[^a-z0-9]+/g, '_')}`;
  }
  doc.name = `${doc.dt}-${doc.fieldname}`;
  if (!site.store.knows(String(doc.dt))) return;
  const taken = site.store.meta(String(doc.dt)).fields.some((one) => one.fieldname === doc.fieldname);
  if (taken) {
    throw thrown(
      'ValidationError',
      `A field with the name <strong>${doc.fieldname}</strong> already exists in ${doc.dt}`,
    );
  }
}

/** Types that may become one another without losing what stands in them (customize_form.py ALLOWED_FIELDTYPE_CHANGE). */
const KINDRED = [
  ['Currency', 'Float', 'Percent'],
  ['Small Text', 'Data'],
  ['Text', 'Data'],
  ['Text', 'Text Editor', 'Code'],
  ['Data', 'Select'],
  ['Text', 'Small Text'],
  ['Date', 'Datetime'],
];

function validateCustomField(site: Site, doc: Doc): void {
  const before = site.store.find('Custom Field', doc.name)?.fieldtype ?? doc.fieldtype;
  const kindred = KINDRED.some((types) => types.includes(String(before)) && types.includes(String(doc.fieldtype)));
  if (before !== doc.fieldtype && !kindred)
    throw thrown('ValidationError', `Fieldtype cannot be changed from ${before} to ${doc.fieldtype} in row 0`);
  const length = Number(doc.length) || 0;
  if (doc.fieldtype === 'Data' && (length < 0 || length > 1000)) {
    throw thrown('ValidationError', `Length of ${doc.fieldname} should be between 1 and 1000`);
  }
  if (/[^a-z0-9_]/i.test(String(doc.fieldname))) {
    throw new FrappeError({
      status: 417,
      type: 'InvalidFieldNameError',
      text: `Fieldname ${doc.fieldname} cannot have special characters`,
      bare: true,
    });
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
