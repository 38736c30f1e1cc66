import { assign } from './assign.ts';
import type { Call } from './call.ts';
import { addComment, updateComment } from './comments.ts';
import { FrappeError, serverMessages, thrown } from './errors.ts';
import { TRAITS } from './flavour.ts';
import { docInfo, getDoc, getDocType, hasPermission } from './form.ts';
import { existing } from './lookup.ts';
import { checkMayGet } from './permissions.ts';
import { type ListArgs, listDocs, parse } from './query.ts';
import { deleteDoc, renameDoc, shareDoc } from './records.ts';
import { asDict } from './render.ts';
import type { Answer } from './rest.ts';
import { roleRights } from './roles.ts';
import { insertDoc, updateDoc } from './save.ts';
import { answerOf } from './script-answer.ts';
import { people, searchLink, validateLink } from './search.ts';
import { runServerScript, scriptFor } from './server-script.ts';
import type { Site } from './site.ts';
import { SITE_TIME_ZONE } from './time.ts';

type Method = (site: Site, user: string, args: Record<string, unknown>, call: Call) => unknown;

const SCRIPTS_ENABLED = 'frappe.core.doctype.server_script.server_script.enabled';

/** Methods that answer `{"message": …}`; of those in WRITES a GET is refused. */
const METHODS: Record<string, Method> = {
  'frappe.auth.get_logged_user': (_site, user) => user,
  'frappe.client.get_time_zone': () => ({ time_zone: SITE_TIME_ZONE }),
  'frappe.client.get_value': getValue,
  'frappe.client.get_list': (site, user, args) => listDocs(site, user, String(args.doctype), args as ListArgs),
  'frappe.client.get_count': (site, user, args) =>
    listDocs(site, user, String(args.doctype), { ...(args as ListArgs), fields: ['name'], limit_page_length: 0 })
      .length,
  'frappe.client.get': (site, user, args) => {
    const name = args.name ? String(args.name) : firstName(site, user, args);
    const doc = existing(site, String(args.doctype), name);
    checkMayGet(site.store, user, doc);
    return asDict(site.store, doc, { nulls: true });
  },
  'frappe.client.set_value': setValue,
  'frappe.client.insert': (site, user, args) =>
    asDict(site.store, insertDoc(site, user, object(args.doc)), { nulls: true }),
  'frappe.client.save': (site, user, args) => saveWhole(site, user, object(args.doc)),
  'frappe.client.submit': (site, user, args) => saveWhole(site, user, { ...object(args.doc), docstatus: 1 }),
  'frappe.client.cancel': (site, user, args) =>
    asDict(site.store, updateDoc(site, user, String(args.doctype), String(args.name), { docstatus: 2 }), {
      nulls: true,
    }),
  'frappe.client.delete': (site, user, args) => deleteDoc(site, user, String(args.doctype), String(args.name)) ?? null,
  'frappe.client.has_permission': hasPermission,
  'frappe.client.validate_link': validateLink,
  'frappe.client.rename_doc': (site, user, args) =>
    renameDoc(site, user, String(args.doctype), String(args.old_name), String(args.new_name)),
  'frappe.model.rename_doc.update_document_title': updateTitle,
  'frappe.share.add': (site, user, args) => shareDoc(site, user, args),
  'frappe.desk.form.utils.add_comment': addComment,
  'frappe.desk.form.utils.update_comment': updateComment,
  'frappe.desk.form.assign_to.add': (site, user, args) => assign(site, user, args),
  // Whoever may not read scripts is answered nothing.
  [SCRIPTS_ENABLED]: (site, user) =>
    roleRights(site.flavour, user, 'Server Script').has('read') ? site.switches.serverScripts : undefined,
  'frappe.desk.search.get_names_for_mentions': (site, _user, args) =>
    people(site, String(args.search_term ?? '')).map((one) => ({ id: one.name, value: one.full_name })),
  'frappe.utils.change_log.get_versions': (site) => {
    const { versions, titles } = TRAITS[site.flavour];
    return {
      frappe: { title: titles.frappe, description: 'A stand-in', branch: '', version: versions.frappe },
      erpnext: { title: titles.erpnext, description: 'A stand-in', branch: '', version: versions.erpnext },
    };
  },
};

const WRITES = new Set([
  ...'set_value insert save submit cancel delete rename_doc'.split(' ').map((name) => `frappe.client.${name}`),
  'frappe.model.rename_doc.update_document_title',
  'frappe.share.add',
  'frappe.desk.form.utils.add_comment',
  'frappe.desk.form.assign_to.add',
  'frappe.desk.form.save.savedocs',
]);

/** Methods whose answer is no `message`. */
const WHOLE: Record<string, Method> = {
  'frappe.desk.form.load.getdoc': (site, user, args) => getDoc(site, user, String(args.doctype), String(args.name)),
  'frappe.desk.form.load.getdoctype': (site, _user, args) => getDocType(site, String(args.doctype)),
  'frappe.desk.form.load.get_docinfo': (site, user, args) => {
    const doc = existing(site, String(args.doctype), String(args.name));
    checkMayGet(site.store, user, doc);
    return { docinfo: docInfo(site, user, doc) };
  },
  'frappe.desk.form.save.savedocs': saveDocs,
  'frappe.desk.search.search_link': searchLink,
};

/** /api/method/NAME for a person or a Guest. source: frappe/handler.py */
export async function serveMethod(site: Site, call: Call): Promise<Answer> {
  const name = call.path.slice(2).join('/');
  const script = scriptFor(site, name);
  if (script) return answerOf(site, runServerScript(site, script, scriptRequest(call, name)));
  if (name === 'ping') return { body: { message: 'pong' } };
  const absent =
    (site.flavour === 'v16' && name === 'frappe.client.validate_link') ||
    (site.flavour === 'v14' && name === SCRIPTS_ENABLED);
  const known = !absent && (Object.hasOwn(METHODS, name) || Object.hasOwn(WHOLE, name));
  if (!known) throw noSuchMethod(name);
  if (call.user === 'Guest') throw notForGuests(site, name);
  if (WRITES.has(name) && !allowedMethods(name).has(call.method))
    throw thrown('PermissionError', 'Not permitted', { status: 403 });
  const whole = WHOLE[name];
  if (whole) return { body: await whole(site, call.user, call.args, call) };
  return { body: { message: await METHODS[name]?.(site, call.user, call.args, call) } };
}

/** `cmd` is among the arguments, as the handler leaves it there. */
const scriptRequest = ({ user, args, method, url, headers }: Call, cmd: string) => ({
  user,
  args: { ...args, cmd },
  request: { method, url, headers },
});

const allowedMethods = (name: string) => (name === 'frappe.client.delete' ? DELETING : WRITING);
const WRITING = new Set(['POST', 'PUT']);
const DELETING = new Set(['POST', 'DELETE']);

function getValue(site: Site, user: string, args: Record<string, unknown>): unknown {
  const raw = parse(args.filters);
  const filters = typeof raw === 'string' ? { name: raw } : raw;
  const fields = parse(args.fieldname) ?? 'name';
  const rows = listDocs(site, user, String(args.doctype), {
    filters,
    fields: Array.isArray(fields) ? fields : [fields],
    parent: args.parent,
    limit_page_length: 1,
  });
  return rows[0] ?? {};
}

function firstName(site: Site, user: string, args: Record<string, unknown>): string {
  const rows = listDocs(site, user, String(args.doctype), { filters: args.filters, limit_page_length: 1 });
  return String(rows[0]?.name ?? 'None');
}

function setValue(site: Site, user: string, args: Record<string, unknown>): unknown {
  const fieldname = parse(args.fieldname);
  const values = fieldname && typeof fieldname === 'object' ? fieldname : { [String(fieldname)]: args.value };
  const doc = updateDoc(site, user, String(args.doctype), String(args.name), values as Record<string, unknown>);
  return asDict(site.store, doc, { nulls: true });
}

function saveWhole(site: Site, user: string, doc: Record<string, unknown>): unknown {
  return asDict(site.store, updateDoc(site, user, String(doc.doctype), String(doc.name), doc), { nulls: true });
}

/** What the Save button of a form sends; a new document comes back with `localname`. source: frappe/desk/form/save.py */
function saveDocs(site: Site, user: string, args: Record<string, unknown>): unknown {
  const given = object(args.doc);
  const docstatus = { Save: 0, Submit: 1, Update: 1, Cancel: 2 }[String(args.action)] ?? 0;
  const isNew = Boolean(given.__islocal);
  const values = { ...given, docstatus };
  const doc = isNew
    ? insertDoc(site, user, values)
    : updateDoc(site, user, String(given.doctype), String(given.name), values);
  return {
    docs: [{ ...asDict(site.store, doc, { nulls: true }), ...(isNew ? { localname: given.name } : {}) }],
    docinfo: docInfo(site, user, doc),
    _server_messages: serverMessages(site.flavour, [{ message: 'Saved', indicator: 'green', alert: true }]),
  };
}

function updateTitle(site: Site, user: string, args: Record<string, unknown>): string {
  const doctype = String(args.doctype);
  const current = String(args.docname);
  const { title_field: titleField } = site.store.meta(doctype);
  const asked = String(args.name ?? '').trim();
  if (titleField && args.title && existing(site, doctype, current)[titleField] !== args.title) {
    updateDoc(site, user, doctype, current, { [titleField]: args.title });
  }
  return asked && asked !== current ? renameDoc(site, user, doctype, current, asked) : current;
}

function object(value: unknown): Record<string, unknown> {
  const parsed = parse(value);
  if (parsed && typeof parsed === 'object') return parsed as Record<string, unknown>;
  throw thrown('ValidationError', 'doc is missing');
}

function noSuchMethod(name: string): FrappeError {
  const [module, attribute] = [name.split('.').slice(0, -1).join('.'), name.split('.').at(-1)];
  const why = module ? `module '${module}' has no attribute '${attribute}'` : 'No module named ' + `'${attribute}'`;
  return thrown('ValidationError', `Failed to get method for command ${name} with ${why}`);
}

function notForGuests(site: Site, name: string): FrappeError {
  const lead =
    site.flavour === 'v14'
      ? 'You are not permitted to access this resource.'
      : 'You are not permitted to access this resource. Login to access';
  const detail = `Function <strong>${name}</strong> is not whitelisted.`;
  const html = `<details><summary>${lead}</summary>${detail}</details>`;
  return new FrappeError({
    status: 403,
    type: 'PermissionError',
    text: html,
    messages: [
      {
        message: site.flavour === 'v16' ? lead + detail : html,
        title: 'Method Not Allowed',
        indicator: 'red',
        raised: true,
      },
    ],
  });
}
