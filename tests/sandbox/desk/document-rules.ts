import { TRAITS } from './flavour.ts';
import { type Right, roleRights, rolesOf } from './roles.ts';
import type { Doc, Store } from './store.ts';

/** Asks for a right on another document; 'yes' where there is one (permissions.ts). */
type Ask = (store: Store, user: string, right: Right, doctype: string, doc?: Doc) => string;

/** What a type's own `has_permission` says of a document to somebody whose roles would do. */
export function ruleAllows(store: Store, user: string, right: Right, doc: Doc, ask: Ask): boolean {
  if (doc.doctype === 'Event') return eventAllows(store, user, right, doc);
  if (doc.doctype === 'ToDo') return todoAllows(store, user, right, doc);
  if (doc.doctype === 'Note') return noteAllows(store, user, right, doc);
  if (doc.doctype === 'File') return fileAllows(store, user, right, doc, ask);
  return true;
}

/**
 * The rows that a list of files shows: public ones, and every private one of a type that the person may read, whether or
 * not they may read the document. source: frappe/core/doctype/file/file.py (get_permission_query_conditions)
 */
export function listed(store: Store, user: string, file: Doc): boolean {
  if (user === 'Administrator' || !file.is_private) return true;
  if (!file.attached_to_doctype) return file.owner === user;
  return roleRights(store.flavour, user, String(file.attached_to_doctype)).has('read');
}

function eventAllows({ flavour }: Store, user: string, right: Right, event: Doc): boolean {
  if (event.event_type === 'Public' || event.owner === user) return true;
  if (!TRAITS[flavour].participantsMayReadPrivateEvents || right !== 'read') return false;
  const participants = (event.event_participants ?? []) as { email?: string }[];
  return participants.some((row) => row.email === user);
}

/**
 * Who has it to do and who is named as having given it, and System Managers (but for deleting); not who made it. So
 * nobody else can make one for a colleague without naming themselves. source: frappe/desk/doctype/todo/todo.py
 */
function todoAllows(_store: Store, user: string, right: Right, todo: Doc): boolean {
  if (right !== 'delete' && rolesOf(user).includes('System Manager')) return true;
  return todo.allocated_to === user || todo.assigned_by === user;
}

/** source: frappe/desk/doctype/note/note.py; from v15 on Desk Users change their own alone (note.json, if_owner) */
function noteAllows({ flavour }: Store, user: string, right: Right, note: Doc): boolean {
  const own = note.owner === user;
  if (!note.public && !own) return false;
  const changes = right === 'write' || right === 'delete' || right === 'share';
  return flavour === 'v14' || !changes || own || rolesOf(user).includes('System Manager');
}

/** source: frappe/core/doctype/file/file.py (has_permission) */
function fileAllows(store: Store, user: string, right: Right, file: Doc, ask: Ask): boolean {
  if (!file.is_private && (right === 'read' || right === 'select')) return true;
  if (user !== 'Guest' && file.owner === user) return true;
  const held = store.find(String(file.attached_to_doctype ?? ''), String(file.attached_to_name ?? ''));
  if (!held) return false;
  const needed = right === 'write' || right === 'create' || right === 'delete' ? 'write' : 'read';
  return ask(store, user, needed, held.doctype, held) === 'yes';
}
