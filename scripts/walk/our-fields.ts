import type { ErpClient } from './erp.ts';

/** Every field that Deskside makes (lib/erpnext/field-plan.ts), on whatever doctype. */
const FIELDNAMES = ['custom_teams_chat_id', 'custom_teams_meeting_url', 'custom_join_teams_meeting', 'azure_object_id'];
const BUTTON = 'custom_join_teams_meeting';

/** The custom fields of Deskside as an administrator finds them, e.g. "Event-custom_teams_chat_id". */
export async function ourFields(admin: ErpClient): Promise<string[]> {
  const filters = [['fieldname', 'in', FIELDNAMES]];
  return (await admin.list('Custom Field', { fields: ['name'], filters })).map(({ name }) => String(name)).sort();
}

/** Removes those that are not to be kept and in which nothing stands; says which, and what stays. */
export async function removeOurFields(admin: ErpClient, keep: readonly string[]): Promise<void> {
  for (const name of await ourFields(admin)) if (!keep.includes(name)) await removeField(admin, name);
}

/** Where nothing stands in it. */
export async function removeField(admin: ErpClient, name: string): Promise<void> {
  const at = name.lastIndexOf('-');
  const [doctype, fieldname] = [name.slice(0, at), name.slice(at + 1)];
  // A button has no column; a field whose doctype is gone holds nothing either.
  const holding =
    fieldname === BUTTON
      ? []
      : await admin.list(doctype, { fields: ['name'], filters: [[fieldname, 'is', 'set']] }).catch(() => []);
  if (holding.length > 0) return console.log(`The field ${name} stays: ${holding[0]?.name} holds something in it.`);
  await admin.remove('Custom Field', name);
  console.log(`Removed the field ${name}.`);
}
