import { describe, expect, it } from 'vitest';
import type { Chat } from '../../../lib/model/chat.ts';
import { AppFailure, fail } from '../../../lib/model/errors.ts';
import {
  asChatId,
  asDoctype,
  asErpUser,
  asOrigin,
  asRecordName,
  asUserId,
  type ChatId,
} from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { documentHash, LEASE_SECONDS, readChatField } from '../../../lib/records/claim.ts';
import {
  type Creation,
  type CreationOutcome,
  type CreationWorld,
  NOTHING_DONE,
} from '../../../lib/records/creation.ts';
import { openChat, releaseClaim } from '../../../lib/records/open-chat.ts';

/** One ERPNext document and one Teams, with a clock and a switch for each thing that may go wrong. */
class Twin {
  now = 1_700_000_000_000;
  field = '';
  version = 1;
  chats: Chat[] = [];
  greeted: string[] = [];
  retired: { own: string; real: string }[] = [];
  saves = 0;
  /** Called before each effect: throw to die there; awaiting lets others run. */
  before: (what: string) => Promise<void> | void = () => {};
  /** Called after each effect, before its answer is given. */
  after: (what: string) => Promise<void> | void = () => {};

  record(): SavedRecord {
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
      serverTime: this.now,
      url: 'http://erp/app/event/EV1',
    };
  }

  world(options: { sees?: (chat: Chat) => boolean } = {}): CreationWorld {
    const effect = async <T>(what: string, run: () => T): Promise<T> => {
      await this.before(what);
      const result = run();
      await this.after(what);
      return result;
    };
    return {
      read: () => effect('read', () => this.record()),
      write: (value, modified) =>
        effect('write', () => {
          if (modified !== String(this.version)) throw fail('erp-conflict', 'stale', 'stale');
          this.version++;
          this.saves++;
          this.field = value;
          return this.record();
        }),
      chats: async function* (this: Twin) {
        await this.before('list');
        yield* this.chats.filter(options.sees ?? (() => true));
      }.bind(this),
      comments: () => effect('comments', () => ({ comments: [], serverTime: this.now })),
      addComment: () => Promise.reject(new Error('none is written where the field may be')),
      editComment: () => Promise.reject(new Error('none is written where the field may be')),
      erpUser: asErpUser('alice@contoso.test'),
      linkText: async (chatId) => ({ url: chatId, topic: '' }),
      believes: async () => 'no',
      linkedElsewhere: async () => new Set<ChatId>(),
      create: (topic) =>
        effect('create', () => {
          const chat: Chat = {
            id: asChatId(`19:${this.chats.length + 1}@thread.v2`),
            topic,
            kind: 'group',
            webUrl: null,
            createdAt: new Date(this.now + this.chats.length).toISOString(),
            members: [],
            readUpTo: null,
            newestAt: null,
          };
          this.chats.push(chat);
          return chat;
        }),
      greet: (chatId) => effect('greet', () => void this.greeted.push(chatId)),
      retire: (own, real) => effect('retire', () => void this.retired.push({ own, real })),
      clock: { now: () => this.now, sleep: async () => {} },
    };
  }
}

let counter = 0;
function creation(more: Partial<Creation> = {}): Creation {
  counter++;
  return {
    step: 'claim',
    place: 'field',
    nonce: counter.toString(16).padStart(32, '0'),
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

/** One machine: keeps its state as IndexedDB would, and goes on until nothing is left to do. */
class Machine {
  readonly twin: Twin;
  state: Creation;
  constructor(twin: Twin, state = creation()) {
    this.twin = twin;
    this.state = state;
  }
  async once(world = this.twin.world()): Promise<CreationOutcome> {
    const save = async (state: Creation) => {
      this.state = state;
    };
    return openChat(this.state, save, world);
  }
  async toEnd(world = this.twin.world()): Promise<CreationOutcome> {
    for (let i = 0; i < 60; i++) {
      const outcome = await this.once(world);
      if (outcome.kind !== 'wait') return outcome;
      this.twin.now += outcome.ms;
    }
    throw new Error('never ended');
  }
}

const died = () => new Error('the worker died');

describe('one chat a record', () => {
  it('creates with exactly two saves and greets once', async () => {
    const twin = new Twin();
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'done' });
    expect(twin.chats).toHaveLength(1);
    expect(twin.field).toBe(twin.chats[0]!.id);
    expect(twin.saves).toBe(2);
    expect(twin.greeted).toEqual([twin.chats[0]!.id]);
  });

  it('leaves a chat that is there alone', async () => {
    const twin = new Twin();
    twin.field = '19:old@thread.v2';
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'overtaken' });
    expect(twin.chats).toHaveLength(0);
  });

  it('goes on when an unrelated edit moves `modified` between read and write', async () => {
    const twin = new Twin();
    let edits = 3;
    twin.before = (what) => void (what === 'write' && edits-- > 0 && twin.version++);
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'done' });
    expect(twin.chats).toHaveLength(1);
  });

  it('makes no chat where the claim is refused', async () => {
    const twin = new Twin();
    twin.before = (what) => {
      if (what === 'write') throw fail('erp-forbidden', 'no', 'no');
    };
    await expect(new Machine(twin).toEnd()).rejects.toBeInstanceOf(AppFailure);
    expect(twin.chats).toHaveLength(0);
  });

  it('treats a claim copied with a duplicated document as void', async () => {
    const twin = new Twin();
    twin.field = `deskside:1:${'f'.repeat(32)}:${Math.floor(twin.now / 1000) + 60}:00000000-0000-4000-8000-00000000000b:${await documentHash('Event', 'another')}`;
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'done' });
  });

  it('does not believe a lease longer than leases are', async () => {
    const hash = await documentHash('Event', 'c1');
    const text = `deskside:1:${'f'.repeat(32)}:9999999999:00000000-0000-4000-8000-00000000000b:${hash}`;
    expect(readChatField(text, 1_700_000_000_000, hash)).toMatchObject({ kind: 'claim', stale: true });
  });

  it('asks when a stale claim may belong to a chat that cannot be seen', async () => {
    const twin = new Twin();
    const holder = new Machine(twin);
    twin.before = (what) => {
      if (what === 'create') throw died();
    };
    await expect(holder.toEnd()).rejects.toThrow('died');
    twin.before = () => {};
    twin.now += LEASE_SECONDS * 1000 + 1000;
    const stranger = new Machine(twin, creation({ amParticipant: false }));
    expect(await stranger.toEnd()).toMatchObject({ kind: 'ask', question: { kind: 'may-exist-unseen' } });
    stranger.state = { ...stranger.state, goOn: true };
    expect(await stranger.toEnd()).toEqual({ kind: 'done' });
    expect(twin.chats).toHaveLength(1);
  });

  it('retires the chat of a holder who was only slow', async () => {
    const twin = new Twin();
    const slow = new Machine(twin);
    const quick = new Machine(twin);
    let frozen = false;
    twin.before = async (what) => {
      if (what !== 'create' || frozen) return;
      frozen = true;
      twin.now += LEASE_SECONDS * 1000 + 1000;
      // While the lid was closed, after the last re-read: the other takes over, looks twice and creates.
      expect(await quick.toEnd()).toEqual({ kind: 'done' });
    };
    expect(await slow.toEnd()).toEqual({ kind: 'overtaken' });
    expect(twin.chats).toHaveLength(2);
    expect(twin.field).toBe(twin.chats[0]!.id);
    expect(twin.retired).toEqual([{ own: twin.chats[1]!.id, real: twin.chats[0]!.id }]);
    expect(twin.greeted).toEqual([twin.chats[0]!.id]);
  });

  it('retires its chat also where its answer was lost and a colleague’s is linked by then', async () => {
    const twin = new Twin();
    const slow = new Machine(twin);
    const quick = new Machine(twin);
    let lost = false;
    twin.before = async (what) => {
      if (what !== 'create' || lost) return;
      lost = true;
      twin.now += LEASE_SECONDS * 1000 + 1000;
      expect(await quick.toEnd()).toEqual({ kind: 'done' });
    };
    twin.after = (what) => {
      if (what === 'create' && twin.chats.length === 2) throw fail('outcome-unknown', 'lost', 'lost');
    };
    expect(await slow.toEnd()).toEqual({ kind: 'overtaken' });
    expect(twin.field).toBe(twin.chats[0]!.id);
    expect(twin.retired).toEqual([{ own: twin.chats[1]!.id, real: twin.chats[0]!.id }]);
  });

  it('retires nothing where its order was lost, and no chat of another record’s namesake', async () => {
    const twin = new Twin();
    twin.now -= 24 * 3600_000;
    await twin.world().create('Kick-off · EV1', []);
    twin.now += 24 * 3600_000;
    const slow = new Machine(twin);
    const quick = new Machine(twin);
    twin.before = async (what) => {
      if (what !== 'create') return;
      twin.before = () => {};
      twin.field = '';
      twin.now += LEASE_SECONDS * 1000 + 1000;
      quick.state = { ...quick.state, goOn: true };
      expect(await quick.toEnd()).toEqual({ kind: 'done' });
      throw fail('outcome-unknown', 'lost', 'lost');
    };
    expect(await slow.toEnd()).toEqual({ kind: 'done' });
    expect(twin.retired).toEqual([]);
    expect(twin.field).toBe(twin.chats[1]!.id);
  });

  it('greets once where a colleague finds the chat of a holder who froze after making it', async () => {
    const twin = new Twin();
    const frozen = new Machine(twin);
    const next = new Machine(twin);
    let asleep = false;
    twin.after = async (what) => {
      if (what !== 'create' || asleep) return;
      asleep = true;
      twin.now += LEASE_SECONDS * 1000 + 1000;
      expect(await next.toEnd()).toEqual({ kind: 'done' });
    };
    expect(await frozen.toEnd()).toEqual({ kind: 'overtaken' });
    expect(twin.chats).toHaveLength(1);
    expect(twin.field).toBe(twin.chats[0]!.id);
    expect(twin.greeted).toEqual([twin.chats[0]!.id]);
  });

  it('finds its chat again after a lost answer to POST /chats', async () => {
    const twin = new Twin();
    let lost = false;
    twin.after = (what) => {
      if (what === 'create' && !lost) {
        lost = true;
        throw fail('outcome-unknown', 'lost', 'lost');
      }
    };
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'done' });
    expect(twin.chats).toHaveLength(1);
  });

  it('asks before it creates again when the answer was lost and no chat is found', async () => {
    const twin = new Twin();
    twin.before = (what) => {
      if (what === 'create') throw fail('outcome-unknown', 'lost', 'lost');
    };
    expect(await new Machine(twin).toEnd()).toMatchObject({ kind: 'ask', question: { kind: 'outcome-unknown' } });
    expect(twin.chats).toHaveLength(0);
  });

  it('points a chat that turns up long after both looks to the one that was made instead', async () => {
    const twin = new Twin();
    const machine = new Machine(twin);
    twin.before = (what) => {
      if (what === 'create') throw fail('outcome-unknown', 'held back on its way', 'lost');
    };
    expect(await machine.toEnd()).toMatchObject({ kind: 'ask' });
    twin.before = () => {};
    machine.state = { ...machine.state, goOn: true };
    const first = await machine.once();
    expect(first.kind).toBe('wait');
    expect(twin.field).toBe(twin.chats[0]!.id);
    await twin.world().create(machine.state.topic, []);
    expect(await machine.toEnd()).toEqual({ kind: 'done' });
    expect(twin.retired).toEqual([{ own: twin.chats[1]!.id, real: twin.chats[0]!.id }]);
    expect(twin.greeted).toEqual([twin.chats[0]!.id]);
  });

  it('reads again where the record was renamed between reading and writing', async () => {
    const twin = new Twin();
    let writes = 0;
    twin.before = (what) => {
      if (what === 'write' && writes++ < 2) throw fail('erp-not-found', 'renamed', 'renamed');
    };
    expect(await new Machine(twin).toEnd()).toEqual({ kind: 'done' });
    expect(twin.field).toBe(twin.chats[0]!.id);
  });

  it('keeps one chat when the worker is killed before or after each single effect', async () => {
    const steps: string[] = [];
    const plain = new Twin();
    plain.before = (what) => void steps.push(what);
    await new Machine(plain).toEnd();
    for (let victim = 0; victim < steps.length; victim++)
      for (const side of ['before', 'after'] as const) {
        const twin = new Twin();
        const machine = new Machine(twin);
        let seen = -1;
        let armed = true;
        twin[side] = () => {
          seen++;
          if (armed && seen === victim) {
            armed = false;
            throw died();
          }
        };
        await machine.toEnd().catch((e: Error) => expect(e.message).toMatch('died'));
        twin[side] = () => {};
        const outcome = await machine.toEnd();
        const told = outcome.kind === 'ask' && twin.chats.length === 0;
        expect(outcome.kind === 'done' || told, `${side} ${steps[victim]} #${victim}`).toBe(true);
        if (!told) {
          expect(twin.chats, `${side} ${steps[victim]}`).toHaveLength(1);
          expect(twin.field).toBe(twin.chats[0]!.id);
        }
      }
  });

  it('links one chat in 300 random races of three people', async () => {
    for (let round = 0; round < 300; round++) {
      const random = mulberry(round);
      const twin = new Twin();
      // Every effect yields a random number of turns, so that the three interleave differently each round.
      const yieldSome = async () => {
        for (let i = Math.floor(random() * 5); i > 0; i--) await null;
      };
      twin.before = yieldSome;
      twin.after = yieldSome;
      const outcomes = await Promise.all([0, 1, 2].map(() => new Machine(twin).toEnd()));
      expect(outcomes.filter((o) => o.kind === 'done')).toHaveLength(1);
      expect(twin.chats, `round ${round}`).toHaveLength(1);
      expect(twin.field).toBe(twin.chats[0]!.id);
    }
  });

  it('gives its own claim back and nobody else’s', async () => {
    const twin = new Twin();
    const machine = new Machine(twin);
    twin.before = (what) => {
      if (what === 'create') throw died();
    };
    await expect(machine.toEnd()).rejects.toThrow('died');
    twin.before = () => {};
    await releaseClaim(creation(), twin.world());
    expect(twin.field).toMatch(/^deskside:1:/);
    await releaseClaim(machine.state, twin.world());
    expect(twin.field).toBe('');
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
