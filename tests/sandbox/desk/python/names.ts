import { createHash, randomBytes } from 'node:crypto';
import { FrappeError, type Refusal, type ServerMessage, thrown } from '../errors.ts';
import type { Flavour } from '../flavour.ts';
import type { Site } from '../site.ts';
import { addToDate, builtins, JSON_NAMES, namespace } from './builtins.ts';
import { localNow, readDate, textOf } from './dates.ts';
import { database, getDoc, type Transaction } from './documents.ts';
import { beyond, PythonError } from './syntax.ts';
import { Dict, type Fn, fromJson, isType, type PyObject, text, truthy } from './values.ts';

/** One call of a script. */
export interface ScriptCall {
  site: Site;
  user: string;
  args: Record<string, unknown>;
  request: { method: string; url: string; headers: Headers };
  response: Dict;
  flags: Dict;
  messages: ServerMessage[];
  work: Transaction;
}

/** Names that safe_exec offers and this stand-in does not act on: whoever uses one is told so. */
const ELSEWHERE = {
  top: 'FrappeClient _ as_json dev_server get_next_link get_toc get_visible_columns guess_mimetype html2text is_job_queued run_script scrub style set callable chr complex divmod hash hex id issubclass oct ord pow slice zip bytes Exception ValueError KeyError TypeError',
  frappe:
    'attach_print bold call copy_doc date_format delete_doc enqueue errprint format format_date format_value get_all get_gravatar get_hooks get_last_doc get_list get_mapped_doc get_meta get_print get_system_settings make_delete_request make_get_request make_patch_request make_post_request make_put_request new_doc qb rename_doc render_template sanitize_html sendmail socketio_port time_format',
  db: 'add_index escape get_all get_default get_list get_single_value sql',
};
const NEWER: Record<Flavour, { top: string; frappe: string; db: string; utils: string }> = {
  v14: { top: 'get_shade', frappe: '', db: '', utils: 'convert_utc_to_user_timezone get_time_zone' },
  v15: {
    top: '',
    frappe: '',
    db: 'after_rollback before_commit before_rollback after_commit',
    utils: 'get_month sha256_hash',
  },
  v16: {
    top: 'orjson',
    frappe: 'json_handler website number_format',
    db: 'after_rollback before_commit before_rollback after_commit',
    utils:
      'get_month sha256_hash parse_json orjson_dumps add_trackers_to_url map_trackers parse_and_map_trackers_from_url get_year_ending',
  },
};
const UTILS =
  'DATETIME_FORMAT DATE_FORMAT TIME_FORMAT add_days add_months add_years ceil comma_and comma_or comma_sep compare convert_utc_to_system_timezone date_diff encode escape_html evaluate_filters expand_relative_urls filter_strip_join floor flt fmt_money format_date format_datetime format_duration format_time formatdate get_abbr get_absolute_url get_date_str get_datetime_in_timezone get_datetime_str get_eta get_filter get_first_day get_first_day_of_week get_host_name get_host_name_from_request get_last_day get_last_day_of_week get_link_to_form get_link_to_report get_number_format_info get_quarter_ending get_quarter_start get_system_timezone get_thumbnail_base64_for_image get_time get_time_str get_timedelta get_timespan_date_range get_timestamp get_url get_url_to_form get_url_to_list get_url_to_report get_url_to_report_with_filters get_user_date_format get_user_info_for_avatar get_user_time_format get_weekday get_weekdays get_year_start getdate global_date_format has_common image_to_base64 in_words is_html is_image is_invalid_date_string is_subset make_filter_dict make_filter_tuple markdown md_to_html money_in_words month_diff new_line_sep nowtime parse_val pdf_to_base64 pretty_date quote_urls quoted remainder round_based_on_smallest_currency_fraction rounded safe_div sanitize_column scrub_urls strip strip_html time_diff time_diff_in_hours to_markdown to_timedelta unique url_contains_port';

/** What `frappe.throw` and scripts may raise, with the status of each. source: frappe/exceptions.py */
const EXCEPTIONS: Record<string, Refusal['status']> = {
  ValidationError: 417,
  AuthenticationError: 401,
  PermissionError: 403,
  DoesNotExistError: 404,
  RateLimitExceededError: 429,
  TooManyRequestsError: 429,
  InvalidRequestError: 500,
};

/** All that a script finds when it begins. source: frappe/utils/safe_exec.py (get_safe_globals) */
export function safeNames(call: ScriptCall): Map<string, unknown> {
  const { site, user } = call;
  const { flavour } = site;
  const newer = NEWER[flavour];
  const form = fromJson(call.args, true);
  const utils = namespace(utilsOf(site), absentIn(`${UTILS} ${newer.utils}`, 'frappe.utils'));
  const db = namespace(database(site, user, call.work), absentIn(`${ELSEWHERE.db} ${newer.db}`, 'frappe.db'));
  const log: Fn = () => null;
  const frappe = namespace(
    {
      form_dict: form,
      flags: call.flags,
      response: call.response,
      request: requestOf(call),
      session: new Dict([['user', user]], true),
      user,
      full_name: site.store.find('User', user)?.full_name ?? 'Guest',
      get_fullname: ([email = user]: unknown[]) => site.store.find('User', text(email))?.full_name ?? email,
      lang: 'en',
      db,
      utils,
      get_url: () => site.origin(),
      get_doc: getDoc(site, user, call.work),
      get_cached_doc: getDoc(site, user, call.work),
      throw: raise,
      msgprint: ([message, title]: unknown[]) => {
        call.messages.push({ message: text(message), ...(title ? { title: text(title) } : {}) });
        return null;
      },
      log,
      log_error: log,
      ...Object.fromEntries(Object.entries(EXCEPTIONS).map(([name, status]) => [name, exception(name, status)])),
    },
    absentIn(`${ELSEWHERE.frappe} ${newer.frappe}`, 'frappe'),
  );
  const names = new Map<string, unknown>(builtins());
  for (const name of `${ELSEWHERE.top} ${newer.top}`.split(' ').filter(Boolean))
    names.set(name, () => {
      throw beyond(name, 0);
    });
  names.set('frappe', frappe);
  names.set('args', form);
  names.set('json', namespace(JSON_NAMES, absentIn('', 'json')));
  names.set('log', log);
  // From v15 on scripts may print; before there is nothing to print with.
  if (flavour !== 'v14') names.set('print', log);
  return names;
}

/** What the real one has is said to be missing here; anything else is a function that fails, as Frappe has it. */
function absentIn(offered: string, where: string): (name: string) => unknown {
  const known = new Set(offered.split(' '));
  return (name) => {
    if (known.has(name)) throw beyond(`${where}.${name}`, 0);
    return () => {
      throw new PythonError('AttributeError', `module has no attribute '${name}'`);
    };
  };
}

function utilsOf(site: Site): Record<string, unknown> {
  const now = () => localNow(site.clock.now());
  return {
    now: () => textOf(now().at),
    now_datetime: now,
    nowdate: () => textOf(now().at).slice(0, 10),
    today: () => textOf(now().at).slice(0, 10),
    get_datetime: ([value]: unknown[]) => (value === undefined ? now() : readDate(value)),
    time_diff_in_seconds: ([end, start]: unknown[]) => (readDate(end).at - readDate(start).at) / 1000,
    add_to_date: addToDate,
    cint: ([value]: unknown[]) => Math.trunc(Number(value)) || 0,
    cstr: ([value]: unknown[]) => (value === null ? '' : text(value)),
    generate_hash: ([given]: unknown[], named: Record<string, unknown>) =>
      randomBytes(32)
        .toString('hex')
        .slice(0, Number(named.length ?? given ?? 56)),
    ...(site.flavour === 'v14'
      ? {}
      : { sha256_hash: ([value]: unknown[]) => createHash('sha256').update(text(value)).digest('hex') }),
  };
}

function requestOf({ request }: ScriptCall): PyObject {
  const url = new URL(request.url);
  const reader = (read: (name: string) => string | null): PyObject => ({
    pyClass: 'Headers',
    attribute: (name) =>
      name === 'get' ? ([key, fallback = null]: unknown[]) => read(text(key)) ?? fallback : undefined,
  });
  const known: Record<string, unknown> = {
    method: request.method,
    path: url.pathname,
    url: request.url,
    headers: reader((name) => request.headers.get(name)),
    args: reader((name) => url.searchParams.get(name)),
  };
  return {
    pyClass: 'Request',
    attribute(name) {
      if (name in known || name.startsWith('__')) return known[name];
      throw beyond(`frappe.request.${name}`, 0);
    },
  };
}

/** `frappe.throw(message, exception, title)`. */
const raise: Fn = ([message = '', kind, title], named) => {
  const given = kind ?? named.exc;
  const type = isType(given) ? given.pyType : 'ValidationError';
  const heading = title ?? named.title;
  throw thrown(type, text(message), {
    status: EXCEPTIONS[type] ?? 417,
    ...(truthy(heading ?? null) ? { title: text(heading) } : {}),
  });
};

const exception = (pyType: string, status: Refusal['status']) => ({
  pyType,
  holds: () => false,
  call: () => {
    throw new FrappeError({ status, type: pyType, bare: true });
  },
});
