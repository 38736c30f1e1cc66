import { SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { createSiteOrders, type SiteDeps } from '../../../lib/erpnext/site-orders.ts';
import type { FormPatch } from '../../../lib/erpnext/write.ts';
import { asDoctype, asErpUser, asOrigin, asRecordName } from '../../../lib/model/ids.ts';
import type { RecordRef } from '../../../lib/model/record.ts';

/** A tiny ERPNext behind `fetch`: each test says what answers what, and sees what was asked. */
export interface Asked {
  method: string;
  path: string;
  token: string | null;
  body: Record<string, unknown> | null;
}

export type Responder = (asked: Asked) => Response | Promise<Response> | undefined;

export const ORIGIN = asOrigin('https://erp.contoso.test');
export const ALICE = asErpUser('alice@contoso.test');
export const EVENT: RecordRef = { origin: ORIGIN, doctype: asDoctype('Event'), name: asRecordName('EV00001') };
export const SERVER_TIME = Date.parse('Sun, 22 Nov 2026 18:39:15 GMT');

export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', Date: 'Sun, 22 Nov 2026 18:39:15 GMT' },
  });
}

export function createSite(respond: Responder, more: Partial<SiteDeps> = {}) {
  const asked: Asked[] = [];
  const patches: FormPatch[] = [];
  const page = document.implementation.createHTMLDocument('Desk');
  const state = { user: 'alice%40contoso.test', now: 1_000 };
  Object.defineProperty(page, 'cookie', { get: () => `full_name=Alice; user_id=${state.user}; system_user=yes` });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const call: Asked = {
      method: init?.method ?? 'GET',
      path: decodeURIComponent(String(input)).replace(/\+/g, ' '),
      token: new Headers(init?.headers).get('X-Frappe-CSRF-Token'),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : null,
    };
    asked.push(call);
    const response = await respond(call);
    if (response) return response;
    if (call.path.startsWith('/api/resource/User?')) return json(200, { data: [] });
    return json(404, { exc_type: 'DoesNotExistError' });
  };
  const orders = createSiteOrders({
    document: page,
    origin: ORIGIN,
    fetch,
    now: () => state.now,
    prefix: () => '/app',
    rules: () => SHIPPED,
    csrfFromPage: async () => 'token-1',
    patchForm: async (patch) => {
      patches.push(patch);
    },
    hearBell: async () => true,
    togglePanel: () => {},
    badge: () => {},
    panelOpen: () => false,
    leave: () => {},
    ...more,
  });
  return { orders, asked, patches, state, page };
}

/** An Event as `GET /api/resource/Event/EV00001` gives it: empty fields are left out. */
export function eventDocument(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'EV00001',
    owner: 'alice@contoso.test',
    creation: '2026-11-22 17:38:20.308472',
    modified: '2026-11-22 17:38:20.308472',
    modified_by: 'alice@contoso.test',
    docstatus: 0,
    subject: 'Quarterly review',
    custom_teams_chat_id: '',
    event_participants: [
      { reference_doctype: 'Contact', reference_docname: 'Bob Bhatt', email: 'Bob@contoso.test ' },
      { reference_doctype: 'Employee', reference_docname: 'HR-EMP-00001' },
      { reference_doctype: 'User', reference_docname: 'carol@contoso.test' },
    ],
    ...more,
  };
}

/** The code of the failure a promise ends in; throws where it succeeds. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (caught) {
    return (caught as { error?: { code: string } }).error?.code ?? String(caught);
  }
  throw new Error('it did not fail');
}
