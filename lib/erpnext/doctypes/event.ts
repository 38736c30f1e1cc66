import { asDoctype } from '../../model/ids.ts';
import { type DoctypeKnowledge, textOf } from './knowledge.ts';

/**
 * Event (frappe/desk/doctype/event). A participant is a link to any doctype; ERPNext fills its e-mail at save from the
 * Contact behind it and leaves it empty for employees and users (a user's name is mostly the address).
 */
export const event: DoctypeKnowledge = {
  doctype: asDoctype('Event'),
  slug: 'event',
  titleField: 'subject',
  peopleTable: 'event_participants',
  insertAfter: 'status',
  submittable: false,
  personOf(row) {
    const doctype = textOf(row, 'reference_doctype');
    const name = textOf(row, 'reference_docname');
    const email = textOf(row, 'email') || null;
    if (!name && !email) return null;
    return { email, name: name || email!, link: doctype && name ? { doctype, name } : null };
  },
};
