// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { asErpUser, type Email } from '../../../lib/model/ids.ts';
import { ALICE, type Asked, codeOf, createSite, json } from './site.ts';

const BOB = asErpUser('bob@contoso.test');
const ID = '00000000-0000-4000-8000-000000000001';
const row = (name: string, more: object = {}) => ({ name, email: name, full_name: 'Bob Bhatt', ...more });
const isList = (asked: Asked) => asked.method === 'GET' && asked.path.startsWith('/api/resource/User?');
const NO_FIELD = { exc_type: 'DataError', exception: 'frappe.exceptions.DataError: Field not permitted in query' };
const order = { user: BOB, value: ID, was: '', erpUser: ALICE, deadline: 2_000 };

/** A site that holds Bob, as REST sees him; `put` may refuse, lose the answer or do something else. */
function site(azureId: string | undefined, put?: (asked: Asked, bob: Record<string, unknown>) => Response | undefined) {
  const bob: Record<string, unknown> = { ...row(BOB), modified: 'm1' };
  if (azureId !== undefined) bob.azure_object_id = azureId;
  const made = createSite((asked) => {
    if (isList(asked)) {
      if (azureId === undefined && asked.path.includes('azure_object_id')) return json(417, NO_FIELD);
      return json(200, { data: [bob] });
    }
    if (asked.method !== 'PUT') return undefined;
    const special = put?.(asked, bob);
    if (special) return special;
    if (asked.body?.modified !== bob.modified) return json(417, { exc_type: 'TimestampMismatchError' });
    Object.assign(bob, { azure_object_id: asked.body?.azure_object_id, modified: 'm2' });
    return json(200, { data: bob });
  });
  const puts = () => made.asked.filter((asked) => asked.method === 'PUT');
  return { ...made, bob, puts };
}

describe('the users of a site', () => {
  it('come in pages by name, enabled people only, with what the field holds', async () => {
    const { orders, asked } = createSite((one) =>
      isList(one)
        ? json(200, {
            data: [row('bob@contoso.test', { azure_object_id: ID }), row('odd', { email: null, full_name: '' })],
          })
        : undefined,
    );
    expect(await orders['site.users']({ after: 'alice@contoso.test', limit: 300 })).toEqual(
      [
        { user: 'bob@contoso.test', email: 'bob@contoso.test', name: 'Bob Bhatt', azureId: null },
        { user: 'odd', email: null, name: 'odd', azureId: null },
      ].map((user, i) => (i === 0 ? { ...user, azureId: ID } : user)),
    );
    const query = new URLSearchParams(asked[0]!.path.split('?')[1]);
    expect(JSON.parse(query.get('filters')!)).toEqual([
      ['enabled', '=', 1],
      ['name', 'not in', ['Administrator', 'Guest']],
      ['name', '>', 'alice@contoso.test'],
    ]);
    expect([query.get('order_by'), query.get('limit_page_length')]).toEqual(['name asc', '300']);
  });

  it('are listed without the field where the site has none', async () => {
    const { orders, asked } = site(undefined);
    expect(await orders['site.usersOf']({ emails: [BOB as string as Email] })).toMatchObject([{ azureId: null }]);
    expect(asked.map((one) => one.path.includes('azure_object_id'))).toEqual([true, false]);
  });

  it('are counted by their names', async () => {
    const { orders } = createSite((one) =>
      isList(one) ? json(200, { data: [{ name: 'a' }, { name: 'b' }] }) : undefined,
    );
    expect(await orders['site.countUsers']()).toBe(2);
  });
});

describe('writing an Azure ID', () => {
  it('is bound to the document as it was read', async () => {
    const { orders, bob, puts } = site('');
    await orders['site.writeAzureId'](order);
    expect(bob.azure_object_id).toBe(ID);
    expect(puts().map((put) => [put.path, put.body])).toEqual([
      ['/api/resource/User/bob@contoso.test', { azure_object_id: ID, modified: 'm1' }],
    ]);
  });

  it('that stands there already is no write, and another one stays', async () => {
    const there = site(ID);
    await there.orders['site.writeAzureId'](order);
    expect(there.puts()).toEqual([]);
    const other = site('somebody else’s');
    expect(await codeOf(other.orders['site.writeAzureId'](order))).toBe('erp-conflict');
    expect(other.puts()).toEqual([]);
  });

  it('is tried again when the document was saved meanwhile, unless another id was', async () => {
    let first = true;
    const moved = site('', (_, bob) => {
      if (!first) return undefined;
      first = false;
      bob.modified = 'm1b';
      return json(417, { exc_type: 'TimestampMismatchError' });
    });
    await moved.orders['site.writeAzureId'](order);
    expect(moved.puts().map((put) => put.body?.modified)).toEqual(['m1', 'm1b']);
    const forged = site('', (_, bob) => {
      Object.assign(bob, { azure_object_id: 'forged', modified: 'm1b' });
      return json(417, { exc_type: 'TimestampMismatchError' });
    });
    expect(await codeOf(forged.orders['site.writeAzureId'](order))).toBe('erp-conflict');
    expect(forged.bob.azure_object_id).toBe('forged');
  });

  it('whose answer is lost is looked for, not repeated', async () => {
    const lost = site('', (asked, bob) => {
      Object.assign(bob, { azure_object_id: asked.body?.azure_object_id, modified: 'm2' });
      return new Response('<html>Bad gateway</html>', { status: 502 });
    });
    await lost.orders['site.writeAzureId'](order);
    expect(lost.puts()).toHaveLength(1);
  });

  it('that ERPNext ignores is said, as is a site without the field', async () => {
    const deaf = site('', (_, bob) => json(200, { data: bob }));
    expect(await codeOf(deaf.orders['site.writeAzureId'](order))).toBe('field-missing');
    const without = site(undefined);
    expect(await codeOf(without.orders['site.writeAzureId'](order))).toBe('field-missing');
    expect(without.puts()).toEqual([]);
  });

  it('is never written as somebody else, nor late', async () => {
    const { orders, puts, state } = site('');
    state.user = 'bob%40contoso.test';
    expect(await codeOf(orders['site.writeAzureId'](order))).toBe('erp-other-user');
    state.user = 'alice%40contoso.test';
    state.now = 3_000;
    expect(await codeOf(orders['site.writeAzureId'](order))).toBe('no-tab');
    expect(puts()).toEqual([]);
  });
});
