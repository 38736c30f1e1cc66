import { type Context, Hono } from 'hono';
import type { Caller } from '../shell.ts';
import { type DirectoryUser, emailOf } from '../tenant/people.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { AadstsError } from './aadsts.ts';
import { answer, answerError } from './answer.ts';
import { type AuthorizeRequest, parseAuthorize, parseReturnAddress, type ReturnAddress } from './authorize-request.ts';
import { sessionOf, signInHere } from './browser-session.ts';
import { clientInfo } from './client-info.ts';
import { accountFor, checkAuthority, refusal } from './gates.ts';
import { adminApprovalPage, consentPage, errorPage, signInPage } from './pages.ts';

/** Where in the walk from the app's request to the answer the person stands. */
interface Step {
  c: Context<Caller>;
  request: AuthorizeRequest;
  /** The app's query as it came, carried through the forms. */
  query: string;
}

/**
 * GET authorize and the forms behind it (v2-oauth2-auth-code-flow): account, gates, consent, code. Each POST carries
 * the app's first query, so there is nothing to remember between pages but the browser's session.
 */
export function createAuthorize(tenant: Tenant): Hono<Caller> {
  const app = new Hono<Caller>();

  app.get('/:authority/oauth2/v2.0/authorize', (c) => withRequest(c, new URL(c.req.url).search.slice(1), begin));

  app.post('/:authority/login', async (c) => {
    const form = await c.req.formData();
    return withRequest(c, String(form.get('request') ?? ''), (step) => signIn(step, form));
  });

  app.post('/:authority/consent', async (c) => {
    const form = await c.req.formData();
    return withRequest(c, String(form.get('request') ?? ''), (step) => decide(step, form));
  });

  function withRequest(c: Context<Caller>, query: string, next: (step: Step) => Reply): Reply {
    const values = new URLSearchParams(query);
    const authority = c.req.param('authority') ?? '';
    let address: ReturnAddress;
    try {
      checkAuthority(tenant, authority);
      address = parseReturnAddress(tenant, values);
    } catch (error) {
      if (error instanceof AadstsError)
        return c.html(errorPage('Sorry, but we’re having trouble signing you in', error, null), 400);
      throw error;
    }
    try {
      return next({ c, query, request: parseAuthorize(tenant, authority, address, values) });
    } catch (error) {
      if (error instanceof AadstsError) return answerError(c, address, error, tenant.clock);
      throw error;
    }
  }

  /** Whom single sign-on gives, or the page that asks. */
  function begin(step: Step): Reply {
    const { request, c } = step;
    const known = signedInHere(c, request.domainHint);
    const hinted = request.loginHint ? known.filter((u) => answersTo(u, request.loginHint ?? '')) : known;
    if (request.prompt === 'none') return silently(step, known, hinted);
    const [only] = hinted;
    if (only && hinted.length === 1 && (request.prompt === null || request.prompt === 'consent'))
      return proceed(step, only);
    const offered = request.prompt === 'login' ? [] : known;
    return askWho(step, offered, request.loginHint, null);
  }

  function silently(step: Step, known: DirectoryUser[], hinted: DirectoryUser[]): Reply {
    const [only] = hinted;
    if (known.length === 0 || !only) throw new AadstsError(50058);
    if (hinted.length > 1) throw new AadstsError(16000);
    step.c.set('caller', emailOf(only));
    const refused = refusal(tenant, step.request.authority, only);
    // Whatever a person would have to see is "interaction required" to a silent request.
    if (refused) throw sameNumber(refused, 'interaction_required');
    if (missingScopes(step.request, only).length > 0) throw new AadstsError(65001, [step.request.clientId]);
    return giveCode(step, only);
  }

  function signIn(step: Step, form: FormData): Reply {
    const { c, request } = step;
    const picked = tenant.directory.byId(String(form.get('account') ?? ''));
    const known = signedInHere(c, request.domainHint);
    if (picked && known.includes(picked)) return proceed(step, picked);
    const typed = String(form.get('login') ?? '').trim();
    try {
      const user = accountFor(tenant, request.authority, typed);
      const refused = refusal(tenant, request.authority, user);
      // Turned away here, but signed in at Microsoft all the same: by home's tenant, or before the policy spoke.
      if (!refused || refused.number === 53003 || refused.number === 50020) signInHere(c, tenant, user.id);
      return proceed(step, user);
    } catch (error) {
      if (!(error instanceof AadstsError) || error.number !== 50034) throw error;
      const problem = "We couldn't find an account with that username. Try another account.";
      return askWho(step, known, typed, `${problem} (${error.message})`);
    }
  }

  function proceed(step: Step, user: DirectoryUser): Reply {
    const { c, request } = step;
    c.set('caller', emailOf(user));
    const refused = refusal(tenant, request.authority, user);
    if (refused) {
      const title =
        refused.number === 53003
          ? 'You cannot access this right now'
          : 'Sorry, but we’re having trouble signing you in';
      return c.html(errorPage(title, refused, refused.number === 53003 ? backWith(request, refused) : null));
    }
    const missing = missingScopes(request, user);
    if (missing.length === 0 && request.prompt !== 'consent') return giveCode(step, user);
    const consents = tenant.consentsFor(user.tenantId);
    const beyond = user.isAdmin ? [] : missing.filter((scope) => !consents.userMayGrant(scope));
    if (beyond.length > 0) {
      const error = new AadstsError(90094, ['Deskside']);
      return c.html(adminApprovalPage(backWith(request, error), user, beyond, error));
    }
    const listed = request.prompt === 'consent' ? request.graphScopes : missing;
    const form = { action: `/${request.authority}/consent`, query: step.query };
    return c.html(consentPage(form, user, listed, user.isAdmin ? 'offer' : 'no'));
  }

  function decide(step: Step, form: FormData): Reply {
    const { c, request } = step;
    const user = tenant.directory.byId(String(form.get('account') ?? ''));
    if (!user || !sessionOf(c, tenant)?.userIds.includes(user.id)) return askWho(step, [], request.loginHint, null);
    c.set('caller', emailOf(user));
    if (form.get('decision') !== 'accept') throw new AadstsError(65004);
    const consents = tenant.consentsFor(user.tenantId);
    const refused = refusal(tenant, request.authority, user);
    const mayGrant = missingScopes(request, user).every((scope) => user.isAdmin || consents.userMayGrant(scope));
    // A form from before the policy changed meets the policy of now.
    if (refused || !mayGrant) return proceed(step, user);
    if (user.isAdmin && form.get('everybody') === 'yes') consents.grantForAll(request.graphScopes);
    else consents.grant(user.id, request.graphScopes);
    return giveCode(step, user);
  }

  function giveCode({ c, request }: Step, user: DirectoryUser): Reply {
    const { clientId, redirectUri, platform, scopes, nonce, answersChallenges } = request;
    // A sign-in of now answers every challenge before now, as the age of its tokens shows Graph.
    const answered = Math.max(request.answered, Math.floor(tenant.clock.now() / 1000));
    const grant = { clientId, redirectUri, platform, scopes, nonce, answersChallenges, answered };
    const code = tenant.grants.issueCode({ ...grant, userId: user.id, tenantId: user.tenantId }, request.codeChallenge);
    const session = signInHere(c, tenant, user.id);
    return answer(c, request, { code, client_info: clientInfo(user), session_state: session.id });
  }

  function askWho(step: Step, accounts: DirectoryUser[], hint: string | null, problem: string | null): Reply {
    const form = { action: `/${step.request.authority}/login`, query: step.query };
    return step.c.html(signInPage(form, accounts, hint, problem));
  }

  function missingScopes(request: AuthorizeRequest, user: DirectoryUser): string[] {
    const granted = new Set(tenant.consentsFor(user.tenantId).grantedTo(user.id));
    return request.graphScopes.filter((scope) => !granted.has(scope));
  }

  function signedInHere(c: Context, domainHint: string | null): DirectoryUser[] {
    const ids = sessionOf(c, tenant)?.userIds ?? [];
    const users = ids.flatMap((id) => tenant.directory.byId(id) ?? []);
    const domain = domainHint && tenant.tenantIdOf(domainHint);
    return domain ? users.filter((u) => u.tenantId === domain) : users;
  }

  /** The address that "return to the application" leads to. */
  function backWith(to: ReturnAddress, error: AadstsError): string {
    const values = new URLSearchParams({ error: error.error, error_description: error.describe(tenant.clock) });
    if (to.state !== null) values.set('state', to.state);
    return `${to.redirectUri}${to.responseMode === 'query' ? '?' : '#'}${values.toString().replaceAll('+', '%20')}`;
  }

  return app;
}

type Reply = Response | Promise<Response>;

const answersTo = (user: DirectoryUser, hint: string) =>
  [emailOf(user), user.userPrincipalName.toLowerCase()].includes(hint.trim().toLowerCase());

const sameNumber = (error: AadstsError, code: string) =>
  Object.assign(new AadstsError(error.number, [], { error: code }), { message: error.message });
