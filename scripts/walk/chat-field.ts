import { request } from '@playwright/test';
import { erpClient } from './erp.ts';

const FIELD = 'custom_teams_chat_id';
/** As Deskside's own button makes it. */
const VALUES = {
  fieldname: FIELD,
  label: 'Teams Chat ID',
  fieldtype: 'Data',
  hidden: 1,
  read_only: 1,
  no_copy: 1,
  print_hide: 1,
  length: 255,
};

/**
 * A real site that never met Deskside has no field for the chat: ERPNEXT_ADMIN makes it, as an administrator would by
 * the panel's button. It stays, since taking a field away takes its values along.
 * @throws where it is missing and no administrator is named
 */
export async function provideChatField(
  site: string,
  doctype: string,
  login: { email: string; password: string },
): Promise<void> {
  const context = await request.newContext();
  try {
    const erp = erpClient(context, site);
    await erp.login(login.email, login.password);
    const there = await erp.list(doctype, { fields: ['name', FIELD] }).then(
      () => true,
      () => false,
    );
    if (there) return;
    const { ERPNEXT_ADMIN: admin, ERPNEXT_ADMIN_PASSWORD: password } = process.env;
    if (!admin || !password)
      throw new Error(
        `${doctype} has no field ${FIELD} on ${site}. Create it with Deskside’s button as an administrator, or name one by ERPNEXT_ADMIN and ERPNEXT_ADMIN_PASSWORD.`,
      );
    await erp.login(admin, password);
    await erp.create('Custom Field', { dt: doctype, ...VALUES });
    console.log(`${admin} created the field ${FIELD} on ${doctype}; it stays.`);
  } finally {
    await context.dispose();
  }
}
