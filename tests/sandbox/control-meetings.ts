import { Hono } from 'hono';
import type { Tenant } from './tenant/tenant.ts';

/** The part of the control server that acts in Outlook and in meetings; see tenant/meeting-control.ts for the fields. */
export function createMeetingsControl(tenant: Tenant): Hono {
  const app = new Hono();
  app.post('/meetings', async (c) => c.json(tenant.createOutlookMeeting(await c.req.json()), 201));
  app.patch('/meetings', async (c) => {
    tenant.changeOutlookMeeting(await c.req.json());
    return c.json({ ok: true });
  });
  app.delete('/meetings', async (c) => {
    tenant.removeOutlookMeeting(await c.req.json());
    return c.json({ ok: true });
  });
  app.post('/meetings/answers', async (c) => {
    tenant.answerOutlookMeeting(await c.req.json());
    return c.json({ ok: true });
  });
  app.post('/meetings/held', async (c) => {
    tenant.holdMeeting(await c.req.json());
    return c.json({ ok: true });
  });
  return app;
}
