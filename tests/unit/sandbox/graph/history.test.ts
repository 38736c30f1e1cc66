import { beforeEach, describe, expect, it } from 'vitest';
import { createWorld, groupChat, READING } from './world.ts';

const world = createWorld();
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';
const CAROL = 'carol@contoso.test';
const DAY = 86_400_000;
let chat = '';
beforeEach(async () => {
  world.reset();
  world.consent(...READING);
  chat = await groupChat(world, [ALICE, BOB, CAROL]);
  world.pass(5000);
});
const get = async (path: string) => (await world.call(ALICE, 'GET', path)).json;
interface Told {
  id: string;
  createdDateTime: string;
  lastModifiedDateTime: string;
  deletedDateTime: string | null;
  body: { content: string };
}
async function walk(path: string): Promise<Told[]> {
  const found: Told[] = [];
  for (let next: string | undefined = path; next; ) {
    const page: { value: Told[]; '@odata.nextLink'?: string } = await get(next);
    found.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return found;
}

describe('a made-up history', () => {
  it('is walked whole in both orders, each message once', async () => {
    const ids = world.tenant.fillHistory({ chatId: chat, count: 1200, days: 30 });
    expect(ids).toHaveLength(1200);
    const byBirth = await walk(`/chats/${chat}/messages?$top=50&$orderby=createdDateTime desc`);
    expect(byBirth.slice(2).map((m) => m.id)).toEqual([...ids].reverse());
    const byChange = await walk(`/chats/${chat}/messages?$top=50&$orderby=lastModifiedDateTime desc`);
    expect(new Set(byChange.map((m) => m.id))).toEqual(new Set(byBirth.map((m) => m.id)));
    const times = byChange.map((m) => m.lastModifiedDateTime);
    expect(times).toEqual([...times].sort().reverse());
    const now = world.clock.now();
    for (const m of byBirth) expect(Date.parse(m.createdDateTime)).toBeGreaterThan(now - 31 * DAY);
  });

  it('holds everything that a message can be, in several authors’ words', async () => {
    world.tenant.fillHistory({ chatId: chat, count: 1000 });
    const state = world.tenant.state().chats[0]?.messages ?? [];
    const all = await walk(`/chats/${chat}/messages?$top=50&$orderby=createdDateTime desc`);
    const text = JSON.stringify(all);
    expect(new Set(state.map((m) => m.from))).toEqual(new Set([null, ALICE, BOB, CAROL]));
    for (const mark of [
      'messageReference',
      '"reference"',
      'card.adaptive',
      'hostedContents',
      '<at id',
      'https://wiki',
      '<ul>',
      'urgent',
      '"reactionType"',
    ]) {
      expect(text).toContain(mark);
    }
    for (const script of ['Han', 'Arabic', 'Cyrillic', 'Thai', 'Hangul', 'Devanagari', 'Hebrew', 'Hiragana']) {
      expect(text).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    expect(state.filter((m) => m.edited).length).toBeGreaterThan(5);
    expect(state.filter((m) => m.deleted).length).toBeGreaterThan(2);
  });

  it('is the same for the same seed and another one for another', async () => {
    const told = () => JSON.stringify(world.tenant.state().chats[0]?.messages.slice(0, -2)).replaceAll(chat, '');
    const until = world.clock.now() - DAY;
    const fill = async (seed: number) => {
      world.reset();
      world.consent(...READING);
      chat = await groupChat(world, [ALICE, BOB, CAROL]);
      world.tenant.fillHistory({ chatId: chat, count: 200, seed, until });
      return told();
    };
    const first = await fill(7);
    expect(await fill(7)).toBe(first);
    expect(await fill(8)).not.toBe(first);
  });

  it('lies among what is there, is read, and goes on living', async () => {
    const said = world.tenant.addMessage({ chatId: chat, from: BOB, html: 'now' });
    const ids = world.tenant.fillHistory({ chatId: chat, count: 100, unread: 3 });
    const list = '/me/chats?$expand=lastMessagePreview';
    const row = (await get(list)).value[0];
    expect(row.lastMessagePreview.id).toBe(said.id);
    world.pass(1000);
    const mark = new Date(world.clock.now()).toISOString();
    world.pass(1000);
    world.tenant.editMessage({ chatId: chat, id: ids[10] ?? '', html: 'changed late' });
    world.tenant.deleteMessage({ chatId: chat, id: ids[20] ?? '' });
    world.tenant.react({ chatId: chat, id: ids[30] ?? '', from: ALICE, type: '👍' });
    const changed = await get(
      `/chats/${chat}/messages?$orderby=lastModifiedDateTime desc&$filter=lastModifiedDateTime gt ${mark}`,
    );
    expect(changed.value.map((m: Told) => m.id).sort()).toEqual([ids[10], ids[20], ids[30]].sort());
    const after = (await get(list)).value[0];
    expect(after.lastMessagePreview).toEqual(row.lastMessagePreview);
    expect(after.lastUpdatedDateTime).toBe(row.lastUpdatedDateTime);
  });

  it('can be told of by its last messages alone', () => {
    const ids = world.tenant.fillHistory({ chatId: chat, count: 50 });
    const told = (last?: number) => world.tenant.state(last).chats[0]?.messages.map((m) => m.id) ?? [];
    expect(told()).toHaveLength(52);
    expect(told(3)).toEqual([ids[49], ...told().slice(-2)]);
    expect(told(0)).toEqual([]);
  });

  it('leaves those who came later what they may see', async () => {
    world.tenant.fillHistory({ chatId: chat, count: 300 });
    const record = world.tenant.chats.get(chat);
    const border = record?.messages[100]?.createdAt ?? 0;
    for (const member of record?.members ?? []) member.historyFrom = border;
    for (const order of ['createdDateTime', 'lastModifiedDateTime']) {
      expect(await walk(`/chats/${chat}/messages?$top=50&$orderby=${order} desc`)).toHaveLength(202);
    }
  });

  it.each([
    { count: 0 },
    { count: 1.5 },
    { count: 1, days: 0 },
    { count: 1, until: '2999-01-01' },
    { count: 1, authors: ['x'] },
  ])('is refused: %o', (order) => {
    expect(() => world.tenant.fillHistory({ chatId: chat, ...order })).toThrow();
  });

  it('answers over 20,000 messages as fast as over 200', async () => {
    const small = await groupChat(world, [ALICE, BOB]);
    world.tenant.fillHistory({ chatId: small, count: 200 });
    world.tenant.fillHistory({ chatId: chat, count: 20_000 });
    const mark = new Date(world.clock.now()).toISOString();
    const page = (id: string) =>
      walkOnce(
        `/chats/${id}/messages?$top=50&$orderby=lastModifiedDateTime desc&$filter=lastModifiedDateTime lt ${mark}`,
      );
    const walkOnce = async (path: string) => {
      const start = performance.now();
      expect((await get(path)).value).toHaveLength(50);
      return performance.now() - start;
    };
    const times = { big: [] as number[], small: [] as number[] };
    for (let i = 0; i < 9; i++) {
      times.small.push(await page(small));
      times.big.push(await page(chat));
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[4] ?? 0;
    expect(median(times.big)).toBeLessThan(median(times.small) * 3 + 5);
  });
});

describe('a person of many chats', () => {
  it('has them at once, each with its history, in pages', async () => {
    const ids = world.tenant.createManyChats({
      from: ALICE,
      members: [BOB, CAROL],
      count: 500,
      topic: 'Order',
      messages: 3,
    });
    expect(new Set(ids).size).toBe(500);
    const list =
      '/me/chats?$top=50&$expand=lastMessagePreview,members&$orderby=lastMessagePreview/createdDateTime desc';
    const rows = (await walk(list)) as unknown as {
      id: string;
      topic: string;
      members: unknown[];
      lastMessagePreview: { createdDateTime: string };
    }[];
    expect(rows).toHaveLength(501);
    const times = rows.map((row) => row.lastMessagePreview.createdDateTime);
    expect(times).toEqual([...times].sort().reverse());
    expect(rows.find((row) => row.id === ids[41])).toMatchObject({ topic: 'Order 42', members: [{}, {}, {}] });
  });

  it('sees at most 25 members of each in a list, and all of them elsewhere', async () => {
    world.tenant.directory.hireCrew(40);
    const members = Array.from({ length: 40 }, (_, i) => `crew${String(i + 1).padStart(3, '0')}@contoso.test`);
    const [big] = world.tenant.createManyChats({ from: ALICE, members, count: 1, messages: 1 });
    const rows = (await get('/me/chats?$expand=members')).value as { id: string; members: unknown[] }[];
    expect(rows.find((row) => row.id === big)?.members).toHaveLength(25);
    expect((await get(`/chats/${big}/members`)).value).toHaveLength(41);
  });
});
