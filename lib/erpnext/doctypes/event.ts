import type { DoctypeRule } from '../../model/doctype-rule.ts';
import { asDoctype } from '../../model/ids.ts';

/**
 * Event (frappe/desk/doctype/event). A participant is a link to any doctype; ERPNext fills its e-mail at save from the
 * Contact behind it and leaves it empty for employees and users (a user's name is mostly the address).
 */
export const event: DoctypeRule = {
  doctype: asDoctype('Event'),
  titleField: 'subject',
  people: [
    {
      from: 'table',
      table: 'event_participants',
      email: 'email',
      link: 'reference_docname',
      linkDoctype: null,
      linkDoctypeField: 'reference_doctype',
      name: null,
    },
    { from: 'owner' },
  ],
  dates: { start: 'starts_on', end: 'ends_on', allDay: 'all_day' },
};
