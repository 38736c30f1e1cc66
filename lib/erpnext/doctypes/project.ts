import { asDoctype } from '../../model/ids.ts';
import { type DoctypeKnowledge, textOf } from './knowledge.ts';

/** Project (erpnext/projects/doctype/project): each row names a user; e-mail and full name are fetched from them. */
export const project: DoctypeKnowledge = {
  doctype: asDoctype('Project'),
  slug: 'project',
  titleField: 'project_name',
  peopleTable: 'users',
  insertAfter: 'status',
  submittable: false,
  personOf(row) {
    const user = textOf(row, 'user');
    const email = textOf(row, 'email') || null;
    const name = textOf(row, 'full_name') || user || email;
    if (!name) return null;
    return { email, name, link: user ? { doctype: 'User', name: user } : null };
  },
};
