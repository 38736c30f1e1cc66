import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bearsMarker, type Chat } from '../../../lib/model/chat.ts';
import { fail } from '../../../lib/model/errors.ts';
import {
  asChatId,
  asDoctype,
  asErpUser,
  asOrigin,
  asRecordName,
  asUserId,
  type ChatId,
  type ErpUser,
} from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { byArrival, type CommentText, type RecordComment } from '../../../lib/model/record-comment.ts';
import { documentHash, LEASE_SECONDS } from '../../../lib/records/claim.ts';
import { readOurs, say } from '../../../lib/records/comment-link.ts';
import {
  type Creation,
  type CreationOutcome,
  type CreationWorld,
  NOTHING_DONE,
} from '../../../lib/records/creation.ts';
import { openChat, releaseClaim } from '../../../lib/records/open-chat.ts';

beforeEach(() => {
  // The real one answers from another thread, at a time that no seed decides.
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_, data) => {
    const { buffer, byteOffset, byteLength } = createHash('sha256')
      .update(data as Uint8Array)
      .digest();
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  });
});

/** Time that passes only where somebody waits for it: whoever is next goes on. */
class Time {
  now = 1_800_000_000_000;
  #waiting: { at: number; nth: number; go: () => void }[] = [];
  #nth = 0;

  sleep(ms: number): Promise<void> {
    return new Promise((go) => this.#waiting.push({ at: this.now + ms, nth: this.#nth++, go }));
  }

  /** Lets time pass until `work` is done. */
  async run(work: Promise<unknown>): Promise<void> {
    let over = false;
    const end = work.finally(() => {
      over = true;
    });
    end.catch(() => {});
    while (!over) {
      await new Promise((done) => setImmediate(done));
      const next = this.#waiting.sort((a, b) => a.at - b.at || a.nth - b.nth).shift();
      if (next) {
        this.now = Math.max(this.now, next.at);
        next.go();
      } else if (!over) await new Promise((done) => setImmediate(done));
    }
    await end;
  }
}

interface Stored extends RecordComment {
  text: CommentText;
  shownAt: number;
}

type Fate = 'fine' | 'dies before' | 'dies after' | 'freezes before' | 'freezes after' | 'lost' | 'lost, then arrives';

/** One document, its comments and one Teams, with every delay that a network and a database have. */
class Site {
  readonly time = new Time();
  readonly random: () => number;
  field = '';
  version = 1;
  comments: Stored[] = [];
  chats: Chat[] = [];
  retired = new Map<ChatId, ChatId>();
  greeted: ChatId[] = [];
  /** What becomes of one effect. */
  fate: (who: string, what: string) => Fate = () => 'fine';
  /** How long a request is on its way to the server, or its answer back: at most so many ms. */
  way = 1_500;
  /** How long a comment that has its time of creation needs until others see it: less than claims settle. */
  commit = 4_000;

  constructor(seed: number) {
    this.random = mulberry(seed);
  }

  document = () => documentHash('Event', 'c1');

  /** The chat that everybody's Deskside shows, by what stands in both places. */
  async named(): Promise<ChatId | null> {
    if (this.field && !this.field.startsWith('deskside:')) return asChatId(this.field);
    const { links } = readOurs(this.#shown(), this.time.now, await this.document(), '');
    return links[0]?.says.chatId ?? null;
  }

  #shown = () => this.comments.filter((c) => c.shownAt <= this.time.now && c.data).sort(byArrival);

  #record(): SavedRecord {
    return {
      ref: { origin: asOrigin('http://erp'), doctype: asDoctype('Event'), name: asRecordName('EV1') },
      title: 'Kick-off',
      modified: String(this.version),
      creation: 'c1',
      owner: asErpUser('alice@contoso.test'),
      docstatus: 0,
      chatField: this.field,
      hasChatField: true,
      participants: [],
      erpUser: asErpUser('alice@contoso.test'),
      serverTime: this.time.now,
      url: 'http://erp/app/event/EV1',
    };
  }

  /** A comment as the server takes it in, whoever wrote it. */
  take(owner: ErpUser, text: CommentText, commit = 0): Stored {
    const creation = new Date(this.time.now).toISOString();
    const name = Math.floor(this.random() * 1e9).toString(36);
    const stored = { name, creation, owner, text, data: text.data ?? '', shownAt: this.time.now + commit };
    this.comments.push(stored);
    return stored;
  }

  world(who: ErpUser, sees: (chat: Chat) => boolean = () => true): CreationWorld {
    const { time } = this;
    const onItsWay = () => time.sleep(this.random() * this.way);
    const effect = async <T>(what: string, run: () => T | Promise<T>): Promise<T> => {
      const fate = this.fate(who, what);
      await onItsWay();
      if (fate === 'dies before') throw new Error('died');
      if (fate === 'lost, then arrives') {
        // Nobody hears of a refusal then.
        void time
          .sleep(5_000 + this.random() * 9_000)
          .then(run)
          .catch(() => {});
        throw fail('outcome-unknown', 'lost', 'lost');
      }
      // A lid that is closed in the middle of it.
      if (fate === 'freezes before') await time.sleep(this.random() * 300_000);
      const result = await run();
      if (fate === 'freezes after') await time.sleep(this.random() * 300_000);
      if (fate === 'lost') throw fail('outcome-unknown', 'lost', 'lost');
      await onItsWay();
      if (fate === 'dies after') throw new Error('died');
      return result;
    };
    return {
      erpUser: who,
      clock: { now: () => time.now, sleep: (ms) => time.sleep(ms) },
      read: () => effect('read', () => this.#record()),
      write: (value, modified) =>
        effect('write', () => {
          if (modified !== String(this.version)) throw fail('erp-conflict', 'stale', 'stale');
          this.version++;
          this.field = value;
          return this.#record();
        }),
      comments: () => effect('comments', () => ({ comments: this.#shown(), serverTime: time.now })),
      addComment: (text) =>
        effect('addComment', async () => {
          const { shownAt } = this.take(who, text, this.random() * this.commit);
          await time.sleep(shownAt - time.now);
        }),
      editComment: (name, text) =>
        effect('editComment', () => {
          const comment = this.comments.find((c) => c.name === name);
          if (!comment) throw fail('erp-not-found', 'gone', 'gone');
          if (comment.owner !== who) throw fail('erp-forbidden', 'theirs', 'theirs');
          Object.assign(comment, { text, data: text.data ?? '' });
        }),
      linkText: async (chatId) => ({ url: `https://teams/${chatId}`, topic: 'Kick-off' }),
      believes: async ({ says }) => {
        const chat = this.chats.find(({ id }) => id === says.chatId);
        if (!chat || !sees(chat)) return 'unseen';
        return bearsMarker(chat.topic, 'EV1') ? 'yes' : 'no';
      },
      chats: async function* (this: Site) {
        yield* await effect('list', () => this.chats.filter(sees));
      }.bind(this),
      linkedElsewhere: async () => new Set<ChatId>(),
      create: (topic) => effect('create', () => this.chat(topic)),
      greet: (chatId) => effect('greet', () => void this.greeted.push(chatId)),
      retire: (own, real) => effect('retire', () => void this.retired.set(own, real)),
    };
  }

  chat(topic: string): Chat {
    const id = asChatId(`19:${this.chats.length + 1}@thread.v2`);
    const createdAt = new Date(this.time.now).toISOString();
    const empty = { webUrl: null, members: [], readUpTo: null, newestAt: null };
    const chat: Chat = { id, topic, kind: 'group', createdAt, ...empty };
    this.chats.push(chat);
    return chat;
  }
}

const ROUNDS = Number(process.env.ROUNDS ?? 2000);
let counter = 0;
function creation(place: Creation['place'], more: Partial<Creation> = {}): Creation {
  return {
    step: 'claim',
    place,
    nonce: (++counter).toString(16).padStart(32, '0'),
    account: '00000000-0000-4000-8000-00000000000a',
    recordCreation: 'c1',
    recordName: 'EV1',
    topic: 'Kick-off · EV1',
    members: [{ email: null, userId: asUserId('u'), role: 'owner' }],
    amParticipant: true,
    ...NOTHING_DONE,
    ...more,
  };
}

/** One person's browser: keeps its state as IndexedDB would, is started again when it dies, and goes on to the end. */
class Machine {
  state: Creation;
  readonly site: Site;
  readonly world: CreationWorld;

  constructor(site: Site, who: string, place: Creation['place'], more: Partial<Creation> = {}, world?: CreationWorld) {
    this.site = site;
    this.state = creation(place, more);
    this.world = world ?? site.world(asErpUser(who));
  }

  async once(): Promise<CreationOutcome | 'died'> {
    try {
      return await openChat(
        this.state,
        async (state) => {
          this.state = state;
        },
        this.world,
      );
    } catch (caught) {
      const text = String(caught);
      if (!/died|outcome-unknown|erp-conflict/.test(text)) throw caught;
      return 'died';
    }
  }

  /** @param asked what the person answers to "there may be one already" after a minute. */
  async toEnd(asked: 'go on' | 'leave' = 'go on'): Promise<CreationOutcome> {
    for (let i = 0; i < 300; i++) {
      const outcome = await this.once();
      if (outcome === 'died') await this.site.time.sleep(1_000 + this.site.random() * 150_000);
      else if (outcome.kind === 'wait') await this.site.time.sleep(outcome.ms);
      else if (outcome.kind === 'ask' && asked === 'go on') {
        await this.site.time.sleep(60_000);
        this.state = { ...this.state, goOn: true };
      } else return outcome;
    }
    throw new Error(`never ended: ${JSON.stringify(this.state)}`);
  }
}

/** Whatever happened: one chat is the record's, and whoever is in any other is led there. */
async function expectOne(site: Site, round: string): Promise<void> {
  const named = await site.named();
  expect(named, `${round}: no chat`).not.toBeNull();
  for (const { id } of site.chats) {
    let at = id;
    for (let hops = 0; at !== named && hops < 10; hops++) at = site.retired.get(at) ?? at;
    expect(at, `${round}: ${id} leads nowhere`).toBe(named);
  }
}

describe('one chat a record, in the field or in a comment', () => {
  it('becomes a link in the very comment that held the claim, with a sentence for people', async () => {
    const site = new Site(1);
    await site.time.run(new Machine(site, 'bob@contoso.test', 'comment').toEnd());
    expect(site.field).toBe('');
    expect(site.comments).toHaveLength(1);
    expect(site.comments[0]!.text).toMatchObject({
      sentence: 'The Teams chat of this record, linked by Deskside:',
      link: { text: 'Kick-off' },
    });
    expect(site.greeted).toEqual([site.chats[0]!.id]);
    await expectOne(site, 'alone');
  });

  it.each([
    ['comments alone', ['comment', 'comment', 'comment']],
    ['one in the field', ['field', 'comment', 'comment']],
    ['two in the field', ['field', 'comment', 'field', 'comment']],
  ] as const)('links one chat in 60 races of people with every delay: %s', async (_, places) => {
    for (let round = 0; round < 60; round++) {
      const site = new Site(round);
      const machines = places.map((place, i) => new Machine(site, `p${i}@contoso.test`, place));
      const starts = machines.map(async (machine) => {
        await site.time.sleep(site.random() * 9_000);
        return machine.toEnd();
      });
      await site.time.run(Promise.all(starts));
      await expectOne(site, `round ${round}`);
      // Nobody is cut off here, so that no second chat is ever made.
      expect(site.chats, `round ${round}`).toHaveLength(1);
      expect(site.greeted).toEqual([site.chats[0]!.id]);
    }
  });

  it(`agrees in ${ROUNDS} mixed races in which workers die anywhere and answers are lost`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const site = new Site(10_000 + round);
      let harm = 4;
      site.fate = (_, what) => {
        if (harm === 0 || site.random() > 0.12) return 'fine';
        harm--;
        const fates: Fate[] = [
          'dies before',
          'dies after',
          'freezes before',
          'freezes after',
          'lost',
          'lost, then arrives',
        ];
        const writes = ['write', 'addComment', 'editComment', 'create'].includes(what);
        return fates[Math.floor(site.random() * (writes ? 6 : 4))]!;
      };
      const places = Array.from({ length: 2 + Math.floor(site.random() * 3) }, () =>
        site.random() < 0.5 ? ('field' as const) : ('comment' as const),
      );
      const machines = places.map((place, i) => new Machine(site, `p${i}@contoso.test`, place));
      const starts = machines.map(async (machine) => {
        await site.time.sleep(site.random() * 20_000);
        return machine.toEnd();
      });
      await site.time.run(Promise.all(starts));
      // Each may have stood back for a claim of the other that came to nothing: the panel says so, and when it has run
      // out somebody presses the button again.
      if (!(await site.named()))
        await site.time.run(
          site.time.sleep(LEASE_SECONDS * 1000).then(() => new Machine(site, 'p0@contoso.test', places[0]!).toEnd()),
        );
      await expectOne(site, `round ${round} (${places.join()})`);
    }
  }, 60_000);

  it('keeps one chat when the worker is killed before or after each single effect', async () => {
    const steps: string[] = [];
    const plain = new Site(3);
    plain.fate = (_, what) => {
      steps.push(what);
      return 'fine';
    };
    await plain.time.run(new Machine(plain, 'bob@contoso.test', 'comment').toEnd());
    expect(steps).toContain('editComment');
    for (let victim = 0; victim < steps.length; victim++)
      for (const fate of ['dies before', 'dies after', 'lost, then arrives'] as const) {
        const site = new Site(3);
        let seen = 0;
        site.fate = () => (seen++ === victim ? fate : 'fine');
        await site.time.run(new Machine(site, 'bob@contoso.test', 'comment').toEnd());
        await expectOne(site, `${fate} ${steps[victim]} #${victim}`);
      }
  });
});

const BOB = asErpUser('bob@contoso.test');
const MALLORY = asErpUser('mallory@contoso.test');

describe('one protocol over both places', () => {
  it('a comment claimer withdraws for the field, and says so in its comment', async () => {
    const site = new Site(1);
    const machine = new Machine(site, BOB, 'comment');
    const add = machine.world.addComment;
    machine.world.addComment = async (text) => {
      await add(text);
      // Somebody who may write the field claims it while the comment settles.
      const document = await site.document();
      site.field = `deskside:1:${'f'.repeat(32)}:${Math.floor(site.time.now / 1000) + LEASE_SECONDS}:00000000-0000-4000-8000-00000000000b:${document}`;
      site.version++;
    };
    let outcome: CreationOutcome | undefined;
    await site.time.run(machine.toEnd().then((end) => (outcome = end)));
    expect(outcome).toEqual({ kind: 'overtaken' });
    expect(site.chats).toEqual([]);
    expect(site.comments[0]!.text).toEqual({
      data: null,
      sentence: 'A colleague was first to create the Teams chat of this record.',
    });
  });

  it('a field claimer waits for a comment that was there before, and takes its chat over', async () => {
    const site = new Site(2);
    const comment = new Machine(site, BOB, 'comment');
    const field = new Machine(site, 'alice@contoso.test', 'field');
    const make = comment.world.create;
    let second: Promise<unknown> = Promise.resolve();
    comment.world.create = async (topic, members) => {
      // After the comment's last look before it creates, and before its chat is there.
      second = field.toEnd();
      await site.time.sleep(20_000);
      return make(topic, members);
    };
    await site.time.run(comment.toEnd().then(() => second));
    await expectOne(site, 'takes over');
    expect(site.field).toBe(site.chats[0]!.id);
    // The field holds it now: the comment is left for people.
    expect(site.comments.at(-1)!.text).toMatchObject({ data: null, link: { text: 'Kick-off' } });
  });

  it('does not wait at all where no comment claims: one look more than without comments', async () => {
    const site = new Site(3);
    const asked: string[] = [];
    site.fate = (_, what) => {
      asked.push(what);
      return 'fine';
    };
    site.way = 0;
    const began = site.time.now;
    await site.time.run(new Machine(site, 'alice@contoso.test', 'field').toEnd());
    expect(site.time.now).toBe(began);
    // Claim, and before the chat is made and before it is linked, comments beside the record.
    expect(asked.filter((what) => what === 'comments')).toHaveLength(2);
    expect(asked.filter((what) => what === 'write')).toHaveLength(2);
  });

  it('of two links beside each other the earlier stays, and the other chat points to it', async () => {
    const site = new Site(4);
    const earlier = site.take(asErpUser('carol@contoso.test'), { data: null, sentence: '' });
    const machine = new Machine(site, BOB, 'comment');
    let wrote = false;
    const edit = machine.world.editComment;
    machine.world.editComment = async (name, text) => {
      await edit(name, text);
      if (wrote) return;
      wrote = true;
      // Carol's edit was on its way for longer than any answer is waited for: it shows beside ours.
      const real = site.chat('Kick-off · EV1');
      const link = say.link('a'.repeat(32), await site.document(), real.id, 'https://teams/', 'Kick-off');
      Object.assign(earlier, { text: link, data: link.data });
    };
    await site.time.run(machine.toEnd());
    expect(site.retired.get(site.chats[0]!.id)).toBe(site.chats[1]!.id);
    expect(await site.named()).toBe(site.chats[1]!.id);
    expect(site.comments[1]!.text).toMatchObject({ data: null });
  });

  it('links again where a claim that was held back on its way came down over the link', async () => {
    const site = new Site(5);
    const machine = new Machine(site, BOB, 'comment');
    const edit = machine.world.editComment;
    let once = true;
    machine.world.editComment = async (name, text) => {
      const before = site.comments[0]!.text;
      await edit(name, text);
      if (!once) return;
      once = false;
      Object.assign(site.comments[0]!, { text: before, data: before.data });
    };
    await site.time.run(machine.toEnd());
    await expectOne(site, 'linked again');
  });

  it('gives back its own claim and nobody else’s', async () => {
    const site = new Site(6);
    const machine = new Machine(site, BOB, 'comment');
    site.fate = (_, what) => (what === 'create' ? 'dies before' : 'fine');
    await site.time.run(
      (async () => {
        for (;;) {
          const outcome = await machine.once();
          if (outcome === 'died') break;
          if (outcome.kind === 'wait') await site.time.sleep(outcome.ms);
        }
        await releaseClaim(creation('comment'), site.world(BOB));
        expect(site.comments[0]!.data).toMatch(/^deskside:1:/);
        // A copied nonce makes nobody else's comment ours.
        await releaseClaim(machine.state, site.world(MALLORY));
        expect(site.comments[0]!.data).toMatch(/^deskside:1:/);
        await releaseClaim(machine.state, site.world(BOB));
      })(),
    );
    expect(site.comments[0]!.text.data).toBeNull();
  });
});

describe('comments that somebody made up', () => {
  const claimOf = async (site: Site, leaseEnds: number) =>
    `deskside:1:${'e'.repeat(32)}:${leaseEnds}:00000000-0000-4000-8000-00000000000e:${await site.document()}`;

  it.each(['field', 'comment'] as const)('a claim holds nobody up for longer than a lease (%s)', async (place) => {
    const site = new Site(7);
    await site.time.run(
      (async () => {
        const now = Math.floor(site.time.now / 1000);
        site.take(MALLORY, { data: await claimOf(site, now + 2 * LEASE_SECONDS), sentence: '' });
        // A lease that never ends binds nobody at all.
        site.take(MALLORY, { data: await claimOf(site, 9_999_999_999), sentence: '' });
        const began = site.time.now;
        let outcome = await new Machine(site, BOB, place).toEnd();
        if (outcome.kind === 'overtaken') {
          await site.time.sleep(2 * LEASE_SECONDS * 1000);
          outcome = await new Machine(site, BOB, place).toEnd();
        }
        expect(outcome).toEqual({ kind: 'done' });
        expect(site.time.now - began).toBeLessThan(6 * 60_000);
      })(),
    );
    await expectOne(site, 'forged claim');
  });

  it('claims written again and again do not keep anybody from the field', async () => {
    const site = new Site(8);
    let over = false;
    const forger = (async () => {
      while (!over) {
        const ends = Math.floor(site.time.now / 1000) + LEASE_SECONDS;
        site.take(MALLORY, { data: await claimOf(site, ends), sentence: '' });
        await site.time.sleep(20_000);
      }
    })();
    const machine = new Machine(site, 'alice@contoso.test', 'field');
    await site.time.run(
      machine.toEnd().then((outcome) => {
        over = true;
        expect(outcome).toEqual({ kind: 'done' });
      }),
    );
    await site.time.run(forger);
    expect(site.field).toBe(site.chats[0]!.id);
  });

  it.each([
    ['whose topic says that it is another’s', () => true],
    ['that nobody can see', (chat: Chat) => chat.topic !== 'Come in'],
  ])('a link that turns up while our chat is made, to one %s, leads nobody there', async (_, sees) => {
    for (const place of ['field', 'comment'] as const) {
      const site = new Site(9);
      const world = site.world(BOB, sees);
      const make = world.create;
      world.create = async (topic, members) => {
        const chat = await make(topic, members);
        const foreign = site.chat('Come in');
        const text = say.link('d'.repeat(32), await site.document(), foreign.id, 'https://teams/', 'Come in');
        site.take(MALLORY, text);
        return chat;
      };
      await site.time.run(new Machine(site, BOB, place, {}, world).toEnd());
      expect(await site.named(), place).toBe(site.chats[0]!.id);
      expect(site.retired.size).toBe(0);
    }
  });

  it('a claim or link of another document counts for nothing', async () => {
    const site = new Site(10);
    const other = await documentHash('Event', 'another');
    site.take(BOB, say.link('c'.repeat(32), other, asChatId('19:other@thread.v2'), 'https://teams/', 'Other'));
    const ends = Math.floor(site.time.now / 1000) + LEASE_SECONDS;
    site.take(BOB, {
      data: `deskside:1:${'c'.repeat(32)}:${ends}:00000000-0000-4000-8000-00000000000c:${other}`,
      sentence: '',
    });
    let outcome: CreationOutcome | undefined;
    await site.time.run(new Machine(site, BOB, 'comment').toEnd().then((end) => (outcome = end)));
    expect(outcome).toEqual({ kind: 'done' });
    expect(await site.named()).toBe(site.chats[0]!.id);
  });
});

function mulberry(seed: number): () => number {
  let a = seed + 1;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
