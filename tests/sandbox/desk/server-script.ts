/**
 * Server Scripts of type API: what `/api/method/<api_method>` does where one of them has that name.
 *
 * The Python that is understood here, a part of what RestrictedPython and frappe/utils/safe_exec.py let pass:
 * - statements: expressions, `x = …`, `x.y = …`, `x[y] = …`, `x += …` (not in v14, which has no `_inplacevar_`), `if`,
 *   `elif`, `else`, `for x in …`, `break`, `continue`, `pass`; comments, several on a line with `;`
 * - expressions: strings, numbers, True, False, None, lists, tuples (as lists), dicts, names, attributes, items, slices,
 *   calls with positional and named arguments, and/or/not, comparisons (chained, `in`, `is`), + - * / // %, `a if b else c`
 * - str: lower upper strip lstrip rstrip startswith endswith split replace join find count isalnum isalpha isdigit
 *   list: append extend index count pop; dict: get keys values items pop setdefault update
 * - builtins: str int float bool list tuple dict _dict len isinstance repr abs round range any all sum min max sorted
 *   enumerate print (from v15 on), json.loads, json.dumps
 * - frappe: form_dict (and `args`), request (method, path, url, headers.get, args.get), response, flags, session.user,
 *   user, full_name, get_fullname, lang, get_url, get_doc and get_cached_doc (doctype, name: fields, get, db_set,
 *   notify_update), throw, msgprint, log, log_error, the common exceptions
 * - frappe.db: get_value set_value exists count commit rollback; frappe.utils: now now_datetime nowdate today
 *   get_datetime time_diff_in_seconds add_to_date cint cstr generate_hash sha256_hash (from v15 on)
 * What RestrictedPython forbids is its own SyntaxError, and a name that safe_exec does not offer its own NameError or
 * AttributeError, as in the version at hand (there is no frappe.cache, frappe.local or frappe.publish_realtime). What the
 * real one knows and this one does not is a NotImplementedError that says so.
 */
import { FrappeError, type Refusal, thrown } from './errors.ts';
import { commit, rollback } from './python/documents.ts';
import { type ScriptCall, safeNames } from './python/names.ts';
import { parseScript } from './python/parse.ts';
import { checkRestricted } from './python/restrict.ts';
import { runScript } from './python/run.ts';
import { PythonError } from './python/syntax.ts';
import { Dict } from './python/values.ts';
import type { ScriptAnswer } from './script-answer.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** The script that answers a method's name; of two with one name, the one changed longest ago. source: server_script_utils.py */
export function scriptFor(site: Site, method: string): Doc | undefined {
  const key = site.flavour === 'v16' ? 'creation' : 'modified';
  return site.store
    .all('Server Script')
    .filter((one) => one.script_type === 'API' && !one.disabled && one.api_method === method)
    .sort((left, right) => (String(left[key]) < String(right[key]) ? -1 : 1))[0];
}

export type ScriptRequest = Pick<ScriptCall, 'user' | 'args' | 'request'>;

/**
 * Runs a script. What it tells pages and writes counts from the end of a request that may change things; that of a GET is
 * taken back, unless the script commits itself. source: server_script.py (execute_method), frappe/app.py (sync_database)
 */
export function runServerScript(site: Site, script: Doc, given: ScriptRequest): ScriptAnswer {
  limitRate(site, script, given);
  if (given.user === 'Guest' && !script.allow_guest)
    throw new FrappeError({ status: 403, type: 'PermissionError', bare: true });
  if (!site.switches.serverScripts) throw notEnabled(site);
  const work = { later: [], undo: [] };
  const response = new Dict([], true);
  const flags = new Dict([], true);
  const call: ScriptCall = { ...given, site, response, flags, messages: [], work };
  try {
    const statements = parseScript(String(script.script));
    checkRestricted(statements);
    runScript(statements, safeNames(call), site.flavour);
  } catch (error) {
    rollback(work);
    throw error instanceof PythonError ? pythonRefusal(error) : error;
  }
  if (['POST', 'PUT', 'DELETE', 'PATCH'].includes(given.request.method)) commit(work);
  else rollback(work);
  return { response, flags, messages: call.messages };
}

/** What saving a script warns of: it is kept all the same. source: server_script.py (check_if_compilable_…) */
export function compilationWarning(script: string): string | undefined {
  try {
    checkRestricted(parseScript(script));
    return undefined;
  } catch (error) {
    if (error instanceof PythonError) return error.message;
    throw error;
  }
}

/** From v15 on a script may have a limit of its own, by address and name. source: frappe/rate_limiter.py */
function limitRate(site: Site, script: Doc, { request }: ScriptRequest): void {
  if (site.flavour === 'v14' || !script.enable_rate_limit) return;
  const seconds = Number(script.rate_limit_seconds) || 86_400;
  const ip = request.headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '127.0.0.1';
  const key = `rl:${script.api_method}:${ip}:${seconds}`;
  const now = site.clock.now();
  const held = site.counters.get(key);
  const counter = held && held.until > now ? held : { count: 0, until: now + seconds * 1000 };
  counter.count += 1;
  site.counters.set(key, counter);
  if (counter.count > (Number(script.rate_limit_count) || 5))
    throw thrown(
      'RateLimitExceededError',
      'You hit the rate limit because of too many requests. Please try after sometime.',
      { status: 429 },
    );
}

function notEnabled(site: Site): FrappeError {
  const named = (error: FrappeError) => new FrappeError({ ...error.refusal, module: 'frappe.utils.safe_exec' });
  const type = 'ServerScriptNotEnabled';
  if (site.flavour === 'v14') return named(thrown(type, 'Please Enable Server Scripts', { status: 403 }));
  const target = site.flavour === 'v16' ? " target='_blank' rel='noopener noreferrer'" : '';
  const link = `<a href='https://frappeframework.com/docs/user/en/desk/scripting/server-script'${target}>Read the documentation to know more</a>`;
  const text = `Server Scripts are disabled. Please enable server scripts from bench configuration.<br>${link}`;
  return named(thrown(type, text, { status: 403, title: 'Server Scripts Disabled' }));
}

/** Python's own errors are a 500 with their class. */
function pythonRefusal(error: PythonError): FrappeError {
  const refusal: Refusal = { status: 500, type: error.type, module: '', text: `${error.type}: ${error.message}` };
  return new FrappeError({ ...refusal, bare: true });
}
