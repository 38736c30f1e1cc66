import { vi } from 'vitest';
import { asDoctype, asOrigin, asRecordName, type ChatId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { createTabs } from '../../../lib/records/tabs.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import type { Sender } from '../../../lib/rpc/server.ts';
import { openMemoryStore } from '../../../lib/storage/open.ts';
import { account, chat2, chatId, erpUser, me } from '../storage/fixtures.ts';

export const TAB = 7;
export const panelOf = (tabId: number): Sender => ({ tabId, frameId: 3, from: 'panel', incognito: false });
const origin = asOrigin('https://erp.example');
export const shownRef = { origin, doctype: asDoctype('Event'), name: asRecordName('EV-1') };
export const shownKey = recordKey(shownRef);

/** A worker over a store in memory, with one tab that shows a record linked to `chatId`, and a pass for its panel. */
export async function fakeWorker() {
  const store = { ...openMemoryStore(), problem: null };
  const values: Record<string, unknown> = {};
  const session = {
    get: async (key: string) => ({ [key]: values[key] }),
    set: async (more: Record<string, unknown>) => void Object.assign(values, more),
  };
  let count = 0;
  const tabs = createTabs(session, () => String(++count));
  const shown = { ref: shownRef, isNew: false, dirty: false, unsavedPeople: [] };
  await tabs.shows({ tabId: TAB, origin, erpUser, shown });
  const pass = (await tabs.enter(await tabs.issueNonce(TAB), TAB))!;
  const link = { account, confirmedBy: 'person' as const, recordCreation: 'c1', linkedAt: 0 };
  await store.links.put({ ...link, recordKey: shownKey, chatId });
  const write = (localId: string, chat: ChatId) =>
    store.outbox.add({
      localId,
      account,
      recordKey: shownKey,
      chatId: chat,
      erpUser,
      content: plainContent('<p>x</p>'),
      replyTo: null,
      writtenAt: 0,
    });
  await write('here', chatId);
  await write('elsewhere', chat2);
  const outbox = { resend: vi.fn(async () => {}), discard: vi.fn(async () => {}) };
  const order = vi.fn();
  const ada = { id: account, userId: me, tenantId: 't', name: 'Ada', username: 'ada@example.org' };
  const worker: Worker = {
    store,
    tabs,
    outbox,
    syncing: { used: vi.fn(async () => {}) },
    order,
    changes: { tell: vi.fn() },
    presences: { of: vi.fn(), forget: vi.fn(), forgetProblems: vi.fn() },
    clock: { now: () => 0, sleep: async () => {} },
    accounts: { known: async () => [{ account: ada, sites: [] }], speaker: async () => account },
    as: () => worker,
    auth: {
      account: async () => ada,
      granted: async () => new Set<string>(),
      problem: () => null,
    },
    settings: async () => ({ sites: [], registration: null, managed: [], liveSeconds: null, commentLinks: true }),
    redirectUri: 'https://x.chromiumapp.org/',
  } as unknown as Worker;
  return { worker, outbox, order, pass };
}
