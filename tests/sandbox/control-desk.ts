import { Hono } from 'hono';
import type { ControlledDesk } from './control.ts';
import type { DeskSwitches } from './desk/site.ts';

/** Switches of one site, by its flavour, or of all. */
export type DeskOrder = Partial<DeskSwitches> & { site?: string };

/** The part of the control server that an administrator of the sites' machine has; see desk/site.ts for the switches. */
export function createDeskControl(desks: Record<string, ControlledDesk>): Hono {
  const app = new Hono();
  app.post('/desk', async (c) => {
    const { site, ...switches } = (await c.req.json()) as DeskOrder;
    const meant = Object.entries(desks).filter(([name]) => !site || name === site);
    if (meant.length === 0) throw new Error(`The sandbox has no site ${site}.`);
    for (const [, desk] of meant) desk.set(switches);
    return c.json({ ok: true });
  });
  return app;
}
