import { FrappeError, type ServerMessage, serverMessages } from './errors.ts';
import { beyond, PythonError } from './python/syntax.ts';
import { type Dict, text, toJson, truthy } from './python/values.ts';
import type { Answer } from './rest.ts';
import type { Site } from './site.ts';

/** What a script left behind: `frappe.response`, `frappe.flags` and what it printed for people. */
export interface ScriptAnswer {
  response: Dict;
  flags: Dict;
  messages: ServerMessage[];
}

/**
 * The answer that comes of it: `frappe.response` as JSON, flags in place of `message` where there are any, or what
 * `type` asks for. A download ignores `http_status_code`. source: frappe/utils/response.py, frappe/handler.py
 */
export function answerOf(site: Site, { response, flags, messages }: ScriptAnswer): Answer {
  if (flags.map.size > 0) response.map.set('message', flags);
  const type = response.map.get('type');
  if (type === 'download') return download(response);
  if (truthy(type ?? null) && type !== 'json') throw raised(beyond(`answers of type '${text(type)}'`, 0));
  const status = Number(response.map.get('http_status_code') ?? 200) || 200;
  response.map.delete('http_status_code');
  const docs = response.map.get('docs');
  if (docs !== undefined && !truthy(docs)) response.map.delete('docs');
  const body = toJson(response) as Record<string, unknown>;
  if (messages.length > 0) body._server_messages = serverMessages(site.flavour, messages);
  return { status, body };
}

function download({ map }: Dict): Answer {
  const needed = (key: string) => {
    if (map.has(key)) return map.get(key);
    throw raised(new PythonError('KeyError', `'${key}'`));
  };
  const filename = text(needed('filename'));
  const content = needed('filecontent');
  if (typeof content !== 'string') throw raised(new PythonError('TypeError', 'cannot convert object to bytes'));
  const given = map.get('content_type');
  const type = given ? text(given) : (TYPES[filename.split('.').at(-1) ?? ''] ?? 'application/unknown');
  const as = text(map.get('display_content_as') ?? 'attachment');
  const plain = /^[\w.-]+$/.test(filename);
  return {
    body: null,
    raw: {
      content,
      headers: {
        // werkzeug names the charset of text that has none.
        'content-type': type.startsWith('text/') && !type.includes('charset') ? `${type}; charset=utf-8` : type,
        'content-disposition': `${as}; filename=${plain ? filename : JSON.stringify(filename)}`,
      },
    },
  };
}

const TYPES: Record<string, string> = { txt: 'text/plain', json: 'application/json', pdf: 'application/pdf' };

const raised = (error: PythonError) =>
  new FrappeError({ status: 500, type: error.type, module: '', text: `${error.type}: ${error.message}`, bare: true });
