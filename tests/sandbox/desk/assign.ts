import { note } from './comments.ts';
import { existing } from './lookup.ts';
import { checkPermission } from './permissions.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';
import { naiveTime } from './time.ts';

/** Who has a document to do, as `docinfo` tells it. source: frappe/desk/form/load.py (get_assignments) */
export function assignmentsOf(site: Site, doc: Doc) {
  return openTodos(site, doc.doctype, doc.name).map((todo) => ({
    name: todo.name,
    owner: String(todo.allocated_to),
    description: String(todo.description),
    status: String(todo.status),
  }));
}

/**
 * frappe.desk.form.assign_to.add: a ToDo for each person who has none open for the document yet, with the right to write
 * the document alone. source: frappe/desk/form/assign_to.py
 */
export function assign(site: Site, user: string, args: Record<string, unknown>): unknown {
  const doc = existing(site, String(args.doctype), String(args.name));
  checkPermission(site.store, user, 'write', doc.doctype, doc);
  const asked: unknown = typeof args.assign_to === 'string' ? JSON.parse(args.assign_to) : args.assign_to;
  const busy = openTodos(site, doc.doctype, doc.name).map((todo) => todo.allocated_to);
  for (const person of (asked as string[]).filter((one) => !busy.includes(one))) {
    const todo = newTodo(site, user, doc, person, String(args.description ?? ''));
    site.store.put(todo);
    todoSaved(site, user, todo);
  }
  return assignmentsOf(site, doc).map(({ owner, name }) => ({ owner, name }));
}

export function newTodo(site: Site, user: string, doc: Doc, person: string, description = ''): Doc {
  const stamp = site.stamp();
  return {
    name: site.store.hashName(),
    owner: user,
    creation: stamp,
    modified: stamp,
    modified_by: user,
    docstatus: 0,
    idx: 0,
    status: 'Open',
    priority: 'Medium',
    date: naiveTime(site.clock.now()).slice(0, 10),
    allocated_to: person,
    assigned_by: user,
    description: description || `Assignment for ${doc.doctype} ${doc.name}`,
    reference_type: doc.doctype,
    reference_name: doc.name,
    doctype: 'ToDo',
  };
}

/**
 * After a ToDo was saved: its document's timeline says so, and the document keeps whom it is given to as JSON, without
 * touching `modified`. Lists tell that, the document itself does not. source: frappe/desk/doctype/todo/todo.py
 */
export function todoSaved(site: Site, user: string, todo: Doc, before?: Doc): void {
  const target = site.store.find(String(todo.reference_type ?? ''), String(todo.reference_name ?? ''));
  if (!target) return;
  const by = fullName(site, todo.assigned_by || user);
  const to = fullName(site, todo.allocated_to || user);
  if (!before) {
    const self = (todo.assigned_by ?? null) === (todo.allocated_to ?? null);
    const what = self ? `${by} self assigned this task` : `${by} assigned ${to}`;
    note(site, user, target, 'Assigned', `${what}: ${todo.description}`);
  } else if (before.status !== todo.status) {
    const own = todo.allocated_to === user;
    const text = own
      ? `${fullName(site, user)} removed their assignment.`
      : `Assignment of ${to} removed by ${fullName(site, user)}`;
    note(site, user, target, 'Assignment Completed', text);
  }
  todosChanged(site, todo);
}

/** Writes down with the document who has it to do now. */
export function todosChanged(site: Site, todo: Doc): void {
  const target = site.store.find(String(todo.reference_type ?? ''), String(todo.reference_name ?? ''));
  if (!target) return;
  const people = openTodos(site, target.doctype, target.name).map((one) => one.allocated_to);
  target._assign = people.length ? JSON.stringify(people) : '';
}

/** Oldest first. */
function openTodos(site: Site, doctype: string, name: string): Doc[] {
  return site.store
    .all('ToDo')
    .filter((todo) => todo.reference_type === doctype && todo.reference_name === name)
    .filter((todo) => todo.status === 'Open' && todo.allocated_to)
    .sort((left, right) => (left.creation < right.creation ? -1 : 1));
}

const fullName = (site: Site, email: unknown): unknown =>
  site.store.find('User', String(email))?.full_name ?? String(email);
