import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { Database } from '../../../lib/storage/database.ts';
import { openIndexedDb } from '../../../lib/storage/indexed-db.ts';
import { createMemoryDb } from '../../../lib/storage/memory-db.ts';
import { type Store, storeOver } from '../../../lib/storage/open.ts';
import { foldText } from '../../../lib/util/fold-text.ts';
import { findTerm, foldSearch } from '../../../lib/util/search-fold.ts';
import { parseQuery } from '../../../lib/util/search-query.ts';
import { account, bob, changed, chat2, chatId, freshIndexedDb, me, message, other, random, T0 } from './fixtures.ts';

let store: Store;
let db: Database;
afterEach(() => store.close());

const say = (ms: number, html: string, more: Partial<Message> = {}) => message(ms, { html, ...more });
const save = (chat: ChatId, ...messages: Message[]) => store.messages.save(account, chat, { messages, me });
async function search(text: string, { chats = null as ChatId[] | null, count = 50 } = {}) {
  const query = parseQuery(text, T0);
  const page = await store.search.find(account, chats && new Set(chats), query, { count, from: null });
  return page.hits.map((hit) => foldText(hit.message.html));
}

describe.each(['on disk', 'in memory'])('search %s', (where) => {
  beforeEach(async () => {
    freshIndexedDb();
    db = where === 'on disk' ? await openIndexedDb('deskside') : createMemoryDb();
    store = storeOver(db, null);
  });

  test('finds words over all chats, the newest first, and those of one chat', async () => {
    await save(chatId, say(1, '<p>The pump leaks</p>'), say(3, '<p>pump <b>mended</b></p>'), say(5, 'another thing'));
    await save(chat2, say(2, '<div>no Pumpen here</div>'), say(4, 'we impumped'));
    expect(await search('pump')).toEqual(['pump mended', 'no Pumpen here', 'The pump leaks']);
    expect(await search('pump', { chats: [chat2] })).toEqual(['no Pumpen here']);
    expect(await search('"pump"')).toEqual(['pump mended', 'The pump leaks']);
    expect(await search('pump -leaks')).toEqual(['pump mended', 'no Pumpen here']);
    expect(await search('leaks pump')).toEqual(['The pump leaks']);
    expect(await search('nowhere')).toEqual([]);
  });

  test('follows edits and deletions at once', async () => {
    const [first, second] = [say(1, 'old words'), say(2, 'secret words')];
    await save(chatId, first, second);
    expect(await search('words')).toHaveLength(2);
    await save(
      chatId,
      changed(first, 10, { html: 'new sentence' }),
      changed(second, 11, { html: '', deletedAt: new Date(T0 + 11).toISOString() }),
    );
    expect(await search('words')).toEqual([]);
    expect(await search('sentence')).toEqual(['new sentence']);
    expect(await search('from:bob')).toEqual(['new sentence']);
  });

  test('knows who wrote, when, and what goes with it', async () => {
    const ann = { userId: me, name: 'Änn Óbrien' };
    await save(
      chatId,
      say(1, 'a <a href="https://x.example">link</a>', { from: ann }),
      say(86_400_000, 'plain', { from: ann }),
      say(3, 'see it', { attachments: [{ name: 'Offer 7.pdf', url: 'https://x', contentType: 'reference' }] }),
      say(4, '<img src="https://graph/x">'),
      say(5, '<at id="0">Bob</at> hi', { mentions: [{ userId: bob, name: 'Bob' }] }),
      say(6, '', { event: { kind: 'created', by: { userId: bob, name: 'Bob' } } }),
    );
    expect(await search('from:"ann o"')).toEqual(['plain', 'a link']);
    expect(await search('has:link')).toEqual(['a link']);
    expect(await search('has:file')).toEqual(['see it']);
    expect(await search('offer')).toEqual(['see it']);
    expect(await search('has:image')).toHaveLength(1);
    expect(await search('has:mention')).toEqual(['Bob hi']);
    expect(await search('from:bob')).toHaveLength(3);
    expect(await search('from:ann on:2026-11-23')).toEqual(['plain']);
  });

  test('what was said in several chats in one millisecond is not torn by the end of a page', async () => {
    await save(chatId, say(1, 'pump one'), say(2, 'pump two'), say(3, 'pump three'));
    await save(chat2, say(1, 'pump eins'), say(2, 'pump zwei'));
    const query = parseQuery('pump', T0);
    const seen: string[] = [];
    let from = null;
    for (let more = true; more; ) {
      const page = await store.search.find(account, null, query, { count: 2, from });
      seen.push(...page.hits.map(({ message }) => message.html));
      const last = page.hits.at(-1)!.message;
      from = { at: Date.parse(last.createdAt), id: last.id };
      more = page.more;
    }
    expect(seen.toSorted()).toEqual(['pump eins', 'pump one', 'pump three', 'pump two', 'pump zwei']);
  });

  test('gives page after page, each message once', async () => {
    const many = Array.from({ length: 1300 }, (_, i) => say(i, i % 2 ? `odd number ${i}` : `even number ${i}`));
    await save(chatId, ...many.slice(600));
    await save(chatId, ...many.slice(0, 600));
    const query = parseQuery('odd', T0);
    const seen: string[] = [];
    let from = null as { at: number; id: Message['id'] } | null;
    for (let more = true; more; ) {
      const page = await store.search.find(account, null, query, { count: 99, from });
      seen.push(...page.hits.map((hit) => hit.message.id));
      const last = page.hits.at(-1)!.message;
      from = { at: Date.parse(last.createdAt), id: last.id };
      more = page.more;
    }
    const odd = many.filter((_, i) => i % 2).map((m) => m.id);
    expect(seen).toEqual(odd.toReversed());
  });

  test('shows nobody another account’s messages', async () => {
    await store.messages.save(other, chatId, { messages: [say(1, 'mine alone')], me: bob });
    expect(await search('alone')).toEqual([]);
    await save(chatId, say(2, 'alone too'));
    expect(await search('alone')).toEqual(['alone too']);
    await store.forgetAccount(account);
    expect(await search('alone')).toEqual([]);
  });

  test('packs many small rows, and finds the same before and after, also in a worker that has not read them', async () => {
    const all = Array.from({ length: 200 }, (_, i) => say(i, `pump ${i}`));
    for (const m of all) await save(Number(m.id) % 3 ? chatId : chat2, m);
    const edited = changed(all[7]!, 999, { html: 'valve 7' });
    await save(Number(edited.id) % 3 ? chatId : chat2, edited);
    const gone = changed(all[8]!, 999, { html: '', deletedAt: new Date(T0 + 999).toISOString() });
    await save(Number(gone.id) % 3 ? chatId : chat2, gone);
    const hoped = (await search('pump', { count: 300 })).slice();
    expect(hoped).toHaveLength(198);
    const rows = async () => (await db.read(['words'], ({ words }) => words.list({ prefix: [account] }))).length;
    expect(await rows()).toBeGreaterThan(200);
    await store.search.tidy(account);
    expect(await rows()).toBe(1);
    await save(chatId, say(5000, 'pump after'));
    await save(chatId, changed(edited, 2000, { html: 'pump 7 again' }));
    store.search.drop(account);
    expect(await search('pump', { count: 300 })).toEqual([
      'pump after',
      ...hoped.slice(0, 191),
      'pump 7 again',
      ...hoped.slice(191),
    ]);
    expect(await search('valve')).toEqual([]);
    await store.search.tidy(account);
    expect(await rows()).toBe(3);
  });

  test.each([1, 2, 3])('finds what reading every message finds (seed %s)', async (seed) => {
    const roll = random(seed);
    const pick = <T>(from: readonly T[]) => from[Math.floor(roll() * from.length)]!;
    const words = ['pump', 'Pumpe', 'straße', 'strasse', '納品', 'x-1', 'delivery', 'deliver', 'écran', 'a'];
    const known = new Map<string, Message>();
    for (let round = 0; round < 12; round++) {
      const batch = Array.from({ length: 1 + Math.floor(roll() * 90) }, () => {
        const ms = Math.floor(roll() * 2000);
        const html = Array.from({ length: 1 + Math.floor(roll() * 5) }, () => pick(words)).join(' ');
        return changed(say(ms, html), 10_000 + round);
      });
      await save(chatId, ...batch);
      // Of one id in one batch, all of the same age, the first counts.
      for (const m of batch.toReversed()) known.set(m.id, m);
      if (round % 4 === 3) await store.search.tidy(account, 1);
      for (const text of ['pump', 'strasse', '納', 'deliver x', '"deliver"', 'ecran -a']) {
        const query = parseQuery(text, T0);
        const holds = ({ html }: Message) => {
          const folded = foldSearch(html);
          const has = (term: (typeof query.terms)[number]) => findTerm(folded, term, 0, folded.length) >= 0;
          return query.terms.every(has) && !query.without.some(has);
        };
        const hoped = [...known.values()].filter(holds).sort((a, b) => Number(b.id) - Number(a.id));
        const page = await store.search.find(account, null, query, { count: 40, from: null });
        expect(
          page.hits.map((hit) => hit.message.id),
          text,
        ).toEqual(hoped.slice(0, 40).map((m) => m.id));
        expect(page.more).toBe(hoped.length > 40);
      }
    }
  });
});
