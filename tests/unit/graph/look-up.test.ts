import { describe, expect, it } from 'vitest';
import { LOOK_UP_PAGE, lookUp, searchPeople } from '../../../lib/graph/people.ts';
import { asUserId, type Email, type UserId } from '../../../lib/model/ids.ts';
import { type Answer, errorOf, fakeGraph, json, type Sent } from './fake-graph.ts';

interface User {
  id: string;
  displayName: string;
  mail: string | null;
  userPrincipalName: string;
  accountEnabled?: boolean;
  proxyAddresses?: string[];
}
interface BatchBody {
  requests: { id: string; url: string }[];
}

const guid = (n: number) => asUserId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const address = (n: number) => `person${n}@contoso.test` as Email;
const everybody = (count: number) => Array.from({ length: count }, (_, i) => i);
const colleague = (n: number, more: Partial<User> = {}): User => ({
  id: guid(n),
  displayName: `Person ${n}`,
  mail: address(n),
  userPrincipalName: address(n),
  ...more,
});

/** A directory that answers `in` and alias filters of $batch, as Graph does with User.Read.All. */
function directory(users: User[], trouble?: (url: string, sent: Sent) => object | undefined): Answer {
  return (sent) => {
    const { requests } = sent.body as BatchBody;
    if (requests.length > 20) return json({}, 400);
    return json({
      responses: requests.map(({ id, url }) => {
        const refused = trouble?.(url, sent);
        if (refused) return { id, ...refused };
        const filter = new URLSearchParams(url.split('?')[1]).get('$filter') ?? '';
        const values = [...filter.matchAll(/'((?:[^']|'')*)'/g)].map((m) => m[1]!.replaceAll("''", "'").toLowerCase());
        if (values.length > 15) return { id, status: 400, body: { error: { code: 'Request_UnsupportedQuery' } } };
        const read = (user: User): (string | null | undefined)[] => {
          if (filter.startsWith('mail in')) return [user.mail];
          if (filter.startsWith('id in')) return [user.id];
          return filter.startsWith('userPrincipalName in') ? [user.userPrincipalName] : (user.proxyAddresses ?? []);
        };
        const value = users.filter((user) => read(user).some((text) => text && values.includes(text.toLowerCase())));
        return { id, status: 200, body: { value } };
      }),
    });
  };
}

/** The whole site, page by page. */
async function lookUpAll(
  count: number,
  users: User[],
  { all = false, idOf = null as ((n: number) => UserId) | null } = {},
) {
  const { graph, sent } = fakeGraph([directory(users)]);
  const byAddress = new Map<Email, string[]>();
  for (let from = 0; from < count; from += LOOK_UP_PAGE) {
    const page = everybody(Math.min(LOOK_UP_PAGE, count - from)).map((i) => from + i);
    const emails = page.map(address);
    const ids = idOf ? page.map((n) => ({ id: idOf(n), email: address(n) })) : [];
    const found = await lookUp(graph, { emails, ids, all });
    for (const [email, people] of found.byAddress)
      byAddress.set(
        email,
        people.map((p) => p.id),
      );
  }
  return { calls: sent.length, byAddress };
}

describe('looking a whole site up', () => {
  it('costs at most two calls for each 300 of 2,000 people, whatever their addresses', async () => {
    const most = 2 * Math.ceil(2000 / 300);
    const known = await lookUpAll(
      2000,
      everybody(2000).map((n) => colleague(n)),
    );
    expect(known.calls).toBe(Math.ceil(2000 / 300));
    expect([...known.byAddress.values()].every((ids) => ids.length === 1)).toBe(true);
    const strangers = await lookUpAll(2000, []);
    expect(strangers.calls).toBe(most);
    const renamed = everybody(2000).map((n) => colleague(n, { userPrincipalName: `u${n}@contoso.test` }));
    expect((await lookUpAll(2000, renamed)).calls).toBe(most);
    const mailless = everybody(2000).map((n) => colleague(n, { mail: null }));
    const byName = await lookUpAll(2000, mailless);
    expect(byName.calls).toBe(most);
    expect(byName.byAddress.get(address(1999))).toEqual([guid(1999)]);
    // The next run: everybody is known by id as well.
    const again = await lookUpAll(2000, mailless, { idOf: guid });
    expect(again.calls).toBe(most);
    expect(again.byAddress).toEqual(byName.byAddress);
  });

  it('asks for the name after all where the id is another person’s', async () => {
    const mailless = everybody(300).map((n) => colleague(n, { mail: null }));
    const forged = (n: number) => guid(n === 7 ? 8 : n);
    const { calls, byAddress } = await lookUpAll(300, mailless, { idOf: forged });
    expect(byAddress.get(address(7))).toEqual([guid(7)]);
    expect(calls).toBe(3);
  });

  it('finds everybody an address may mean: by mail and by sign-in name, guests too', async () => {
    const { graph } = fakeGraph([
      directory([
        colleague(1, { userPrincipalName: 'other@contoso.test' }),
        colleague(2, { mail: null, userPrincipalName: address(1) }),
        colleague(3, { mail: address(3), userPrincipalName: 'p3_far.example#EXT#@contoso.test' }),
      ]),
    ]);
    const found = await lookUp(graph, { emails: [address(1), address(3), address(4)], ids: [], all: false });
    expect([...found.byAddress].map(([email, people]) => [email, people.map((p) => [p.id, p.guest])])).toEqual([
      [
        address(1),
        [
          [guid(1), false],
          [guid(2), false],
        ],
      ],
      [address(3), [[guid(3), true]]],
      [address(4), []],
    ]);
    expect(found.byId.get(guid(1))).toMatchObject({ enabled: null, aliases: null });
  });

  it('sees aliases and disabled accounts with User.Read.All, and asks for nobody’s without it', async () => {
    const users = [
      colleague(1, {
        mail: 'p1@contoso.test',
        accountEnabled: false,
        proxyAddresses: ['SMTP:p1@contoso.test', `smtp:${address(1)}`],
      }),
    ];
    const wide = fakeGraph([directory(users)]);
    const seen = await lookUp(wide.graph, { emails: [address(1)], ids: [], all: true });
    expect(seen.byAddress.get(address(1))?.[0]).toMatchObject({ id: guid(1), enabled: false });
    expect(wide.sent).toHaveLength(2);
    const base = fakeGraph([directory(users)]);
    await lookUp(base.graph, { emails: [address(1)], ids: [], all: false });
    expect(JSON.stringify(base.sent.map((s) => s.body))).not.toMatch(/proxyAddresses|accountEnabled/);
  });

  it('looks at ids with the second call, and only at those not met by then', async () => {
    const { graph, sent } = fakeGraph([directory([colleague(1, { userPrincipalName: 'x@y.z' }), colleague(7)])]);
    const found = await lookUp(graph, {
      emails: [address(1)],
      ids: [1, 7, 8].map((n) => ({ id: guid(n), email: address(n) })),
      all: false,
    });
    expect([...found.byId.keys()]).toEqual([guid(1), guid(7)]);
    expect(sent).toHaveLength(2);
    const second = (sent[1]!.body as BatchBody).requests.map((r) => decodeURIComponent(r.url)).join();
    expect(second).toContain(`id in ('${guid(7)}','${guid(8)}')`);
    expect(second).not.toContain(guid(1));
  });

  it('asks for a throttled part again, and only for that', async () => {
    let refused = 0;
    const { graph, sent, clock } = fakeGraph([
      directory(
        everybody(300).map((n) => colleague(n)),
        (url) =>
          url.includes(encodeURIComponent(address(30))) && refused++ === 0
            ? { status: 429, headers: { 'Retry-After': '9' }, body: { error: { code: 'TooManyRequests' } } }
            : undefined,
      ),
    ]);
    const before = clock.now();
    const found = await lookUp(graph, { emails: everybody(300).map(address), ids: [], all: false });
    expect([...found.byAddress.values()].every((people) => people.length === 1)).toBe(true);
    expect(sent.map((s) => (s.body as BatchBody).requests.length)).toEqual([20, 1]);
    expect(clock.now() - before).toBeGreaterThanOrEqual(9_000);
  });

  it('leaves a wait that is longer than a worker lives to the job', async () => {
    const { graph } = fakeGraph([
      directory([], () => ({ status: 429, headers: { 'Retry-After': '90' }, body: { error: { code: 'x' } } })),
    ]);
    const error = await errorOf(lookUp(graph, { emails: [address(1)], ids: [], all: false }));
    expect(error).toMatchObject({ code: 'throttled', retryAfter: 90 });
  });

  it('does not ask for an address that Graph would refuse, nor lets a quote out of its filter', async () => {
    const { graph, sent } = fakeGraph([directory([])]);
    const long = `${'x'.repeat(120)}@contoso.test` as Email;
    const sly = "o'hara') or startswith(mail,'a@contoso.test" as Email;
    const found = await lookUp(graph, { emails: [long, sly, address(1)], ids: [], all: false });
    expect([...found.byAddress.keys()]).toEqual([long, sly, address(1)]);
    const asked = decodeURIComponent(JSON.stringify(sent.map((s) => s.body)));
    expect(asked).not.toContain('xxx');
    expect(asked).toContain("'o''hara'') or startswith(mail,''a@contoso.test'");
  });
});

describe('searching for a person', () => {
  it('asks the directory’s index by name and address, as it wants to be asked', async () => {
    const { graph, sent } = fakeGraph([json({ value: [colleague(1)] })]);
    expect((await searchPeople(graph, ' Anna "Li"\\ ')).map((p) => p.id)).toEqual([guid(1)]);
    const url = new URL(sent[0]!.url);
    expect(url.searchParams.get('$search')).toBe(
      '"displayName:Anna Li" OR "mail:Anna Li" OR "userPrincipalName:Anna Li"',
    );
    expect(sent[0]!.headers.get('ConsistencyLevel')).toBe('eventual');
  });

  it('asks nothing for nothing', async () => {
    const { graph, sent } = fakeGraph([json({ value: [] })]);
    expect(await searchPeople(graph, ' " ')).toEqual([]);
    expect(sent).toEqual([]);
  });
});
