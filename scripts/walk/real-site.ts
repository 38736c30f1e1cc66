import { request } from '@playwright/test';
import { hasChatField } from './chat-field.ts';
import { type ErpClient, erpClient } from './erp.ts';

/** A real ERPNext as the people named by the environment find it. */
export interface RealSite {
  /** Apps and versions, e.g. "Frappe 15.101.1, ERPNext 15.99.1". */
  apps: string;
  /** Doctypes with a panel that are there, and whether each has the field that keeps the chat. */
  chatFields: { doctype: string; there: boolean }[];
}

/**
 * Looks at the site before anything is done to it.
 * @param origin without a slash at the end
 * @throws with a sentence on what to mend: the address, a name, a password
 */
export async function visitRealSite(origin: string): Promise<RealSite> {
  const { env } = process;
  const people = [
    { email: env.ERPNEXT_USER_2 ?? '', password: env.ERPNEXT_PASSWORD_2 ?? '' },
    // Last, so that what is asked below is what this person sees.
    { email: env.ERPNEXT_USER ?? '', password: env.ERPNEXT_PASSWORD ?? '' },
  ];
  if (people[0]?.email === people[1]?.email)
    throw new Error('ERPNEXT_USER and ERPNEXT_USER_2 are one person; two are needed to talk.');
  for (const { email } of people)
    if (!email.includes('@'))
      throw new Error(
        `${email} is not an e-mail address: take people whose login is one, since Microsoft knows them by it.`,
      );
  const context = await request.newContext();
  try {
    const ping = await context.get(`${origin}/api/method/ping`).catch((error: Error) => {
      throw new Error(`${origin} does not answer: ${error.message.split('\n', 1)[0]}`);
    });
    if (!(await ping.text()).includes('pong')) throw new Error(`${origin} answers, but not as ERPNext does.`);
    const erp = erpClient(context, origin);
    if (env.ERPNEXT_ADMIN) await erp.login(env.ERPNEXT_ADMIN, env.ERPNEXT_ADMIN_PASSWORD ?? '');
    for (const { email, password } of people) {
      await erp.login(email, password);
      const desk = await (await context.get(`${origin}/app`)).text();
      const language = /<html[^>]*\slang="([^"]*)"/.exec(desk)?.[1];
      if (language && !language.startsWith('en'))
        throw new Error(`${email} sees Desk in "${language}": set their language to English, which the specs read.`);
      // Until then every page of Desk leads to the wizard, and no form ever opens.
      if (!isSetUp(desk))
        throw new Error(
          `${origin} was never set up: log in as Administrator, finish the setup wizard, and run the command again.`,
        );
    }
    return { apps: await appsOf(erp), chatFields: await chatFieldsOf(erp) };
  } finally {
    await context.dispose();
  }
}

/**
 * By the boot data in Desk's page (frappe/sessions.py, boot.py): 1 in v14, true in v15 and v16; the texts "0" and "1"
 * beside it are defaults that say nothing. A Desk that says nothing at all is let pass.
 */
export function isSetUp(desk: string): boolean {
  return !desk.includes('setup_complete') || /setup_complete\\?":\s*(1|true)\b/.test(desk);
}

async function appsOf(erp: ErpClient): Promise<string> {
  const apps = (await erp.call('frappe.utils.change_log.get_versions', {})) as Record<
    string,
    { title?: string; version?: string }
  >;
  return Object.entries(apps)
    .map(([name, { title, version }]) => `${title ?? name} ${version ?? ''}`.trim())
    .join(', ');
}

async function chatFieldsOf(erp: ErpClient): Promise<RealSite['chatFields']> {
  const found: RealSite['chatFields'] = [];
  for (const doctype of ['Event', 'Project']) {
    // Not there, or not for this person: then its specs say so and are left out.
    const listed = await erp.list(doctype, { fields: ['name'] }).catch(() => null);
    if (listed) found.push({ doctype, there: await hasChatField(erp, doctype) });
  }
  return found;
}
