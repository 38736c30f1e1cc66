import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
beforeEach(() => world.reset());
afterAll(async () => expect(await world.problems()).toEqual([]));

const find = (filter: string, headers: Record<string, string> = {}, more = '') =>
  world.call(ALICE, 'GET', `/users?$filter=${encodeURIComponent(filter)}${more}`, undefined, headers);
const mails = (answer: { json: { value: { mail: string }[] } }) => answer.json.value.map((u) => u.mail);

describe('users', () => {
  it('are found by mail or UPN, guests and those whose two differ too', async () => {
    const found = await find(
      "mail in ('erin@partner.example','Dana.Diaz@contoso.test') or userPrincipalName in ('bob@contoso.test')",
    );
    expect(found.status).toBe(200);
    expect(mails(found).sort()).toEqual(['bob@contoso.test', 'dana.diaz@contoso.test', 'erin@partner.example']);
    expect(mails(await find("displayName eq 'Chris Miller'"))).toHaveLength(2);
    expect(mails(await find("startswith(displayName,'chris')"))).toHaveLength(2);
    expect(mails(await find("mail eq 'siobhan.o''connor@contoso.test'"))).toHaveLength(1);
  });

  it('takes 15 clauses in a filter, more in an advanced query', async () => {
    const list = (n: number) => `mail in (${Array.from({ length: n }, (_, i) => `'p${i}@contoso.test'`).join(',')})`;
    expect((await find(list(15))).status).toBe(200);
    const refused = await find(list(16));
    expect(refused.status).toBe(400);
    expect(refused.json.error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message: expect.stringContaining('Too many child clauses'),
    });
    expect((await find(list(16), { ConsistencyLevel: 'eventual' }, '&$count=true')).status).toBe(200);
    expect((await find(list(90), { ConsistencyLevel: 'eventual' }, '&$count=true')).status).toBe(400);
    expect((await find(`mail eq '${'x'.repeat(121)}'`)).status).toBe(400);
  });

  it('give nothing for a filter on what User.ReadBasic.All does not show, and leave it out when selected', async () => {
    expect(mails(await find("userType eq 'Guest'"))).toEqual([]);
    const selected = await world.call(
      ALICE,
      'GET',
      '/users/bob@contoso.test?$select=id,userType,accountEnabled,displayName',
    );
    expect(selected.json).toEqual({
      '@odata.context': expect.any(String),
      id: world.idOf('bob@contoso.test'),
      displayName: 'Bob Bhatt',
    });
    expect((await find("nickname eq 'x'")).status).toBe(400);
    world.consent('User.Read.All');
    expect(mails(await find("userType eq 'Guest'"))).toEqual(['erin@partner.example']);
  });

  it('takes ids that are ids, and one that is none spoils the filter', async () => {
    const bob = world.idOf('bob@contoso.test');
    expect(mails(await find(`id in ('${bob}','00000000-0000-4000-8000-000000000000')`))).toEqual(['bob@contoso.test']);
    expect((await find(`id in ('${bob}','bob')`)).status).toBe(400);
  });

  it('are found by an alias with User.Read.All, and by nobody’s without', async () => {
    world.tenant.directory.require('bob@contoso.test').aliases.push('bobby@contoso.test');
    const filter =
      "proxyAddresses/any(a:a eq 'smtp:x@contoso.test') or proxyAddresses/any(a:a eq 'smtp:BOBBY@contoso.test')";
    expect(mails(await find(filter))).toEqual([]);
    world.consent('User.Read.All');
    expect(mails(await find(filter))).toEqual(['bob@contoso.test']);
    expect(mails(await find("proxyAddresses/any(a:a eq 'smtp:bob@contoso.test')"))).toEqual(['bob@contoso.test']);
    expect((await find("proxyAddresses/any(a:b eq 'smtp:bob@contoso.test')")).status).toBe(400);
  });

  it('are searched in the index, which wants to be told that one knows what it is', async () => {
    const search = (text: string, headers: Record<string, string> = { ConsistencyLevel: 'eventual' }) =>
      world.call(ALICE, 'GET', `/users?$search=${encodeURIComponent(text)}`, undefined, headers);
    expect(mails(await search('"displayName:mill chr" OR "mail:mill chr"'))).toHaveLength(2);
    expect(mails(await search('"displayName:zz" OR "mail:dana."'))).toEqual(['dana.diaz@contoso.test']);
    expect((await search('"displayName:bob"', {})).status).toBe(400);
    expect((await search('displayName:bob')).status).toBe(400);
    expect((await search('"jobTitle:bob"')).status).toBe(400);
  });

  it('are read one by one by id or UPN, never by a mail that is no UPN', async () => {
    const status = async (key: string) => (await world.call(ALICE, 'GET', `/users/${encodeURIComponent(key)}`)).status;
    expect(await status('ddiaz@contoso.test')).toBe(200);
    expect(await status('dana.diaz@contoso.test')).toBe(404);
    expect(await status('erin@partner.example')).toBe(404);
    expect(await status('erin_partner.example#EXT#@contoso.onmicrosoft.test')).toBe(200);
    expect(await status(world.idOf('erin@partner.example'))).toBe(200);
    expect(await status(world.idOf('gina@fabrikam.test'))).toBe(404);
  });

  it('come in pages', async () => {
    const first = await world.call(ALICE, 'GET', '/users?$select=mail&$top=40');
    const second = await world.call(ALICE, 'GET', first.json['@odata.nextLink']);
    expect(first.json.value).toHaveLength(40);
    expect(second.json['@odata.nextLink']).toBeUndefined();
    expect(new Set([...mails(first), ...mails(second)]).size).toBe(60);
    expect((await world.call(ALICE, 'GET', '/users?$top=1000')).status).toBe(400);
  });

  it('are not listed for guests, nor without the scope', async () => {
    world.consent('User.Read', 'User.ReadBasic.All');
    expect((await world.call('erin@partner.example', 'GET', '/users')).json.error.code).toBe(
      'Authorization_RequestDenied',
    );
    world.tenant.consents.adminConsented.clear();
    world.tenant.consents.withdraw(world.idOf(ALICE));
    world.consent('User.Read');
    const { signIn } = await import('../entra/browser.ts');
    const { tokens } = await signIn(world, ALICE, { scope: 'User.Read openid offline_access' });
    world.useToken(ALICE, tokens.access_token);
    expect((await world.call(ALICE, 'GET', '/users')).status).toBe(403);
    expect((await world.call(ALICE, 'GET', '/me')).status).toBe(200);
  });
});

describe('photos', () => {
  it('are there for two people, as PNG, and 404 for the rest', async () => {
    const photo = await world.call(ALICE, 'GET', '/users/bob@contoso.test/photos/48x48/$value');
    expect(photo.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await photo.response.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBe(48);
    expect((await world.call(ALICE, 'GET', '/me/photo/$value')).status).toBe(200);
    expect((await world.call(ALICE, 'GET', '/users/carol@contoso.test/photos/48x48/$value')).json.error.code).toBe(
      'ImageNotFound',
    );
    expect((await world.call(ALICE, 'GET', '/users/bob@contoso.test/photos/50x50/$value')).status).toBe(400);
  });
});
