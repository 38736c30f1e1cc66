import { fail } from '../../../lib/model/errors.ts';
import { asMessageId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { Store } from '../../../lib/storage/open.ts';
import type { MessageApi, MessagesPage } from '../../../lib/sync/message-api.ts';
import { createPull, type Pull } from '../../../lib/sync/pull.ts';
import { account, chatId, me, message, random, T0 } from '../storage/fixtures.ts';
import { ada, testClock, testSession } from './fixtures.ts';

/** How far apart two things happen: at once, within a moment, or longer than a watermark looks back. */
const GAPS_MS = [0, 0, 0, 1, 1, 40, 6_000, 20_000];

const BUSY = fail('throttled', 'Busy', 'x');

/**
 * One chat's history, made up from a seed: people write, edit, react and delete while the chat is read, filled upwards
 * and written in from here. Reads fail and workers die at any page, before or after it is stored; pages overlap, come
 * shuffled in themselves, and answers to what goes on at once come in any order.
 */
export function madeUpHistory(seed: number, store: Store) {
  const next = random(seed);
  const below = (count: number) => Math.floor(next() * count);
  const clock = testClock();
  const session = testSession();
  const messages: Message[] = [];
  /** How many messages of Graph's a page holds here: few, so that there are many pages. */
  const size = 2 + below(4);
  let etag = T0;
  let faults = false;

  function happen(): void {
    clock.move(GAPS_MS[below(GAPS_MS.length)]!);
    // What was written last is changed most.
    const known = below(2) === 0 ? messages.length - 1 : below(messages.length);
    const what = messages.length ? below(8) : 0;
    if (what < 4) write();
    else if (what < 6) change(known, { html: `<p>${below(1000)}</p>`, editedAt: time() });
    else if (what < 7) change(known, { reactions: [{ type: 'like', userId: me }] });
    else change(known, { html: '', deletedAt: time() });
  }
  const time = () => new Date(clock.now()).toISOString();
  function write(more: Partial<Message> = {}): Message {
    const last = messages.at(-1);
    // An id belongs to one message, a moment may belong to several.
    const id = Math.max(clock.now(), last ? Number(last.id) + 1 : 0);
    const written = { ...message(0), ...more, id: asMessageId(String(id)), etag: String(++etag) };
    messages.push({ ...written, createdAt: time(), modifiedAt: time() });
    return messages.at(-1)!;
  }
  function change(at: number, more: Partial<Message>): void {
    const old = messages[at];
    if (old && !old.deletedAt) messages[at] = { ...old, ...more, etag: String(++etag), modifiedAt: time() };
  }

  async function* pages(by: 'createdAt' | 'modifiedAt', from: string, to: string): AsyncGenerator<MessagesPage> {
    let after: Message | null = null;
    for (;;) {
      await pass();
      if (faults && below(8) === 0) throw BUSY;
      // Of one length and one form each: they compare as text.
      const order = (a: Message, b: Message) => compare(b[by], a[by]) || compare(b.id, a.id);
      const all = messages.filter((m) => m[by] > from && m[by] < to && (!after || order(m, after) > 0)).sort(order);
      const page = all.slice(0, size);
      const more = all.length > size;
      // Now and then a message comes once more with the next page.
      after = (page.length > 1 && below(4) === 0 ? page.at(-2) : page.at(-1)) ?? null;
      const shuffled = below(3) === 0 ? page.toReversed() : page;
      // What was answered is on its way while life goes on.
      await pass();
      yield { messages: shuffled, next: more ? 'next' : null };
      if (!more) return;
    }
  }
  async function pass(): Promise<void> {
    // Now and then longer than a whole read beside it takes, and a lot happens.
    const turns = faults && below(5) === 0 ? 80 : below(3);
    for (let turn = 0; turn < turns; turn++) {
      await Promise.resolve();
      if (turn % 20 === 10) happen();
    }
    if (faults && below(5) === 0) happen();
  }

  const api = {
    changesIn: (_, { after, until }) => pages('modifiedAt', after, until ?? '9'),
    writtenBefore: (_, before) => pages('createdAt', '', before ?? '9'),
  } as Partial<MessageApi> as MessageApi;

  /** A worker that may die: from then on nothing of it has an effect or an answer. */
  function hire(): { pull: Pull; death: Promise<void> } {
    let dead = false;
    let die = () => {};
    const death = new Promise<void>((resolve) => {
      die = resolve;
    });
    const never = new Promise<never>(() => {});
    const save: Store['messages']['save'] = async (...args) => {
      if (dead) return never;
      const when = faults ? below(24) : 9;
      if (when === 0) dead = true;
      else {
        const saved = await store.messages.save(...args);
        if (when === 1) dead = true;
        if (!dead) return saved;
      }
      die();
      return never;
    };
    const mortal = { ...store, messages: { ...store.messages, save } };
    const parts = { session, clock, me: async () => ada, canRead: async () => true, changed: () => {} };
    return { pull: createPull({ ...parts, store: mortal, api }), death };
  }
  let worker = hire();

  /** What this worker does at once; true where it died in it, and another one is hired. */
  async function work(...acts: ((pull: Pull) => Promise<unknown>)[]): Promise<boolean> {
    const done = Promise.all(acts.map((act) => act(worker.pull).catch(() => {})));
    let died = false;
    await Promise.race([done, worker.death.then(() => (died = true))]);
    if (died) worker = hire();
    return died;
  }
  const read = (pull: Pull) => pull.act(chatId, 0);
  const fill = async (pull: Pull) => {
    const [first] = (await store.messages.page(account, chatId, null, 1000)).messages;
    await pull.page(chatId, first?.id ?? null, 1 + below(5));
  };
  /** Sent from here: the copy is stored from the answer, which may come after a later version of it was read. */
  const send = async () => {
    await pass();
    const copy = write({ from: { userId: me, name: 'Ada' } });
    await pass();
    await store.messages.save(account, chatId, { messages: [copy], me });
  };

  return {
    async live(): Promise<void> {
      for (let count = below(6); count > 0; count--) happen();
      faults = true;
      for (let steps = 2 + below(4); steps > 0; steps--) {
        for (let count = below(4); count > 0; count--) happen();
        const what = below(8);
        if (what < 3) await work(read);
        else if (what < 5) await work(fill);
        else if (what < 6) await work(read, fill, send);
        else if (what < 7) await work(send, read);
        else await work(fill, read);
        await this.check();
      }
      faults = false;
    },
    /**
     * Of what shows as one run without a hole, nothing that a read has been through is missing. What changed under a
     * read's hands is above where it got to: the next one brings it.
     */
    async check(): Promise<void> {
      const row = await store.chats.get(account, chatId);
      const shown = (await store.messages.page(account, chatId, null, 1000)).messages;
      const [first] = shown;
      const through = row?.gap?.edge ? row.gap.upTo : row?.watermark;
      if (!first || !through) return;
      const ids = new Set(shown.map((m) => m.id));
      const missing = messages.filter((m) => m.id >= first.id && m.modifiedAt < through && !ids.has(m.id));
      if (missing.length) throw new Error(`seed ${seed}: ${missing.length} missing among those that show`);
    },
    /** Reads and scrolls until nothing is left to be read. */
    async settle(): Promise<void> {
      // The first may join one that was under way already, and that one may fail.
      for (let times = 0; times < 2; times++)
        while (await work(read)) {
          // What it had begun before may still kill it.
        }
      for (let more = true; more; ) {
        const [first] = (await store.messages.page(account, chatId, null, 1000)).messages;
        const page = first ? await worker.pull.page(chatId, first.id, 50) : { more: false, messages: [] };
        more = page.more;
      }
      await work(read);
    },
    server: () => messages,
    async stored(): Promise<Message[]> {
      return (await store.messages.page(account, chatId, null, 1000)).messages;
    },
    row: () => store.chats.get(account, chatId),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
