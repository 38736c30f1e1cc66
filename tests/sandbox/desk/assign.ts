import { note } from './comments.ts';
import { checkPermission } from './permissions.ts';
import { existing } from './save.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** Who has a document to do, as `docinfo` tells it. source: frappe/desk/form/load.py (get_assignments) */
export function assignmentsOf(doc: Doc): { name: string; owner: string; description: string; status: string }[] {
  const people: string[] = JSON.parse(String(doc._assign ?? '[]'));
  const description = `Assignment for ${doc.doctype} ${doc.name}`;
  return people.map((owner) => ({ name: `${doc.name} ${owner}`, owner, description, status: 'Open' }));
}

/**
 * frappe.desk.form.assign_to.add: who is assigned is kept with the document as JSON, without touching `modified`. Lists
 * tell it, the document itself does not. source: frappe/desk/form/assign_to.py, frappe/desk/doctype/todo/todo.py
 */
export function assign(site: Site, user: string, args: Record<string, unknown>): unknown {
  const doc = existing(site, String(args.doctype), String(args.name));
  checkPermission(site.store, user, 'write', doc.doctype, doc);
  const held: string[] = JSON.parse(String(doc._assign ?? '[]'));
  const asked: unknown = typeof args.assign_to === 'string' ? JSON.parse(args.assign_to) : args.assign_to;
  const users = [...new Set([...held, ...(asked as string[])])];
  const nameOf = (email: string) => site.store.find('User', email)?.full_name ?? email;
  for (const fresh of users.filter((one) => !held.includes(one)))
    note(
      site,
      user,
      doc,
      'Assigned',
      `${nameOf(user)} assigned ${nameOf(fresh)}: Assignment for ${doc.doctype} ${doc.name}`,
    );
  doc._assign = JSON.stringify(users);
  return users.map((owner) => ({ owner, name: owner }));
}
