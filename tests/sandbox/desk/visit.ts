import { TRAITS } from './flavour.ts';
import { isDeskUser } from './roles.ts';
import type { Session } from './sessions.ts';
import type { Site } from './site.ts';

/** Who a request comes from, by its `sid` cookie. */
export interface Visit {
  user: string;
  session?: Session;
  /** A `sid` that no longer is one: Frappe answers 403 with session_expired and takes the cookies away. */
  expired: boolean;
  /** The browser has our cookies already (a Guest's too). */
  returning: boolean;
}

export function visitOf(site: Site, request: Request): Visit {
  const sid = cookies(request).get('sid');
  if (!sid || sid === 'Guest') return { user: 'Guest', expired: false, returning: sid === 'Guest' };
  const session = site.sessions.find(sid, site.clock.now(), TRAITS[site.flavour].sessionAge);
  return session
    ? { user: session.email, session, expired: false, returning: true }
    : { user: 'Guest', expired: true, returning: false };
}

/**
 * Set-Cookie lines. v14 and v15 send all of them with every answer; v16 renews `sid` alone, but for a login (`fresh`)
 * and for a browser that comes for the first time.
 */
export function cookieLines(site: Site, visit: Visit, fresh = false): string[] {
  const { sessionAge } = TRAITS[site.flavour];
  const until = new Date(site.clock.now() + sessionAge * 1000).toUTCString();
  const sid = `sid=${visit.session?.sid ?? 'Guest'}; Expires=${until}; Max-Age=${sessionAge}; HttpOnly; Path=/; SameSite=Lax`;
  const names = ['system_user', 'full_name', 'user_id', site.flavour === 'v16' ? 'user_lang' : 'user_image'];
  const values = [
    visit.session && isDeskUser(visit.user) ? 'yes' : 'no',
    encodeURIComponent(String(site.store.find('User', visit.user)?.full_name ?? 'Guest')),
    encodeURIComponent(visit.user),
    site.flavour === 'v16' ? String(site.store.find('User', visit.user)?.language ?? 'en') : '',
  ];
  const readable = names.map((name, index) => `${name}=${values[index]}; Path=/; SameSite=Lax`);
  if (site.flavour === 'v16' && visit.returning && !fresh) return [sid];
  return [sid, ...readable, ...(visit.expired ? farewell(['sid', 'user_image', ...names]) : [])];
}

/** Lines that take cookies away. */
export function farewell(names = ['sid', 'system_user', 'full_name', 'user_id', 'user_image', 'user_lang']): string[] {
  return [...new Set(names)].map((name) => `${name}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/`);
}

function cookies(request: Request): Map<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((one) => one.trim());
  return new Map(pairs.filter(Boolean).map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
}
