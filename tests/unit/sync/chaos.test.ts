import { expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import type { ChatId, MessageId } from '../../../lib/model/ids.ts';
import { type Message, plainContent } from '../../../lib/model/message.ts';
import type { MessageAct } from '../../../lib/model/message-act.ts';
import { ownReaction } from '../../../lib/model/reaction.ts';
import { openMemoryStore } from '../../../lib/storage/open.ts';
import type { MessageApi } from '../../../lib/sync/message-api.ts';
import { createOutbox, type Outbox } from '../../../lib/sync/outbox.ts';
import { foldText } from '../../../lib/util/fold-text.ts';
import { account, chat2, chatId, erpUser, me, random, record } from '../storage/fixtures.ts';
import { fakeDrive } from './fake-drive.ts';
import { ada, fakeTeams, mortal, testClock } from './fixtures.ts';

const WORLDS = 20;
const SENDS = 50;
const ACTS = 40;
const SIGNS = ['👍', '❤️', '🎉'];

/** What the person wants a message to be, as far as they said since it was deleted last: what waited then went with it. */
interface Wish {
  text: string | null;
  deleted: boolean;
  signs: Map<string, boolean>;
}

type Order =
  | { kind: 'send'; localId: string; chat: ChatId; text: string }
  | { kind: 'act'; localId: string; act: MessageAct };

/**
 * A thousand messages, and nearly as many edits, deletions and reactions, with a network that throttles, fails and drops
 * before and after the effect, and workers that die between any two lines: all are there once, in order, as meant.
 */
test.each(Array.from({ length: WORLDS }, (_, i) => i))(
  'chaos, world %i: nothing lost, nothing doubled',
  async (seed) => {
    const world = await makeWorld(seed);
    const { clock, teams, store } = world;
    let lives = 0;
    const left = [...world.orders];
    // The panel repeats a call that had no answer, so an order goes only once it was answered.
    while (left.length) {
      lives++;
      const life = mortal(1 + Math.floor(world.dice() * 120), world.dice() < 0.5 ? 'before' : 'after');
      const outbox = createOutbox({
        ...world.deps,
        store: life.wrap(store),
        api: life.wrap(world.shaky()),
      });
      const run = async () => {
        await outbox.start();
        while (left[0]) {
          await give(outbox, left[0], clock.now());
          left.shift();
          if (world.dice() < 0.3) clock.move(Math.floor(world.dice() * 20_000));
          if (world.dice() < 0.5) await outbox.drain();
        }
      };
      await Promise.race([run(), life.death]);
    }
    expect(lives).toBeGreaterThan(3);

    // The network is well again, and the person sends again what nobody can be sure of.
    const outbox = createOutbox({ ...world.deps, api: teams.api });
    await outbox.start();
    for (let minute = 0; minute < 30; minute++) {
      clock.move(60_000);
      await outbox.drain();
      for (const row of await store.outbox.list(account)) {
        expect(row.problem?.code).not.toBe('message-changed');
        if (row.state === 'failed' || (row.state === 'unknown' && row.mayResend)) await outbox.resend(row.localId);
      }
    }
    await outbox.drain();
    expect(await store.outbox.list(account)).toEqual([]);

    for (const chat of [chatId, chat2]) {
      const wanted = world.orders.flatMap((o) => (o.kind === 'send' && o.chat === chat ? o.text : []));
      expect(teams.inChat(chat).slice(world.before(chat)).map(wrote)).toEqual(wanted);
    }
    for (const [id, wish] of world.wishes) {
      const there = teams.inChat(chatId).find((m) => m.id === id)!;
      expect([id, !!there.deletedAt]).toEqual([id, wish.deleted]);
      if (!wish.deleted && wish.text !== null) expect(wrote(there)).toBe(wish.text);
      const signs = [...wish.signs].map(([sign]) => [sign, !!ownReaction(there, sign, me)]);
      if (!wish.deleted) expect(signs).toEqual([...wish.signs]);
      // And so it is here, before any read and after it.
      expect(wrote((await store.messages.get(account, chatId, id))!)).toBe(wrote(there));
      await store.messages.save(account, chatId, { messages: [there], me });
      expect(await store.messages.get(account, chatId, id)).toEqual(there);
    }
  },
);

async function makeWorld(seed: number) {
  const dice = random(seed * 7919 + 1);
  const clock = testClock();
  const teams = fakeTeams(clock);
  const store = openMemoryStore();
  const wishes = new Map<MessageId, Wish>();
  for (let i = 0; i < 6; i++) {
    const { id } = teams.write(chatId, `message ${i}`, { from: { userId: me, name: 'Ada' } });
    wishes.set(id, { text: `message ${i}`, deleted: false, signs: new Map() });
    clock.move(1000);
  }
  await store.messages.save(account, chatId, { messages: teams.inChat(chatId), me });
  const before = new Map([[chatId, teams.inChat(chatId).length]]);
  clock.move(10 * 60_000);
  const orders: Order[] = [];
  for (let i = 0; i < SENDS + ACTS; i++) {
    const localId = `order ${i}`;
    // Few texts, so that many are alike.
    const text = `text ${Math.floor(dice() * 8)}`;
    if (dice() < SENDS / (SENDS + ACTS))
      orders.push({ kind: 'send', localId, chat: dice() < 0.7 ? chatId : chat2, text });
    else orders.push({ kind: 'act', localId, act: anAct(wishes, dice, i) });
  }
  while (orders.filter((o) => o.kind === 'send').length < SENDS)
    orders.push({ kind: 'send', localId: `more ${orders.length}`, chat: chatId, text: 'text 0' });
  const deps = {
    store,
    files: fakeDrive(clock).api,
    clock,
    me: async () => ada,
    canRead: async () => true,
    changed: () => {},
    online: () => true,
    wake: () => {},
  };
  return {
    ...{ dice, clock, teams, store, wishes, orders, deps },
    before: (chat: ChatId) => before.get(chat) ?? 0,
    shaky: () => shaky(teams.api, dice),
  };
}

/** Something that can be done to one of the messages as the person sees it. */
function anAct(wishes: Map<MessageId, Wish>, dice: () => number, i: number): MessageAct {
  const [id, wish] = [...wishes][Math.floor(dice() * wishes.size)]!;
  if (wish.deleted) {
    wish.deleted = false;
    return { kind: 'restore', id };
  }
  const what = dice();
  if (what < 0.15) {
    Object.assign(wish, { deleted: true, text: null, signs: new Map() });
    return { kind: 'delete', id };
  }
  if (what < 0.5) {
    wish.text = `edit ${i}`;
    return { kind: 'edit', id, content: plainContent(wish.text) };
  }
  const reaction = SIGNS[Math.floor(dice() * SIGNS.length)]!;
  const on = !wish.signs.get(reaction);
  wish.signs.set(reaction, on);
  return { kind: 'react', id, reaction, on };
}

/** Throttled, out of order, or dropped: before the effect, or after it. */
function shaky(api: MessageApi, dice: () => number): MessageApi {
  const refuse = (): unknown => {
    const what = dice();
    if (what < 0.07) return fail('throttled', 'x', 'x', { retryAfter: 1 + Math.floor(dice() * 5) });
    if (what < 0.12) return fail('offline', 'x', 'x');
    if (what < 0.18) return fail('outcome-unknown', 'status 503', 'x');
    return null;
  };
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    const refusal = refuse();
    if (refusal) throw refusal;
    const result = await work();
    if (dice() < 0.08) throw fail('outcome-unknown', 'the answer got lost', 'x');
    return result;
  };
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dice() < 0.1) throw fail('microsoft-down', 'x', 'x');
    return work();
  };
  return {
    ...api,
    listChangedSince: (...args) => read(() => api.listChangedSince(...args)),
    getMessage: (...args) => read(() => api.getMessage(...args)),
    sendMessage: (...args) => write(() => api.sendMessage(...args)),
    changeMessage: (...args) => write(() => api.changeMessage(...args)),
  };
}

function give(outbox: Outbox, order: Order, writtenAt: number): Promise<void> {
  const { localId } = order;
  const base = { localId, account, recordKey: record, erpUser, writtenAt };
  if (order.kind === 'act') return outbox.act({ ...base, chatId, act: order.act });
  return outbox.enqueue({ ...base, chatId: order.chat, content: plainContent(order.text), replyTo: null });
}

function wrote(message: Message): string {
  return foldText(message.html);
}
