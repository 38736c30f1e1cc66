import { type Context, Hono } from 'hono';
import type { Caller } from '../shell.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { sessionOf } from './browser-session.ts';
import { pickToLeavePage, signedOutPage } from './pages.ts';

/**
 * GET logout (OpenID Connect's end_session): ends one person's sign-in in this browser, not the refresh tokens already
 * given. Where several are signed in and none is named, it asks which.
 */
export function createLogout(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();
  app.get('/:authority/oauth2/v2.0/logout', (c) => {
    const session = sessionOf(c, tenant);
    const hint = c.req.query('logout_hint');
    const named = hint ? tenant.directory.bySignInName(hint)?.id : undefined;
    const known = (session?.userIds ?? []).flatMap((id) => tenant.directory.byId(id) ?? []);
    const query = new URL(c.req.url).search.slice(1);
    if (!named && known.length > 1)
      return c.html(pickToLeavePage({ action: `/${c.req.param('authority')}/logout`, query }, known));
    tenant.sessions.signOut(session, named);
    return leave(c, new URLSearchParams(query));
  });

  app.post('/:authority/logout', async (c) => {
    const form = await c.req.formData();
    tenant.sessions.signOut(sessionOf(c, tenant), String(form.get('account') ?? ''));
    return leave(c, new URLSearchParams(String(form.get('request') ?? '')));
  });

  function leave(c: Context, query: URLSearchParams) {
    const back = query.get('post_logout_redirect_uri');
    if (!back || !tenant.registration.platformOf(back)) return c.html(signedOutPage());
    const state = query.get('state');
    return c.redirect(state ? `${back}?state=${encodeURIComponent(state)}` : back, 302);
  }
  return app;
}
