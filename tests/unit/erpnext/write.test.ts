// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { ALICE, type Asked, codeOf, createSite, EVENT, eventDocument, json } from './site.ts';

const OLD = '2026-11-22 17:38:20.308472';
const NEW = '2026-11-22 18:00:00.000001';
const VALUE = '19:abc@thread.v2';
const ORDER = { ref: EVENT, value: VALUE, modified: OLD, erpUser: ALICE, deadline: 10_000 };
const STALE = () => json(417, { exc_type: 'TimestampMismatchError' });
const lost = () => Promise.reject(new TypeError('Failed to fetch'));

/** One document that checks `modified` as ERPNext does; `onPut` may lose the answer before or after the effect. */
function database(onPut: (apply: () => Response, asked: Asked, nth: number) => Response | Promise<Response>) {
  let doc = eventDocument();
  let puts = 0;
  const site = createSite((asked) => {
    if (asked.path === '/api/resource/Event/EV00001' && asked.method === 'GET') return json(200, { data: doc });
    if (asked.method !== 'PUT') return undefined;
    puts += 1;
    return onPut(
      () => {
        if (asked.body?.modified !== doc.modified) return STALE();
        doc = { ...doc, custom_teams_chat_id: asked.body?.custom_teams_chat_id, modified: NEW };
        return json(200, { data: doc });
      },
      asked,
      puts,
    );
  });
  return {
    ...site,
    puts: () => puts,
    edit: (fields: Record<string, unknown>) => {
      doc = { ...doc, ...fields };
    },
  };
}

describe('site.writeChatField', () => {
  test('a compare-and-set with the old modified; the open form is told', async () => {
    const db = database((apply) => apply());
    const record = await db.orders['site.writeChatField'](ORDER);
    expect(record).toMatchObject({ chatField: VALUE, modified: NEW, hasChatField: true });
    const put = db.asked.find(({ method }) => method === 'PUT');
    expect(put).toMatchObject({ token: 'token-1', body: { custom_teams_chat_id: VALUE, modified: OLD } });
    expect(db.patches).toEqual([
      {
        doctype: 'Event',
        name: 'EV00001',
        baseModified: OLD,
        values: { custom_teams_chat_id: VALUE, modified: NEW, modified_by: 'alice@contoso.test' },
      },
    ]);
  });

  test("somebody else's save: conflict, nothing repeated", async () => {
    const db = database((apply) => {
      db.edit({ modified: NEW });
      return apply();
    });
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-conflict');
    expect(db.puts()).toBe(1);
    expect(db.patches).toEqual([]);
  });

  test('the answer is lost after the save: looked at, not repeated', async () => {
    const db = database((apply) => {
      apply();
      return lost();
    });
    expect((await db.orders['site.writeChatField'](ORDER)).chatField).toBe(VALUE);
    expect(db.puts()).toBe(1);
    expect(db.patches[0]?.values.modified).toBe(NEW);
  });

  test('lost before the save: repeated once, as the lock makes that harmless', async () => {
    const db = database((apply, _, nth) => (nth === 1 ? lost() : apply()));
    expect((await db.orders['site.writeChatField'](ORDER)).chatField).toBe(VALUE);
    expect(db.puts()).toBe(2);
  });

  test('a gateway answers for ERPNext: as uncertain as no answer', async () => {
    const db = database((apply) => {
      apply();
      return new Response('Bad gateway', { status: 502 });
    });
    expect((await db.orders['site.writeChatField'](ORDER)).chatField).toBe(VALUE);
  });

  test('lost and then saved by somebody else: ours was refused or will be', async () => {
    const db = database(() => {
      db.edit({ modified: NEW, custom_teams_chat_id: '19:theirs@thread.v2' });
      return lost();
    });
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-conflict');
    expect(db.puts()).toBe(1);
  });

  test('the repeat meets the first one: its conflict is settled as ours', async () => {
    let first = () => json(500, {});
    const db = database((apply, _, nth) => {
      if (nth === 1) {
        first = apply;
        return lost();
      }
      first();
      return apply();
    });
    // The value is in the record, written by the first attempt after all.
    const outcome = await db.orders['site.writeChatField'](ORDER).then(
      (record) => record.chatField,
      (caught) => caught.error.code,
    );
    expect(outcome).toBe(VALUE);
  });

  test('no answer at all stays unknown', async () => {
    const { orders } = createSite(() => lost());
    expect(await codeOf(orders['site.writeChatField'](ORDER))).toBe('outcome-unknown');
  });

  test('ERPNext ignores a field it does not know, with 200', async () => {
    const { custom_teams_chat_id: _gone, ...without } = eventDocument({ modified: NEW });
    const site = createSite(({ method }) => (method === 'PUT' ? json(200, { data: without }) : undefined));
    expect(await codeOf(site.orders['site.writeChatField'](ORDER))).toBe('field-missing');
    expect(site.patches[0]?.values.modified).toBe(NEW);
  });

  test('releasing a claim: an empty value left out of the answer is written', async () => {
    const { custom_teams_chat_id: _gone, ...without } = eventDocument({ modified: NEW });
    const site = createSite(({ method, path }) => {
      if (method === 'PUT') return json(200, { data: without });
      if (path.startsWith('/api/resource/Event?')) return json(200, { data: [] });
    });
    expect((await site.orders['site.writeChatField']({ ...ORDER, value: '' })).chatField).toBe('');
  });

  test('refused by ERPNext: its own words, no second try', async () => {
    const db = database(() => json(417, { exc_type: 'MandatoryError', exception: 'x.MandatoryError: Subject' }));
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-refused');
    expect(db.puts()).toBe(1);
  });

  test('another person, a guest, or too late: nothing is sent', async () => {
    const db = database((apply) => apply());
    db.state.user = 'bob%40contoso.test';
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-other-user');
    db.state.user = 'Guest';
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-signed-out');
    db.state.user = 'alice%40contoso.test';
    db.state.now = 10_001;
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('no-tab');
    expect(db.puts()).toBe(0);
  });

  test('another person by the time of the repeat: the first is not repeated', async () => {
    const db = database(() => {
      db.state.user = 'bob%40contoso.test';
      return lost();
    });
    expect(await codeOf(db.orders['site.writeChatField'](ORDER))).toBe('erp-other-user');
    expect(db.puts()).toBe(1);
  });
});

describe('the CSRF token', () => {
  const REFUSED = () => json(400, { exc_type: 'CSRFTokenError' });

  test('a stale one is taken anew from a Desk page, once', async () => {
    const site = createSite(({ path, token, method }) => {
      if (path === '/app') return new Response('<script>frappe.csrf_token = "token-2";</script>');
      if (method === 'PUT')
        return token === 'token-2'
          ? json(200, { data: eventDocument({ custom_teams_chat_id: VALUE, modified: NEW }) })
          : REFUSED();
    });
    expect((await site.orders['site.writeChatField'](ORDER)).chatField).toBe(VALUE);
    expect(site.asked.filter(({ method }) => method === 'PUT').map(({ token }) => token)).toEqual([
      'token-1',
      'token-2',
    ]);
  });

  test('refused twice: the person is told', async () => {
    const site = createSite(({ method }) => (method === 'PUT' ? REFUSED() : undefined));
    expect(await codeOf(site.orders['site.writeChatField'](ORDER))).toBe('erp-signed-out');
    expect(site.asked.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  test('without the bridge it comes from the page’s own script', async () => {
    const site = createSite(
      ({ method }) =>
        method === 'PUT'
          ? json(200, { data: eventDocument({ custom_teams_chat_id: VALUE, modified: NEW }) })
          : undefined,
      { csrfFromPage: async () => null },
    );
    const script = site.page.createElement('script');
    script.type = 'text/plain';
    script.textContent = 'frappe.boot = {}; frappe.csrf_token = "inline-token";';
    site.page.head.append(script);
    await site.orders['site.writeChatField'](ORDER);
    expect(site.asked.find(({ method }) => method === 'PUT')?.token).toBe('inline-token');
  });
});
