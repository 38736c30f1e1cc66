import type { HonoRequest } from 'hono';
import { argsOf, type Call, isUnsafe, pathOf } from './call.ts';
import { errorBody, FrappeError, type Refusal, thrown } from './errors.ts';
import { TRAITS } from './flavour.ts';
import { serveMethod } from './methods.ts';
import { mayNotRead } from './permissions.ts';
import { type Answer, serveResource, serveV2Document } from './rest.ts';
import { isDeskUser, roleRights } from './roles.ts';
import type { Site } from './site.ts';
import { USERS } from './users.ts';
import { cookieLines, farewell, type Visit, visitOf } from './visit.ts';

/** Everything under /api. `named` is told who calls, before anything is done. */
export async function serveApi(
  site: Site,
  request: HonoRequest,
  named: (caller: string) => void,
  commitLate = 0,
): Promise<Response> {
  const visit = visitOf(site, request.raw);
  if (visit.session) named(visit.user);
  const path = pathOf(request);
  try {
    const args = await argsOf(request);
    const method = path.slice(2).join('/');
    if (path[1] === 'method' && method === 'login') return login(site, args, named);
    checkCsrf(visit, request, args);
    if (path[1] === 'method' && method === 'logout') return logout(site, visit);
    const answer = await dispatch(site, {
      method: request.method,
      path,
      args,
      user: visit.user,
      url: request.url,
      headers: request.raw.headers,
      commitLate,
    });
    return answer.raw ? respondRaw(site, visit, answer.raw) : respond(site, visit, answer.status ?? 200, answer.body);
  } catch (error) {
    if (!(error instanceof FrappeError)) throw error;
    const refusal = asTold(site, visit.user, error.refusal);
    if (path[1] === 'v2') return respond(site, visit, refusal.status, v2Errors(site, refusal));
    return respond(site, visit, refusal.status, errorBody(site.flavour, refusal, visit.expired));
  }
}

/** source: frappe/permissions.py (handle_does_not_exist_error, from v15 on) */
function asTold(site: Site, user: string, refusal: Refusal): Refusal {
  const { missingFrom } = refusal;
  const mayRead = !missingFrom || roleRights(site.flavour, user, missingFrom).has('read');
  return site.flavour === 'v14' || mayRead ? refusal : mayNotRead(user, missingFrom);
}

async function dispatch(site: Site, call: Call): Promise<Answer> {
  if (call.path[1] === 'resource' && call.path[2]) return serveResource(site, call);
  if (call.path[1] === 'method') return serveMethod(site, call);
  if (call.path[1] === 'v2' && site.flavour !== 'v14') return serveV2(site, call);
  return { status: 404, body: {} };
}

async function serveV2(site: Site, call: Call): Promise<Answer> {
  if (call.path[2] === 'document' && call.path[4]) return serveV2Document(site, call);
  if (call.path[2] !== 'method') return { status: 404, body: {} };
  const answer = await serveMethod(site, { ...call, path: call.path.slice(1) });
  return { body: { data: (answer.body as { message?: unknown }).message } };
}

/** source: frappe/auth.py (validate_csrf_token) */
function checkCsrf(visit: Visit, request: HonoRequest, args: Record<string, unknown>): void {
  if (!visit.session || !isUnsafe(request.method)) return;
  const given = request.header('x-frappe-csrf-token') || args.csrf_token;
  if (given !== visit.session.csrfToken) throw thrown('CSRFTokenError', 'Invalid Request', { status: 400 });
}

/** source: frappe/auth.py (LoginManager) */
function login(site: Site, args: Record<string, unknown>, named: (caller: string) => void): Response {
  const given = String(args.usr ?? '')
    .trim()
    .toLowerCase();
  const person = USERS.find((one) => one.email.toLowerCase() === given && one.password === args.pwd);
  const email = person?.email ?? given;
  const record = site.store.find('User', email);
  if (!person || !record?.enabled) {
    const refusal: Refusal = {
      status: 401,
      type: 'AuthenticationError',
      bare: true,
      message: person ? 'User disabled or missing' : 'Invalid login credentials',
    };
    return respond(
      site,
      { user: 'Guest', expired: false, returning: false },
      401,
      errorBody(site.flavour, refusal, false),
    );
  }
  named(email);
  const session = site.sessions.open(email, site.clock.now());
  const desk = isDeskUser(email);
  const body = {
    message: desk ? 'Logged In' : 'No App',
    home_page: desk ? TRAITS[site.flavour].homePage : '/me',
    full_name: record.full_name,
  };
  return respond(site, { user: email, session, expired: false, returning: false }, 200, body, true);
}

function logout(site: Site, visit: Visit): Response {
  if (visit.session) site.sessions.close(visit.session.sid);
  const response = respond(site, { user: 'Guest', expired: false, returning: false }, 200, {});
  for (const line of farewell()) response.headers.append('set-cookie', line);
  return response;
}

function respond(site: Site, visit: Visit, status: number, body: unknown, fresh = false): Response {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (site.flavour === 'v16') {
    headers.set('cache-control', 'no-store,no-cache,must-revalidate,max-age=0');
    if (status === 403) {
      const resource = `${site.origin()}/.well-known/oauth-protected-resource`;
      headers.set('www-authenticate', `Bearer resource_metadata="${resource}"`);
    }
  }
  for (const line of cookieLines(site, visit, fresh)) headers.append('set-cookie', line);
  return new Response(JSON.stringify(body), { status, headers });
}

function respondRaw(site: Site, visit: Visit, { content, headers }: NonNullable<Answer['raw']>): Response {
  const all = new Headers(headers);
  if (site.flavour === 'v16') all.set('cache-control', 'no-store,no-cache,must-revalidate,max-age=0');
  for (const line of cookieLines(site, visit)) all.append('set-cookie', line);
  return new Response(content, { headers: all });
}

function v2Errors(site: Site, refusal: Refusal): unknown {
  const [first] = refusal.messages ?? [];
  const error = {
    type: refusal.type,
    ...(refusal.terse ? {} : { exception: 'Traceback (most recent call last):' }),
    message: first?.message ?? refusal.text ?? '',
    ...(site.flavour === 'v16' ? { as_table: false } : {}),
    title: first?.title ?? 'Message',
    indicator: first?.indicator ?? 'red',
  };
  return { errors: [error] };
}
