import { type Call, isUnsafe } from './call.ts';
import { serverMessages, thrown } from './errors.ts';
import { existing } from './lookup.ts';
import { checkMayGet } from './permissions.ts';
import { type ListArgs, listDocs, parse } from './query.ts';
import { deleteDoc } from './records.ts';
import { asDict } from './render.ts';
import { insertDoc, updateDoc } from './save.ts';
import { compilationWarning } from './server-script.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** What an API call answers: a JSON body, and a status where it is not 200. */
export interface Answer {
  status?: number;
  body: unknown;
  /** In place of JSON: what a Server Script gives for download. */
  raw?: { content: string; headers: Record<string, string> };
}

/** /api/resource/DT and /api/resource/DT/NAME. source: frappe/api.py (v14), frappe/api/v1.py */
export function serveResource(site: Site, call: Call): Answer {
  const [, , doctype = '', ...rest] = call.path;
  const name = rest.join('/');
  return name ? oneDocument(site, call, doctype, name) : manyDocuments(site, call, doctype);
}

/** /api/v2/document/DT/NAME, GET and PATCH: there from v15 on. source: frappe/api/v2.py */
export function serveV2Document(site: Site, call: Call): Answer {
  const [, , , doctype = '', ...rest] = call.path;
  const answer = oneDocument(
    site,
    { ...call, method: call.method === 'PATCH' ? 'PUT' : call.method },
    doctype,
    rest.join('/'),
  );
  return answer;
}

function oneDocument(site: Site, call: Call, doctype: string, name: string): Answer {
  const { store } = site;
  if (call.method === 'GET') {
    const doc = existing(site, doctype, name);
    checkMayGet(store, call.user, doc);
    return { body: { data: asDict(store, doc) } };
  }
  if (call.method === 'PUT') {
    const doc = updateDoc(site, call.user, doctype, name, values(call));
    return { body: { data: asDict(store, doc), ...warnings(site, doc) } };
  }
  if (call.method === 'DELETE') {
    deleteDoc(site, call.user, doctype, name);
    return { status: 202, body: site.flavour === 'v14' ? { message: 'ok' } : { data: 'ok' } };
  }
  throw notAllowed();
}

function manyDocuments(site: Site, call: Call, doctype: string): Answer {
  if (call.method === 'GET') return { body: { data: listDocs(site, call.user, doctype, call.args as ListArgs) } };
  if (call.method === 'POST') {
    const doc = insertDoc(site, call.user, { ...values(call), doctype });
    return { body: { data: asDict(site.store, doc, { nulls: site.flavour === 'v14' }), ...warnings(site, doc) } };
  }
  throw notAllowed();
}

/** A script that does not compile is kept with a warning. source: server_script.py (check_if_compilable_in_restricted_context) */
function warnings(site: Site, doc: Doc): { _server_messages?: string } {
  const message = doc.doctype === 'Server Script' ? compilationWarning(String(doc.script ?? '')) : undefined;
  if (message === undefined) return {};
  return { _server_messages: serverMessages(site.flavour, [{ message, title: 'Compilation warning' }]) };
}

function values(call: Call): Record<string, unknown> {
  const given = { ...call.args };
  delete given.csrf_token;
  for (const [key, value] of Object.entries(given)) {
    // A form sends child tables as JSON text.
    if (isUnsafe(call.method) && typeof value === 'string' && /^\s*\[\s*(\{|\])/.test(value)) given[key] = parse(value);
  }
  return given;
}

const notAllowed = () => thrown('PermissionError', 'Not permitted', { status: 403 });
