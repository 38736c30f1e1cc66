import { type Context, Hono } from 'hono';
import type { Caller } from '../shell.ts';
import { type DirectoryUser, emailOf } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { AadstsError } from './aadsts.ts';
import { answer, answerError } from './answer.ts';
import { graphScopes, parseReturnAddress, type ReturnAddress } from './authorize-request.ts';
import { sessionOf, signInHere } from './browser-session.ts';
import { accountFor, checkAuthority, refusal } from './gates.ts';
import { adminApprovalPage, consentPage, errorPage, signInPage } from './pages.ts';

/**
 * GET {tenant}/v2.0/adminconsent (v2-admin-consent): an administrator signs in, sees the scopes and grants them for
 * everybody; the answer comes back in the query, `admin_consent=True`.
 */
export function createAdminConsent(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();

  app.get('/:authority/v2.0/adminconsent', (c) => walk(c, new URL(c.req.url).search.slice(1)));
  app.post('/:authority/v2.0/adminconsent', async (c) => {
    const form = await c.req.formData();
    return walk(c, String(form.get('request') ?? ''), form);
  });

  function walk(c: Context<Caller>, query: string, form?: FormData): Response | Promise<Response> {
    const values = new URLSearchParams(query);
    const authority = c.req.param('authority') ?? '';
    let to: ReturnAddress | undefined;
    try {
      checkAuthority(tenant, authority);
      to = { ...parseReturnAddress(tenant, values), responseMode: 'query' };
      return step(c, authority, to, query, graphScopes((values.get('scope') ?? '').split(' ').filter(Boolean)), form);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      return to
        ? answerError(c, to, error, tenant.clock)
        : c.html(errorPage('Sorry, but we’re having trouble signing you in', error, null), 400);
    }
  }

  function step(
    c: Context<Caller>,
    authority: string,
    to: ReturnAddress,
    query: string,
    scopes: string[],
    form?: FormData,
  ) {
    const page = { action: `/${authority}/v2.0/adminconsent`, query };
    const known = (sessionOf(c, tenant)?.userIds ?? []).flatMap((id) => tenant.directory.byId(id) ?? []);
    const typed = String(form?.get('login') ?? '');
    const user = typed ? signIn(c, authority, typed) : known.find((u) => u.id === form?.get('account'));
    if (!user) return c.html(signInPage(page, known, null, null));
    c.set('caller', emailOf(user));
    const refused = refusal(tenant, authority, user);
    if (refused) return c.html(errorPage('You cannot access this right now', refused, null));
    if (!user.isAdmin) {
      const error = new AadstsError(90094, ['Deskside']);
      return c.html(adminApprovalPage(to.redirectUri, user, scopes, error));
    }
    const decision = form?.get('decision');
    if (decision === 'cancel') throw new AadstsError(65004);
    if (decision !== 'accept') return c.html(consentPage(page, user, scopes, 'always'));
    tenant.consentsFor(user.tenantId).grantForAll(scopes);
    return answer(c, to, { admin_consent: 'True', tenant: user.tenantId, scope: scopes.join(' ') });
  }

  function signIn(c: Context<Caller>, authority: string, typed: string): DirectoryUser {
    const user = accountFor(tenant, authority, typed);
    if (user.accountEnabled) signInHere(c, tenant, user.id);
    return user;
  }

  return app;
}
