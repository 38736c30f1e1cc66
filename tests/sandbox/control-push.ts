import { Hono } from 'hono';
import type { LifecycleEvent, Push, PushSwitches } from './graph/push.ts';
import type { Tenant } from './tenant/tenant.ts';

/** One lifecycle notification: of a subscription, or of whatever is subscribed to a chat. */
export interface LifecycleOrder {
  subscriptionId?: string;
  chatId?: string;
  event: LifecycleEvent;
}

const EVENTS: LifecycleEvent[] = ['reauthorizationRequired', 'subscriptionRemoved', 'missed'];

/** The part of the control server that is Graph's side of change notifications; see graph/push.ts for the switches. */
export function createPushControl(tenant: Tenant, push: Push): Hono {
  const app = new Hono();
  app.post('/push', async (c) => {
    push.set((await c.req.json()) as PushSwitches);
    return c.json(push.switches);
  });
  app.post('/lifecycle', async (c) => {
    const { subscriptionId, chatId, event } = (await c.req.json()) as LifecycleOrder;
    if (!EVENTS.includes(event)) throw new Error(`No lifecycle event "${event}"; there are ${EVENTS.join(', ')}.`);
    const found = tenant.subscriptions
      .live(tenant.clock.now())
      .filter((one) => one.id === subscriptionId || one.threadId === chatId);
    if (found.length === 0) throw new Error('There is no such subscription.');
    for (const one of found) push.lifecycle(one, event);
    return c.json({ told: found.map(({ id }) => id) });
  });
  return app;
}
