import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Caller, Clock } from '../shell.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { createAdminConsent } from './admin-consent.ts';
import { createAuthorize } from './authorize.ts';
import { createDiscovery } from './discovery.ts';
import { createLogout } from './logout.ts';
import { createTokenEndpoint } from './token-endpoint.ts';

/** The stand-in for login.microsoftonline.com. */
export function createEntra({ tenant, clock }: { tenant: Tenant; clock: Clock }): { app: Hono<Caller> } {
  const app = new Hono<Caller>();

  app.use('*', async (c, next) => {
    await next();
    c.header('x-ms-request-id', randomUUID());
    c.header('Date', new Date(clock.now()).toUTCString());
    c.header('P3P', 'CP="DSP CUR OTPi IND OTRi ONL FIN"');
  });
  // Any origin may redeem: an extension's is not matched against the redirect URI.
  app.use('/:authority/oauth2/v2.0/token', cors({ origin: (origin) => origin, allowMethods: ['POST', 'OPTIONS'] }));

  app.route('/', createAuthorize(tenant));
  app.route('/', createTokenEndpoint(tenant));
  app.route('/', createDiscovery(tenant));
  app.route('/', createLogout(tenant));
  app.route('/', createAdminConsent(tenant));
  app.all('*', (c) => c.text('Not found', 404));
  return { app };
}
