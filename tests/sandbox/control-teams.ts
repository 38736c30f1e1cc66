import { Hono } from 'hono';
import type { Tenant } from './tenant/tenant.ts';

/** The part of the control server that acts in teams and channels; see tenant/team-control.ts for the fields. */
export function createTeamsControl(tenant: Tenant): Hono {
  const app = new Hono();
  app.post('/teams', async (c) => c.json(tenant.createTeam(await c.req.json()), 201));
  app.patch('/teams', async (c) => {
    tenant.changeTeam(await c.req.json());
    return c.json({ ok: true });
  });
  app.post('/channel-messages', async (c) => c.json(tenant.postInChannel(await c.req.json()), 201));
  app.patch('/channel-messages', async (c) => {
    tenant.editChannelMessage(await c.req.json());
    return c.json({ ok: true });
  });
  app.delete('/channel-messages', async (c) => {
    tenant.deleteChannelMessage(await c.req.json());
    return c.json({ ok: true });
  });
  return app;
}
