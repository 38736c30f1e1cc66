import { staffOf } from '../staff.ts';
import { addUser } from './seed.ts';
import { add } from './seed-add.ts';
import type { Site } from './site.ts';

/** The users of a big company, and the field that holds their Azure IDs. */
export function seedStaff(site: Site, count: number): void {
  add(site, 'Custom Field', 'admin@contoso.test', {
    name: 'User-azure_object_id',
    dt: 'User',
    fieldname: 'azure_object_id',
    label: 'Azure Object ID',
    fieldtype: 'Data',
    insert_after: 'email',
    no_copy: 1,
  });
  for (const { name, email } of staffOf(count)) addUser(site, { name, email, password: '', roles: ['Employee'] });
}
