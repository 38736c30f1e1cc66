import { listed, ruleAllows } from './document-rules.ts';
import { FrappeError, type Refusal, thrown } from './errors.ts';
import { isDeskUser, type Right, roleRights } from './roles.ts';
import type { Doc, Share, Store } from './store.ts';

/** 'role': no role gives the right on the type; 'controller': the type's own rule refuses this document. */
export type Verdict = 'yes' | 'role' | 'controller';

/** May this person do that with the document (or, without one, with any document of the type)? */
export function mayUser(store: Store, user: string, right: Right, doctype: string, doc?: Doc): Verdict {
  if (user === 'Administrator') return 'yes';
  if (doc && sharedWith(store.shares, user, right, doc)) return 'yes';
  if (doctype === 'User' && doc?.name === user && (right === 'read' || right === 'write')) return 'yes';
  if (!roleRights(store.flavour, user, doctype).has(right)) return 'role';
  if (doc && !ruleAllows(store, user, right, doc, mayUser)) return 'controller';
  return 'yes';
}

/** The rows that a list of the type shows this person; a site filters silently instead of refusing. */
export function visible(store: Store, user: string, doc: Doc): boolean {
  if (doc.doctype === 'User') return true;
  if (doc.doctype === 'File') return listed(store, user, doc);
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
  const needed = `You need the '${right}' permission on <strong>${doctype}</strong> ${doc?.name ?? ''} to perform this action.`;
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
