import type { DoctypeRule } from '../../model/doctype-rule.ts';
import { asDoctype } from '../../model/ids.ts';

/** Project (erpnext/projects/doctype/project): each row names a user; e-mail and full name are fetched from them. */
export const project: DoctypeRule = {
  doctype: asDoctype('Project'),
  titleField: 'project_name',
  people: [
    {
      from: 'table',
      table: 'users',
      email: 'email',
      link: 'user',
      linkDoctype: asDoctype('User'),
      linkDoctypeField: null,
      name: 'full_name',
    },
    { from: 'owner' },
  ],
  dates: { start: 'expected_start_date', end: 'expected_end_date', allDay: null },
};
