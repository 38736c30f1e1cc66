import type { APIRequestContext } from '@playwright/test';

/** A document as ERPNext's REST tells it: fields that are empty are left out. */
export type ErpDocument = Record<string, unknown> & { name: string; modified: string };

export interface ErpComment {
  name: string;
  owner: string;
  content: string;
  /** As ERPNext writes it: "2026-11-22 21:32:09.659841", in the site's own time. */
  creation: string;
}

/** ERPNext's REST with the session of one browser, for what a test prepares and checks. */
export interface ErpClient {
  login(email: string, password: string): Promise<void>;
  get(doctype: string, name: string): Promise<ErpDocument>;
  list(doctype: string, query: { fields: string[]; filters?: unknown[] }): Promise<Record<string, unknown>[]>;
  create(doctype: string, values: Record<string, unknown>): Promise<ErpDocument>;
  /** A full save with hooks; with `modified` among the values it is refused where the document is newer. */
  update(doctype: string, name: string, values: Record<string, unknown>): Promise<ErpDocument>;
  remove(doctype: string, name: string): Promise<void>;
  /** What people wrote under a document, as its form shows it. */
  comments(doctype: string, name: string): Promise<ErpComment[]>;
  /** A whitelisted method by POST; its `message`. */
  call(method: string, data: Record<string, unknown>): Promise<unknown>;
}

/** @param site origin, without a slash at the end. Calls throw with ERPNext's status and body where it refuses. */
export function erpClient(request: APIRequestContext, site: string): ErpClient {
  let token: string | undefined;
  const csrf = async (): Promise<string> => {
    // The token is printed into Desk's page and stays the same for the session.
    const page = await (await request.get(`${site}/app`)).text();
    token ??= page.match(/csrf_token\s*=\s*"([^"]+)"/)?.[1];
    if (!token) throw new Error(`${site}/app shows no CSRF token. Is the person logged in and allowed to use Desk?`);
    return token;
  };
  const send = async <Answer>(method: string, path: string, data?: Record<string, unknown>): Promise<Answer> => {
    const answer = await request.fetch(`${site}/api/${path}`, {
      method,
      ...(data ? { data } : {}),
      ...(method === 'GET' ? {} : { headers: { 'X-Frappe-CSRF-Token': token ?? (await csrf()) } }),
    });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as Answer;
  };
  const call = async <Data = ErpDocument>(method: string, path: string, data?: Record<string, unknown>) =>
    (await send<{ data: Data }>(method, `resource/${path}`, data)).data;
  const at = (doctype: string, name?: string) =>
    [doctype, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join('/');
  return {
    login: async (email, password) => {
      const answer = await request.post(`${site}/api/method/login`, { form: { usr: email, pwd: password } });
      if (!answer.ok()) throw new Error(`${site} does not let ${email} in: ${answer.status()}. Check the password.`);
      token = undefined;
    },
    get: (doctype, name) => call('GET', at(doctype, name)),
    list: (doctype, { fields, filters = [] }) =>
      call(
        'GET',
        `${at(doctype)}?${new URLSearchParams({
          fields: JSON.stringify(fields),
          filters: JSON.stringify(filters),
          // Twenty where nothing is said.
          limit_page_length: '500',
        })}`,
      ),
    create: (doctype, values) => call('POST', at(doctype), values),
    update: (doctype, name, values) => call('PUT', at(doctype, name), values),
    remove: async (doctype, name) => {
      await call('DELETE', at(doctype, name));
    },
    comments: async (doctype, name) => {
      const query = new URLSearchParams({ doctype, name });
      const path = `method/frappe.desk.form.load.get_docinfo?${query}`;
      return (await send<{ docinfo: { comments: ErpComment[] } }>('GET', path)).docinfo.comments;
    },
    call: async (method, data) => (await send<{ message: unknown }>('POST', `method/${method}`, data)).message,
  };
}
