import { Hono } from 'hono';
import type { MovableClock } from './clock.ts';
import { createDeskControl } from './control-desk.ts';
import { createMeetingsControl } from './control-meetings.ts';
import { createPushControl } from './control-push.ts';
import { createTeamsControl } from './control-teams.ts';
import type { DeskSwitches } from './desk/site.ts';
import type { FaultRule, Faults } from './faults.ts';
import type { Push } from './graph/push.ts';
import type { RequestLog } from './record.ts';
import { applyTenantSwitches, type TenantSwitches } from './switches.ts';
import type { MessageRecord } from './tenant/chat-records.ts';
import type { Presence } from './tenant/presences.ts';
import type { Tenant } from './tenant/tenant.ts';

/** A stand-in ERPNext, as far as the control server needs it. */
export interface ControlledDesk {
  state(): unknown;
  reset(): void;
  /** So many more users, see staff.ts. */
  hireStaff(count: number): void;
  set(switches: Partial<DeskSwitches>): void;
}

/**
 * The sandbox's control server: what a test, or a person with curl, tells the stand-ins from outside. JSON in and out;
 * what it cannot do is answered 400 with a sentence in `error`.
 */
export function createControl(parts: {
  clock: MovableClock;
  log: RequestLog;
  faults: Faults;
  tenant: Tenant;
  push: Push;
  desks: Record<string, ControlledDesk>;
  /** Drops ERPNext logins. */
  endSessions(): void;
}): Hono {
  const { clock, log, faults, tenant, push, desks } = parts;
  const app = new Hono();
  app.onError((error, c) => c.json({ error: error.message }, 400));
  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path} here.`, routes: routesOf(app) }, 404));

  // Whatever was done to a chat here is told to those who subscribed to it.
  app.use('*', async (_c, next) => {
    await next();
    push.scan();
  });

  app.get('/requests', (c) => c.body(log.lines(), 200, { 'content-type': 'application/jsonl; charset=utf-8' }));
  app.delete('/requests', (c) => {
    log.clear();
    return c.json({ ok: true });
  });

  app.get('/faults', (c) => c.json(faults.list()));
  app.post('/faults', async (c) => {
    const given = (await c.req.json()) as FaultRule | FaultRule[];
    faults.add(Array.isArray(given) ? given : [given]);
    return c.json(faults.list());
  });
  app.delete('/faults', (c) => {
    faults.clear();
    return c.json({ ok: true });
  });

  app.get('/clock', (c) => c.json({ now: clock.now() }));
  app.post('/clock', async (c) => {
    moveClock(clock, await c.req.json());
    return c.json({ now: clock.now() });
  });

  // What colleagues do in Teams itself; see tenant/control.ts for the fields.
  app.post('/messages', async (c) => c.json(told(tenant.addMessage(await c.req.json())), 201));
  app.patch('/messages', async (c) => c.json(told(tenant.editMessage(await c.req.json()))));
  app.delete('/messages', async (c) => {
    tenant.deleteMessage(await c.req.json());
    return c.json({ ok: true });
  });
  app.post('/events', async (c) => c.json(told(tenant.addEvent(await c.req.json())), 201));
  app.post('/reactions', async (c) => {
    tenant.react(await c.req.json());
    return c.json({ ok: true });
  });
  app.post('/chats', async (c) => c.json({ id: tenant.createGroupChat(await c.req.json()) }, 201));
  app.post('/chats/many', async (c) => c.json({ ids: tenant.createManyChats(await c.req.json()) }, 201));
  app.post('/history', async (c) => c.json({ ids: tenant.fillHistory(await c.req.json()) }, 201));
  app.patch('/chats', async (c) => {
    tenant.renameChat(await c.req.json());
    return c.json({ ok: true });
  });
  // What Teams shows of somebody from now on; see tenant/presences.ts for the words.
  app.post('/presence', async (c) => {
    const { email, ...presence } = (await c.req.json()) as { email: string } & Presence;
    tenant.presences.set(tenant.directory.require(email).id, presence);
    return c.json({ ok: true });
  });
  app.post('/members', async (c) => {
    tenant.changeMembers(await c.req.json());
    return c.json({ ok: true });
  });
  app.route('/', createTeamsControl(tenant));
  app.route('/', createMeetingsControl(tenant));
  app.route('/', createPushControl(tenant, push));
  app.route('/', createDeskControl(desks));
  app.post('/tenant', async (c) => {
    applyTenantSwitches(tenant, (await c.req.json()) as TenantSwitches);
    return c.json({ ok: true });
  });

  // A company of so many, on every site and in the tenant.
  app.post('/staff', async (c) => {
    const { count } = (await c.req.json()) as { count: number };
    tenant.directory.hireStaff(count);
    for (const desk of Object.values(desks)) desk.hireStaff(count);
    return c.json({ ok: true });
  });

  app.get('/state', (c) => {
    const last = c.req.query('last');
    const told = tenant.state(last === undefined ? undefined : Number(last));
    return c.json({ now: clock.now(), ...told, documents: mapValues(desks, (desk) => desk.state()) });
  });
  app.post('/reset', (c) => {
    faults.clear();
    clock.reset();
    log.clear();
    tenant.reset();
    push.reset();
    parts.endSessions();
    for (const desk of Object.values(desks)) desk.reset();
    return c.json({ ok: true });
  });
  return app;
}

/** `{now}` in ms since 1970 or as ISO text sets it, `{advance}` in ms moves it on. */
function moveClock(clock: MovableClock, order: { now?: number | string; advance?: number }): void {
  const now = typeof order.now === 'string' ? Date.parse(order.now) : order.now;
  if (now !== undefined && Number.isFinite(now)) clock.set(now);
  else if (order.advance !== undefined && Number.isFinite(order.advance)) clock.advance(order.advance);
  else throw new Error('Give {"now": milliseconds or ISO time} or {"advance": milliseconds}.');
}

/** A message without its images' bytes, of which tests get the ids. */
const told = ({ hosted, ...message }: MessageRecord) => ({ ...message, hosted: hosted.map(({ id }) => id) });

function mapValues<In, Out>(record: Record<string, In>, change: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function routesOf(app: Hono): string[] {
  return app.routes.map((route) => `${route.method} ${route.path}`);
}
