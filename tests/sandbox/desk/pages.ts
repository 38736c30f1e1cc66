import { readFileSync } from 'node:fs';
import { serveFile } from './attachments.ts';
import { bootOf } from './boot.ts';
import { TRAITS } from './flavour.ts';
import { deskHtml, loginHtml, messageHtml } from './page/html.ts';
import { serveRealtime } from './realtime.ts';
import { isDeskUser } from './roles.ts';
import type { Site } from './site.ts';
import { cookieLines, type Visit, visitOf } from './visit.ts';

const ASSETS = new URL('./page/', import.meta.url);
const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const RTL = new Set(['ar', 'fa', 'he', 'ps', 'ur']);

/** Everything that is no API: Desk under its prefix, the login page, the page's own files, the realtime stream. */
export function servePage(site: Site, request: Request, named: (caller: string) => void): Response {
  const url = new URL(request.url);
  const visit = visitOf(site, request);
  if (visit.session) named(visit.user);
  const { prefix } = TRAITS[site.flavour];
  const other = prefix === '/app' ? '/desk' : '/app';
  if (url.pathname.startsWith('/assets/sandbox/')) return asset(url.pathname.slice('/assets/sandbox/'.length));
  if (url.pathname === '/sandbox/realtime') {
    return visit.session ? serveRealtime(site, visit.user, request.signal) : new Response('', { status: 403 });
  }
  if (/^(\/private)?\/files\//.test(url.pathname)) return serveFile(site, url, visit);
  if (isUnder(url.pathname, other)) {
    return redirect(301, prefix + url.pathname.slice(other.length) + (site.flavour === 'v16' ? url.search : ''));
  }
  if (isUnder(url.pathname, prefix)) return desk(site, url, visit);
  if (url.pathname === '/login') return login(site, url, visit);
  if (url.pathname === '/') return redirect(302, visit.session ? prefix : '/login');
  return page(
    site,
    visit,
    404,
    messageHtml('Page not found', 'There is nothing at this address. Go back to Desk.', prefix),
  );
}

function desk(site: Site, url: URL, visit: Visit): Response {
  if (!visit.session)
    return redirect(301, `/login?redirect-to=${encodeURIComponent(url.pathname)}`, cookieLines(site, visit));
  if (!isDeskUser(visit.user)) {
    const text = 'You are not permitted to access this page. Ask your administrator for a role.';
    return page(site, visit, 403, messageHtml('Not Permitted', text, '/login'));
  }
  const record = site.store.find('User', visit.user);
  const lang = url.searchParams.get('_lang') ?? String(record?.language ?? 'en');
  const html = deskHtml({
    flavour: site.flavour,
    lang,
    direction: RTL.has(lang) ? 'rtl' : 'ltr',
    theme: String(record?.desk_theme ?? 'Light').toLowerCase(),
    boot: bootOf(site, visit.user, lang),
    csrfToken: visit.session.csrfToken,
  });
  return page(site, visit, 200, html);
}

function login(site: Site, url: URL, visit: Visit): Response {
  const back = url.searchParams.get('redirect-to') ?? '';
  const target = /^\/(?!\/)/.test(back) ? back : TRAITS[site.flavour].prefix;
  if (visit.session && isDeskUser(visit.user)) return redirect(302, target);
  return page(site, visit, 200, loginHtml(site.flavour, target));
}

function page(site: Site, visit: Visit, status: number, html: string): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store,no-cache,must-revalidate,max-age=0',
  });
  for (const line of cookieLines(site, visit)) headers.append('set-cookie', line);
  return new Response(html, { status, headers });
}

/** A browser would remember a bare 301 for ever and send a person who has logged in back to the login page. */
function redirect(status: 301 | 302, location: string, cookies: string[] = []): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store' });
  for (const line of cookies) headers.append('set-cookie', line);
  return new Response('', { status, headers });
}

function asset(name: string): Response {
  const type = TYPES[name.split('.').at(-1) ?? ''];
  if (!type || !/^[a-z0-9-]+\.(js|css)$/.test(name)) return new Response('Not found', { status: 404 });
  try {
    return new Response(readFileSync(new URL(name, ASSETS)), {
      headers: { 'content-type': type, 'cache-control': 'no-store' },
    });
  } catch {
    return new Response('Not found', { status: 404 });
  }
}

const isUnder = (path: string, prefix: string): boolean => path === prefix || path.startsWith(`${prefix}/`);
