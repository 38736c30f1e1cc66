import { FrappeError, type Refusal, thrown } from './errors.ts';
import { type Flavour, TRAITS } from './flavour.ts';
import type { Doc, Share, Store } from './store.ts';
import { CREW, USERS } from './users.ts';

export type Right =
  | 'select'
  | 'read'
  | 'write'
  | 'create'
  | 'delete'
  | 'submit'
  | 'cancel'
  | 'print'
  | 'email'
  | 'report'
  | 'export'
  | 'share';

/** 'role': no role gives the right on the type; 'controller': the type's own rule refuses this document. */
export type Verdict = 'yes' | 'role' | 'controller';

/** May this person do that with the document (or, without one, with any document of the type)? */
export function mayUser(store: Store, user: string, right: Right, doctype: string, doc?: Doc): Verdict {
  if (user === 'Administrator') return 'yes';
  if (doc && sharedWith(store.shares, user, right, doc)) return 'yes';
  if (doctype === 'User' && doc?.name === user && (right === 'read' || right === 'write')) return 'yes';
  if (!roleRights(store.flavour, user, doctype).has(right)) return 'role';
  if (doc && doctype === 'Event' && !eventAllows(store.flavour, user, right, doc)) return 'controller';
  return 'yes';
}

/** The rows that a list of the type shows this person; a site filters silently instead of refusing. */
export function visible(store: Store, user: string, doc: Doc): boolean {
  if (doc.doctype === 'User') return true;
  return mayUser(store, user, 'read', doc.doctype, doc) === 'yes';
}

/**
 * Throws what a site answers to a list that the person may not see. Lists of User are open to everyone in Desk; those
 * of Contact are empty instead of refused from v15 on.
 */
export function checkMayList(store: Store, user: string, doctype: string): void {
  if (doctype === 'User' && user !== 'Guest') return;
  if (doctype === 'Contact' && isDeskUser(user)) return;
  if (roleRights(store.flavour, user, doctype).has('read')) return;
  if (store.flavour === 'v16') {
    throw thrown('PermissionError', `Insufficient Permission for <strong>${doctype}</strong>`, { status: 403 });
  }
  throw refused([noRole(user, doctype)], `No permission for ${doctype}`);
}

/** As Document.check_permission: every right but a plain GET's read. */
export function checkPermission(store: Store, user: string, right: Right, doctype: string, doc?: Doc): void {
  const verdict = mayUser(store, user, right, doctype, doc);
  if (verdict === 'yes') return;
  const { flavour } = store;
  if (flavour === 'v14') {
    throw refused(v14Messages(user, verdict), `Insufficient Permission for ${doctype} (<strong>${right}</strong>)`);
  }
  if (verdict === 'role') throw refused([noRole(user, doctype)], `No permission for ${doctype}`);
  const needed = `You need the '${right}' permission on <strong>${doctype}</strong> ${doc?.name} to perform this action.`;
  throw refused(flavour === 'v16' ? [''] : controllerMessages(user, doctype, doc), needed);
}

/** As frappe/model/delete_doc.py (check_permission_and_not_submitted): in its own words, from v16 on after asking for read. */
export function checkMayDelete(store: Store, user: string, doc: Doc): void {
  const verdict = mayUser(store, user, 'delete', doc.doctype, doc);
  if (verdict === 'yes') return;
  if (store.flavour === 'v16') throw new FrappeError(mayNotRead(user, doc.doctype));
  const some = roleRights(store.flavour, user, doc.doctype).size > 0;
  const later = some ? [noAccess(user, doc)] : [noRole(user, doc.doctype), noAccess(user)];
  const logged = store.flavour === 'v14' ? v14Messages(user, verdict) : later;
  const text = `User not allowed to delete ${doc.doctype}: ${doc.name}`;
  throw new FrappeError({
    status: 403,
    type: 'PermissionError',
    text,
    messages: [{ message: logged.join('<br>') }, { message: text, indicator: 'red', raised: true }],
  });
}

/** What stands for "not found" where no role lets this person read the type at all. No traceback goes along. */
export const mayNotRead = (user: string, doctype: string): Refusal => ({
  ...refused([noRole(user, doctype)], `No permission for ${doctype}`).refusal,
  terse: true,
});

/** As GET /api/resource/DT/NAME checks: the same rule, with fewer words in v14 and v15. */
export function checkMayGet(store: Store, user: string, doc: Doc): void {
  const verdict = mayUser(store, user, 'read', doc.doctype, doc);
  if (verdict === 'yes') return;
  if (store.flavour === 'v14') throw refused(v14Messages(user, verdict));
  if (store.flavour === 'v16') {
    checkPermission(store, user, 'read', doc.doctype, doc);
    return;
  }
  if (verdict === 'controller') throw refused(controllerMessages(user, doc.doctype, doc));
  throw refused([noRole(user, doc.doctype), noAccess(user, user === 'Guest' ? undefined : doc)]);
}

/** `docinfo.permissions`: the roles' rights alone, which for a private Event's participant is more than is true. */
export function roleRights(flavour: Flavour, user: string, doctype: string): Set<Right> {
  if (user === 'Administrator') return new Set(SUBMIT.split(' ') as Right[]);
  const rights = new Set<Right>();
  const roles = rolesOf(user);
  for (const [role, types] of Object.entries(rules(flavour))) {
    if (roles.includes(role))
      for (const right of (types[doctype] ?? '').split(' ')) if (right) rights.add(right as Right);
  }
  return rights;
}

export const isDeskUser = (user: string): boolean => rolesOf(user).includes('Desk User');

/** Roles as frappe.boot.user.roles lists them. */
export function rolesOf(user: string): string[] {
  const found = byEmail.get(user);
  if (!found) return user === 'Guest' ? ['Guest'] : [];
  return [...found.roles, 'All', 'Guest', ...(found.roles.length ? ['Desk User'] : [])];
}

const byEmail = new Map([...USERS, ...CREW].map((user) => [user.email, user]));

const EDIT = 'read write create print email report share';
const ALL = `${EDIT} delete export`;
const SUBMIT = `${ALL} submit cancel`;

function rules(flavour: Flavour): Record<string, Record<string, string>> {
  const old = flavour === 'v14';
  const projectTables = { 'Project Type': 'select read', Department: 'select read', Company: 'select read' };
  const crm = { Lead: ALL, Opportunity: ALL, Issue: ALL };
  const sales = { 'Sales Order': SUBMIT, Customer: ALL, Contact: ALL, ...crm, ...projectTables };
  return {
    [TRAITS[flavour].deskRole]: {
      Event: old ? EDIT : `${EDIT} export`,
      ToDo: ALL,
      ...(old ? { Contact: 'read print' } : {}),
    },
    'Projects User': { Project: `${EDIT} delete`, Task: ALL, 'Site Visit': ALL, ...projectTables },
    'Projects Manager': { Project: ALL, Task: ALL, ...projectTables },
    'Project Reader': { Project: 'read export' },
    Employee: old ? {} : { Project: 'select' },
    'HR Manager': { Employee: ALL },
    'Sales User': sales,
    'Sales Manager': sales,
    'System Manager': {
      Event: ALL,
      User: ALL,
      Contact: ALL,
      Comment: ALL,
      'Custom Field': ALL,
      DocType: ALL,
      ...projectTables,
    },
  };
}

function eventAllows(flavour: Flavour, user: string, right: Right, event: Doc): boolean {
  if (event.event_type === 'Public' || event.owner === user) return true;
  if (!TRAITS[flavour].participantsMayReadPrivateEvents || right !== 'read') return false;
  const participants = (event.event_participants ?? []) as { email?: string }[];
  return participants.some((row) => row.email === user);
}

function sharedWith(shares: Share[], user: string, right: Right, doc: Doc): boolean {
  if (right !== 'read' && right !== 'write' && right !== 'submit' && right !== 'share') return false;
  return shares.some(
    (one) =>
      one.share_doctype === doc.doctype &&
      one.share_name === doc.name &&
      (one.user === user || (one.everyone === 1 && user !== 'Guest')) &&
      one[right] === 1,
  );
}

const strong = (text: string) => `<strong>${text}</strong>`;
const noRole = (user: string, doctype: string) =>
  `User ${strong(user)} does not have doctype access via role permission for document ${strong(doctype)}`;
const noAccess = (user: string, doc?: Doc) =>
  `User ${strong(user)} does not have access to this document${doc ? `: ${doc.doctype} - ${doc.name}` : ''}`;
const byController = 'Not allowed via controller permission check';

const v14Messages = (user: string, verdict: Verdict) =>
  verdict === 'controller' ? [byController, noAccess(user)] : [noAccess(user)];
const controllerMessages = (user: string, _doctype: string, doc?: Doc) => [byController, noAccess(user, doc)];

function refused(lines: string[], errorMessage?: string): FrappeError {
  return new FrappeError({
    status: 403,
    type: 'PermissionError',
    bare: true,
    messages: [{ message: lines.join('<br>') }],
    ...(errorMessage ? { errorMessage } : {}),
  });
}
