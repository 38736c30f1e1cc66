import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { request } from '@playwright/test';
import { type ErpClient, erpClient } from './erp.ts';
import { ourFields, removeOurFields } from './our-fields.ts';

/** A document that a test made on a real site. */
export interface Made {
  doctype: string;
  name: string;
}

/** Writes down, where a run of acceptance asks for it, what a test is about to make or has made. */
export function noteMade(made: Made): void {
  const file = process.env.DESKSIDE_MADE;
  if (file) appendFileSync(file, `${JSON.stringify(made)}\n`);
}

/**
 * From here on the file tells what a run adds to a site. What a run that was broken off left there is removed first.
 * @returns removes what is left of this one; without an administrator nothing is known and nothing is removed.
 */
export async function keepTidy(origin: string, file: string): Promise<() => Promise<void>> {
  const { ERPNEXT_ADMIN: email, ERPNEXT_ADMIN_PASSWORD: password } = process.env;
  if (!email || !password) return async () => {};
  const tidy = () =>
    asAdmin(origin, { email, password }, async (admin) => {
      if (!existsSync(file)) return;
      const [first, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
      const before = JSON.parse(first!) as { origin: string; fields: string[] };
      if (before.origin !== origin) return;
      for (const line of lines.reverse()) await removeMade(admin, JSON.parse(line) as Made);
      await removeOurFields(admin, before.fields);
      rmSync(file);
    });
  await tidy();
  await asAdmin(origin, { email, password }, async (admin) => {
    rmSync(file, { force: true });
    appendFileSync(file, `${JSON.stringify({ origin, fields: await ourFields(admin) })}\n`);
  });
  return tidy;
}

/** A submitted document is cancelled first. What refuses to go is said: the run itself is over. */
export async function removeMade(admin: ErpClient, { doctype, name }: Made): Promise<void> {
  const document = await admin.get(doctype, name).catch(() => null);
  if (!document) return;
  try {
    if (document.docstatus === 1) await admin.call('frappe.client.cancel', { doctype, name });
    await admin.remove(doctype, name);
  } catch (refused) {
    console.log(`${doctype} ${name} stays: ${refused}`);
  }
}

async function asAdmin(
  origin: string,
  login: { email: string; password: string },
  act: (admin: ErpClient) => Promise<void>,
): Promise<void> {
  const context = await request.newContext();
  try {
    const admin = erpClient(context, origin);
    await admin.login(login.email, login.password);
    await act(admin);
  } finally {
    await context.dispose();
  }
}
