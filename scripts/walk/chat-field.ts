import { request } from '@playwright/test';
import { type ErpClient, erpClient } from './erp.ts';
import { removeField } from './our-fields.ts';

const CHAT_FIELD = 'custom_teams_chat_id';
/** The chat's field on this doctype as Deskside's own button makes it. */
export const chatField = (dt: string, more: Record<string, unknown> = {}) => ({
  dt,
  fieldname: CHAT_FIELD,
  label: 'Teams Chat ID',
  fieldtype: 'Data',
  hidden: 1,
  read_only: 1,
  no_copy: 1,
  print_hide: 1,
  length: 255,
  ...more,
});

/** Takes the field away again if it was made here and nothing stands in it. */
export type TakeBack = () => Promise<void>;

/**
 * A real site that never met Deskside has no field for the chat: ERPNEXT_ADMIN makes it, as an administrator would by
 * the panel's button.
 * @throws where it is missing and no administrator is named
 */
export async function provideChatField(
  site: string,
  doctype: string,
  login: { email: string; password: string },
  more: Record<string, unknown> = {},
): Promise<TakeBack> {
  return withSession(site, async (erp) => {
    await erp.login(login.email, login.password);
    if (await hasChatField(erp, doctype)) return async () => {};
    const admin = adminLogin();
    if (!admin)
      throw new Error(
        `${doctype} has no field ${CHAT_FIELD} on ${site}. Create it with Deskside’s button as an administrator, or name one by ERPNEXT_ADMIN and ERPNEXT_ADMIN_PASSWORD.`,
      );
    await erp.login(admin.email, admin.password);
    await erp.create('Custom Field', chatField(doctype, more));
    console.log(`${admin.email} created the field ${CHAT_FIELD} on ${doctype}.`);
    return () =>
      withSession(site, async (erp) => {
        await erp.login(admin.email, admin.password);
        await removeField(erp, `${doctype}-${CHAT_FIELD}`);
      });
  });
}

/** A list that asks for an unknown field is refused. */
export function hasChatField(erp: ErpClient, doctype: string): Promise<boolean> {
  return erp.list(doctype, { fields: ['name', CHAT_FIELD] }).then(
    () => true,
    (refused: Error) => {
      if (/\b417\b/.test(refused.message)) return false;
      throw refused;
    },
  );
}

function adminLogin(): { email: string; password: string } | null {
  const { ERPNEXT_ADMIN: email, ERPNEXT_ADMIN_PASSWORD: password } = process.env;
  return email && password ? { email, password } : null;
}

async function withSession<Result>(site: string, act: (erp: ErpClient) => Promise<Result>): Promise<Result> {
  const context = await request.newContext();
  try {
    return await act(erpClient(context, site));
  } finally {
    await context.dispose();
  }
}
