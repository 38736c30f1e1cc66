import { assignmentsOf } from './assign.ts';
import { attachmentsOf } from './attachments.ts';
import { commentsOf } from './comments.ts';
import { isTable } from './doctypes/fields.ts';
import { FrappeError } from './errors.ts';
import { existing, typeOf } from './lookup.ts';
import { checkMayGet, checkPermission, mayUser } from './permissions.ts';
import { asDict } from './render.ts';
import { roleRights } from './roles.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

const ALL_RIGHTS = 'select read write create delete submit cancel amend print email report import export share'.split(
  ' ',
);

/** frappe.desk.form.load.getdoc: the document and what the form shows around it; of a missing one, an empty list. */
export function getDoc(site: Site, user: string, doctype: string, name: string): Record<string, unknown> {
  const doc = site.store.find(doctype, name);
  if (!doc) {
    site.store.meta(doctype);
    if (site.flavour !== 'v14') checkPermission(site.store, user, 'read', doctype);
    return { message: [] };
  }
  try {
    checkMayGet(site.store, user, doc);
  } catch (error) {
    throw error instanceof FrappeError ? noGetDoc(error, doc) : error;
  }
  const shown = asDict(site.store, doc);
  if (doctype === 'Project') shown.__onload = { activity_summary: [] };
  return { docs: [shown], docinfo: docInfo(site, user, doc), _link_titles: {} };
}

/** `docinfo`: comments, shares, the people in them, and the rights by role alone (see permissions.ts). */
export function docInfo(site: Site, user: string, doc: Doc): Record<string, unknown> {
  const { store, flavour } = site;
  const comments = commentsOf(site, doc, ['Comment']);
  const assigned = commentsOf(site, doc, ['Assigned', 'Assignment Completed']);
  const infos = commentsOf(site, doc, ['Info', 'Edit', 'Label']);
  const assignments = assignmentsOf(site, doc);
  const shared = store.shares.filter((one) => one.share_doctype === doc.doctype && one.share_name === doc.name);
  const people = [
    doc.owner,
    doc.modified_by,
    ...[...comments, ...infos, ...assigned].map((one) => String(one.owner)),
    ...shared.map((one) => one.user),
    ...assignments.map((one) => one.owner),
  ];
  const rights = roleRights(flavour, user, doc.doctype);
  return {
    user_info: Object.fromEntries(people.flatMap((email) => userInfo(site, email))),
    comments,
    shared,
    assignment_logs: assigned,
    attachment_logs: [],
    info_logs: infos,
    like_logs: [],
    workflow_logs: [],
    doctype: doc.doctype,
    name: doc.name,
    attachments: attachmentsOf(site, doc),
    communications: [],
    automated_messages: [],
    ...(flavour === 'v14' ? { total_comments: JSON.parse(String(doc._comments ?? '[]')).length } : {}),
    versions: [],
    assignments,
    permissions: {
      if_owner: {},
      has_if_owner_enabled: false,
      ...Object.fromEntries(ALL_RIGHTS.map((right) => [right, rights.has(right as never) ? 1 : 0])),
    },
    views: [],
    ...(flavour === 'v16' ? {} : { energy_point_logs: [] }),
    additional_timeline_content: [],
    milestones: [],
    is_document_followed: null,
    tags: '',
    document_email: null,
    ...(flavour === 'v16' ? { custom_perm_types: [] } : {}),
  };
}

/** frappe.desk.form.load.getdoctype: the type and its child types, with custom fields in place. */
export function getDocType(site: Site, doctype: string): Record<string, unknown> {
  const type = typeOf(site, doctype);
  const children = type.fields.filter(isTable).map((table) => site.store.meta(table.options ?? ''));
  return { docs: [type, ...children].map((one) => ({ doctype: 'DocType', ...one })), user_settings: '{}' };
}

/** frappe.client.has_permission, which is right where docinfo is not. */
export function hasPermission(site: Site, user: string, args: Record<string, unknown>): { has_permission: boolean } {
  const doctype = String(args.doctype);
  // Of whoever may do everything nothing is looked up, not even the type.
  if (user === 'Administrator') return { has_permission: true };
  typeOf(site, doctype);
  const doc = args.docname ? existing(site, doctype, String(args.docname)) : undefined;
  const right = String(args.perm_type ?? 'read') as Parameters<typeof mayUser>[2];
  return { has_permission: mayUser(site.store, user, right, doctype, doc) === 'yes' };
}

export function userInfo(site: Site, email: string): [string, Record<string, unknown>][] {
  const user = site.store.find('User', email);
  if (!user) return [];
  return [
    [
      email,
      {
        fullname: user.full_name,
        image: user.user_image ?? null,
        name: email,
        email: user.email,
        time_zone: user.time_zone,
      },
    ],
  ];
}

function noGetDoc(error: FrappeError, doc: Doc): FrappeError {
  return new FrappeError({
    ...error.refusal,
    text: `('read', '${doc.doctype}', '${doc.name}')`,
    errorMessage: `Insufficient Permission for <strong>${doc.doctype} ${doc.name}</strong>`,
  });
}
