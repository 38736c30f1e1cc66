import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Session } from '../tenant/sessions.ts';
import type { Tenant } from '../tenant/tenant.ts';

const COOKIE = 'ESTSAUTHPERSISTENT';
const NINETY_DAYS = 90 * 24 * 3600;

/** The sign-in session of the browser that asks. */
export function sessionOf(c: Context, tenant: Tenant): Session | undefined {
  return tenant.sessions.find(getCookie(c, COOKIE));
}

/** Notes the person as signed in in this browser and gives it the cookie. */
export function signInHere(c: Context, tenant: Tenant, userId: string): Session {
  const session = tenant.sessions.signIn(sessionOf(c, tenant), userId);
  setCookie(c, COOKIE, session.id, { path: '/', secure: true, httpOnly: true, sameSite: 'None', maxAge: NINETY_DAYS });
  return session;
}
