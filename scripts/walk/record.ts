import { request } from '@playwright/test';
import type { Sandbox } from '../../tests/sandbox/start.ts';
import { provideChatField } from './chat-field.ts';
import { type ErpClient, erpClient } from './erp.ts';

export interface WalkPerson {
  name: string;
  email: string;
  password: string;
}

/** The record that a walk is about, and the two people who walk. */
export interface WalkRecord {
  doctype: string;
  name: string;
  me: WalkPerson;
  colleague: WalkPerson;
  /** Takes away what was made for the walk. */
  remove(): Promise<void>;
}

/** The stand-in's Event EV00001 with Alice and Bob; on a real site an Event made for the walk by ERPNEXT_USER. */
export async function walkRecord(sandbox: Sandbox): Promise<WalkRecord> {
  if (sandbox.erpnext.real) return realRecord(sandbox.erpnext.real);
  return {
    doctype: 'Event',
    name: 'EV00001',
    me: sandboxPerson(sandbox, 'alice@contoso.test'),
    colleague: sandboxPerson(sandbox, 'bob@contoso.test'),
    remove: async () => {},
  };
}

function sandboxPerson(sandbox: Sandbox, email: string): WalkPerson {
  const user = sandbox.users.find((candidate) => candidate.email === email);
  if (!user) throw new Error(`The sandbox has no user ${email}.`);
  return user;
}

async function realRecord(site: string): Promise<WalkRecord> {
  const [me, colleague] = [credentials(''), credentials('_2')];
  const context = await request.newContext();
  const erp = erpClient(context, site);
  const takeBackField = await provideChatField(site, 'Event', me);
  await erp.login(me.email, me.password);
  const event = await erp.create('Event', {
    subject: `Deskside walk ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
    event_type: 'Public',
    starts_on: '2030-01-10 10:00:00',
    event_participants: [me, colleague].map(({ email }) => ({ reference_doctype: 'User', reference_docname: email })),
  });
  return {
    doctype: 'Event',
    name: event.name,
    me: { ...me, name: await fullName(erp, me.email) },
    colleague: { ...colleague, name: await fullName(erp, colleague.email) },
    remove: async () => {
      await removeRecord(erp, 'Event', event.name);
      await takeBackField();
      await context.dispose();
    },
  };
}

/** Most people may create an Event and not delete it: then the administrator does it, where one is named. */
async function removeRecord(erp: ErpClient, doctype: string, name: string): Promise<void> {
  const { ERPNEXT_ADMIN: admin, ERPNEXT_ADMIN_PASSWORD: password } = process.env;
  try {
    if (admin && password) await erp.login(admin, password);
    await erp.remove(doctype, name);
  } catch {
    console.log(`${doctype} ${name} could not be removed by ${admin ?? 'this person'}. Please delete it in ERPNext.`);
  }
}

function credentials(suffix: '' | '_2'): WalkPerson {
  const [email, password] = [process.env[`ERPNEXT_USER${suffix}`], process.env[`ERPNEXT_PASSWORD${suffix}`]];
  if (!email || !password) {
    throw new Error(
      `Set ERPNEXT_USER${suffix} and ERPNEXT_PASSWORD${suffix} to a person of this ERPNext, and run the command again.`,
    );
  }
  return { name: email, email, password };
}

/** People other than oneself can be listed, not opened. The names are those of ERPNext; Microsoft's may differ. */
async function fullName(erp: ErpClient, email: string): Promise<string> {
  return (
    (await erp.list('User', { filters: [['name', '=', email]], fields: ['full_name'] }))[0]?.full_name?.toString() ??
    email
  );
}
