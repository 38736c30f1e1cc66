import { beforeEach, describe, expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import { asUserId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { PART_BYTES, partsOf, UPLOAD_UNIT } from '../../../lib/model/upload.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import { openMemoryStore, type Store } from '../../../lib/storage/open.ts';
import type { SendRow } from '../../../lib/storage/schema.ts';
import { createOutbox, type Outbox, type OutboxDeps } from '../../../lib/sync/outbox.ts';
import { UNDO_MS } from '../../../lib/sync/uploads.ts';
import { account, bob, chatId, erpUser, me, random, record } from '../storage/fixtures.ts';
import { fakeDrive } from './fake-drive.ts';
import { ada, fakeTeams, mortal, testClock } from './fixtures.ts';

const SIZE = 3 * PART_BYTES + 5;
let store: Store;
let clock: ReturnType<typeof testClock>;
let teams: ReturnType<typeof fakeTeams>;
let drive: ReturnType<typeof fakeDrive>;
let outbox: Outbox;
let notices: ChangeNotice[];

const deps = (more: Partial<OutboxDeps> = {}): OutboxDeps => ({
  store,
  api: teams.api,
  files: drive.api,
  clock,
  me: async () => ada,
  canRead: async () => true,
  changed: (notice) => void notices.push(notice),
  online: () => true,
  wake: () => {},
  ...more,
});

beforeEach(async () => {
  store = openMemoryStore();
  clock = testClock();
  teams = fakeTeams(clock);
  drive = fakeDrive(clock);
  notices = [];
  outbox = createOutbox(deps());
  const people = [me, bob, asUserId('guest')].map((userId) => ({ userId, displayName: userId, email: null }));
  await store.chats.save(account, {
    id: chatId,
    topic: null,
    kind: 'group',
    webUrl: null,
    createdAt: new Date(clock.now()).toISOString(),
    members: people.map((person) => ({ ...person, role: 'member' as const })),
    readUpTo: null,
    newestAt: null,
  });
});

/** Bytes that tell parts and places apart. */
const bytesOf = (id: string, size: number) =>
  Uint8Array.from({ length: size }, (_, i) => 97 + ((i + Math.floor(i / UPLOAD_UNIT) + id.length) % 26));

async function keep(id: string, size = SIZE) {
  const bytes = bytesOf(id, size);
  for (let no = 0; no < partsOf(size); no++) {
    const part = bytes.slice(no * PART_BYTES, (no + 1) * PART_BYTES);
    await store.files.put(account, { id, size, savedAt: clock.now() }, no, part);
  }
  return { id, name: 'Offer: 1.pdf', contentType: 'application/pdf', size, sent: 0 };
}

const written = (localId: string, files: SendRow['files'], html = 'See there') => ({
  ...{ localId, account, recordKey: record, chatId, erpUser, replyTo: null, writtenAt: clock.now() },
  content: plainContent(html),
  ...(files ? { files } : {}),
});
/** Until nothing moves any more; the clock goes on so that what waits comes to its turn. */
async function settle(box = outbox, minutes = 12) {
  for (let i = 0; i < minutes; i++) {
    await box.drain();
    // Beside the sends.
    await box.uploads.run();
    await box.drain();
    clock.move(10_000);
  }
}
const sent = () => teams.inChat(chatId);
const puts = () => drive.calls.filter((call) => call.startsWith('put'));

test('a file is uploaded in ranges, opened to the chat’s people and named by its message, which waits for nothing else', async () => {
  await outbox.enqueue(written('a', [await keep('one')]));
  await outbox.enqueue(written('b', undefined, 'Said meanwhile'));
  await settle();
  const [item] = drive.items.values();
  expect(drive.items.size).toBe(1);
  expect(item).toMatchObject({ name: 'Offer_ 1.pdf', size: SIZE, people: [bob, 'guest'] });
  expect(item!.text).toBe(new TextDecoder().decode(bytesOf('one', SIZE)));
  expect(puts().length).toBeLessThan(8);
  expect(sent().map(({ attachments }) => attachments.map(({ id, name }) => [id, name]))).toEqual([
    [],
    [[item!.guid, 'Offer_ 1.pdf']],
  ]);
  expect(await store.outbox.list(account)).toEqual([]);
  expect(await store.files.isWhole(account, 'one', SIZE)).toBe(false);
  expect(notices).toContainEqual({ kind: 'upload', chatId });
});

test('a name that is taken is numbered, and a file nobody kept is refused before anything is sent', async () => {
  await outbox.enqueue(written('a', [await keep('one', 5), await keep('two', 6)]));
  await settle();
  expect([...drive.items.values()].map(({ name }) => name)).toEqual(['Offer_ 1.pdf', 'Offer_ 1 1.pdf']);
  const lost = { id: 'lost', name: 'x', contentType: '', size: 5, sent: 0 };
  await expect(outbox.enqueue(written('b', [lost]))).rejects.toMatchObject({ error: { code: 'not-found' } });
  // A call that is repeated after its message was sent changes nothing.
  await outbox.enqueue(written('a', [{ ...lost, id: 'one' }]));
  expect(sent()).toHaveLength(1);
});

test('whom it may not be shared with does not stop it; nobody at all does', async () => {
  drive.closedTo.add(asUserId('guest'));
  await outbox.enqueue(written('a', [await keep('one', 5)]));
  await settle();
  expect([...drive.items.values()][0]!.people).toEqual([bob]);
  expect(sent()).toHaveLength(1);
  drive.closedTo.add(bob);
  await outbox.enqueue(written('b', [await keep('two', 5)]));
  await settle();
  expect((await store.outbox.list(account)).map(({ state }) => state)).toEqual(['failed']);
  drive.closedTo.clear();
  await outbox.resend('b');
  await settle();
  expect(sent()).toHaveLength(2);
  expect(drive.items.size).toBe(2);
});

test.each([
  ['offline', 'queued'],
  ['throttled', 'queued'],
  ['missing-scope', 'queued'],
  ['too-long', 'failed'],
  ['refused-by-microsoft', 'failed'],
] as const)('%s leaves its message %s, and it goes on where it was', async (code, state) => {
  let broken = true;
  const put: typeof drive.api.put = (...args) =>
    broken && args[2] > 0 ? Promise.reject(fail(code, 'x', 'x')) : drive.api.put(...args);
  outbox = createOutbox(deps({ files: { ...drive.api, put } }));
  await outbox.enqueue(written('a', [await keep('one')]));
  await settle(outbox, 2);
  expect((await store.outbox.list(account)).map((row) => row.state)).toEqual([state]);
  broken = false;
  if (state === 'failed') await outbox.resend('a');
  else await outbox.mended();
  await settle();
  expect(drive.calls.filter((call) => call.startsWith('open'))).toHaveLength(1);
  expect(sent()).toHaveLength(1);
});

describe('discarded', () => {
  test('it can be undone for a minute, and goes then', async () => {
    let halt = true;
    const put: typeof drive.api.put = (...args) =>
      halt && args[2] > 0 ? Promise.reject(fail('offline', '', '')) : drive.api.put(...args);
    outbox = createOutbox(deps({ files: { ...drive.api, put } }));
    await outbox.enqueue(written('a', [await keep('one')]));
    await settle(outbox, 1);
    await outbox.discard('a');
    expect(await store.outbox.list(account)).toEqual([]);
    await settle(outbox, 2);
    await outbox.restore('a');
    halt = false;
    await settle();
    expect([drive.items.size, sent().length]).toEqual([1, 1]);
    await outbox.discard('a');
    await expect(outbox.restore('a')).rejects.toMatchObject({ error: { code: 'not-permitted' } });
  });

  test('after it nothing is left in OneDrive, of what was there whole or half', async () => {
    const share = async () => Promise.reject(fail('offline', '', ''));
    outbox = createOutbox(deps({ files: { ...drive.api, share } }));
    await outbox.enqueue(written('a', [await keep('one', 5)]));
    await settle(outbox, 1);
    expect(drive.items.size).toBe(1);
    await outbox.discard('a');
    clock.move(UNDO_MS);
    await settle(outbox, 2);
    expect([drive.items.size, sent().length]).toEqual([0, 0]);
    await expect(outbox.restore('a')).rejects.toMatchObject({ error: { code: 'not-permitted' } });
    expect(await store.outbox.discards(account)).toEqual([]);
  });

  test('what may have been sent stays there', async () => {
    teams.faults.after = fail('outcome-unknown', 'x', 'x');
    outbox = createOutbox(deps({ canRead: async () => false }));
    await outbox.enqueue(written('a', [await keep('one', 5)]));
    await settle(outbox, 1);
    await outbox.discard('a');
    clock.move(UNDO_MS);
    await settle(outbox, 2);
    expect([drive.items.size, sent().length]).toEqual([1, 1]);
  });
});

test.each(Array.from({ length: 40 }, (_, i) => i))(
  'killed anywhere, world %i: each file is there once and whole, each message once, and nothing of the discarded one',
  async (seed) => {
    const dice = random(seed * 7919 + 3);
    const kept = [await keep('one', 2 * UPLOAD_UNIT + 3), await keep('two', 7)];
    const gone = [await keep('gone', 2 * UPLOAD_UNIT + 3)];
    const orders: ((box: Outbox) => Promise<void>)[] = [
      (box) => box.enqueue(written('a', kept, 'with two')),
      (box) => box.enqueue(written('b', gone, 'never')),
      (box) => box.enqueue(written('c', undefined, 'plain')),
      async (box) => {
        // The person waits a little before giving it up.
        for (let turn = 0; turn < dice() * 20; turn++) await new Promise((done) => setTimeout(done));
        // Of what may have been sent the file stays, whether or not it was.
        const row = await store.outbox.get(account, 'b');
        mayBeSent ||= !row || row.startedAt !== null;
        await box.discard('b').catch(() => {});
      },
    ];
    let mayBeSent = false;
    let lives = 0;
    for (let left = [...orders]; lives < 30; lives++) {
      const life = mortal(1 + Math.floor(dice() * 70), dice() < 0.5 ? 'before' : 'after');
      const box = createOutbox(
        deps({ store: life.wrap(store), api: life.wrap(teams.api), files: life.wrap(drive.api) }),
      );
      const live = async () => {
        await box.start();
        while (left[0]) {
          await left[0](box);
          left = left.slice(1);
        }
        for (let i = 0; i < 3; i++) {
          await box.drain();
          await box.uploads.run();
          clock.move(10_000);
        }
      };
      await Promise.race([live(), life.death]);
      clock.move(5_000);
    }
    outbox = createOutbox(deps());
    await outbox.start();
    await settle(outbox, 20);
    // What nobody can be sure of is the person's to send again.
    for (const row of await store.outbox.list(account)) if (row.mayResend) await outbox.resend(row.localId);
    await settle(outbox);
    const wasSent = sent().some(({ html }) => html.includes('never'));
    expect(await store.outbox.list(account)).toEqual([]);
    expect(
      sent()
        .map(({ html }) => html.replace(/<[^>]*>|\n/g, ''))
        .sort(),
    ).toEqual([...(wasSent ? ['never'] : []), 'plain', 'with&nbsp;two'].sort());
    const there = [...drive.items.values()].map(({ text }) => text);
    const whole = (file: { id: string; size: number }) => new TextDecoder().decode(bytesOf(file.id, file.size));
    expect(there.map((text) => [...kept, ...gone].find((file) => whole(file) === text)?.id).sort()).toEqual(
      mayBeSent ? ['gone', 'one', 'two'] : ['one', 'two'],
    );
  },
);
