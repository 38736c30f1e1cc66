import { Hono } from 'hono';
import type { Caller } from '../shell.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { sessionOf } from './browser-session.ts';
import { signedOutPage } from './pages.ts';

/** GET logout (OpenID Connect's end_session): ends the browser's sign-in, not the refresh tokens already given. */
export function createLogout(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();
  app.get('/:authority/oauth2/v2.0/logout', (c) => {
    const hint = c.req.query('logout_hint');
    const user = hint ? tenant.directory.bySignInName(hint) : undefined;
    tenant.sessions.signOut(sessionOf(c, tenant), user?.id);
    const back = c.req.query('post_logout_redirect_uri');
    if (!back || !tenant.registration.platformOf(back)) return c.html(signedOutPage());
    const state = c.req.query('state');
    return c.redirect(state ? `${back}?state=${encodeURIComponent(state)}` : back, 302);
  });
  return app;
}
