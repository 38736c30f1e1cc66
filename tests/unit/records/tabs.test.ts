import { beforeEach, expect, it } from 'vitest';
import { asDoctype, asErpUser, asOrigin, asRecordName } from '../../../lib/model/ids.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { createTabs, type SessionArea, type Tabs } from '../../../lib/records/tabs.ts';

const site = asOrigin('https://erp.example');
const alice = asErpUser('alice@contoso.test');
const ref = { origin: site, doctype: asDoctype('Event'), name: asRecordName('EV1') };
let stored: Record<string, unknown>;
let session: SessionArea;
let count: number;
const random = () => String(++count);
let tabs: Tabs;
let now = 0;

beforeEach(() => {
  stored = {};
  count = 0;
  session = {
    get: async (key) => ({ [key]: structuredClone(stored[key]) }),
    set: async (values) => void Object.assign(stored, structuredClone(values)),
  };
  tabs = createTabs(session, random, 'tabs', () => now);
});

const shows = (tabId: number, name: string | null, erpUser = alice) =>
  tabs.shows({
    tabId,
    origin: site,
    erpUser,
    shown: name ? { ref: { ...ref, name: asRecordName(name) }, isNew: false, dirty: false, unsavedPeople: [] } : null,
  });

it('gives a pass once for a nonce, and only to the tab it was made for', async () => {
  const nonce = await tabs.issueNonce(1);
  expect(await tabs.enter(nonce, 2)).toBeNull();
  const pass = await tabs.enter(nonce, 1);
  expect(pass).toBeTruthy();
  expect(await tabs.enter(nonce, 1)).toBeNull();
  expect(await tabs.holds(pass!, 1)).toBe(true);
  expect(await tabs.holds(pass!, 2)).toBe(false);
  expect(await tabs.enter('guessed', 1)).toBeNull();
});

it('keeps passes and records over the death of the worker', async () => {
  await shows(1, 'EV1');
  const pass = (await tabs.enter(await tabs.issueNonce(1), 1))!;
  tabs = createTabs(session, random);
  expect(await tabs.holds(pass, 1)).toBe(true);
  expect((await tabs.get(1))?.shown?.ref).toEqual(ref);
});

it('forgets a tab with its nonces and passes when its content script is gone', async () => {
  await shows(1, 'EV1');
  const nonce = await tabs.issueNonce(1);
  const pass = (await tabs.enter(await tabs.issueNonce(1), 1))!;
  await tabs.gone(1);
  expect(await tabs.get(1)).toBeNull();
  expect(await tabs.holds(pass, 1)).toBe(false);
  expect(await tabs.enter(nonce, 1)).toBeNull();
});

it('knows the passes of a page that just went away for some seconds, over the death of the worker', async () => {
  const pass = (await tabs.enter(await tabs.issueNonce(1), 1))!;
  expect(await tabs.held(pass, 1)).toBe(true);
  await tabs.gone(1);
  tabs = createTabs(session, random, 'tabs', () => now);
  expect(await tabs.held(pass, 1)).toBe(true);
  expect(await tabs.held(pass, 2)).toBe(false);
  now += 10_000;
  expect(await tabs.held(pass, 1)).toBe(false);
});

it('finds tabs of a site and person, the one that shows the record first', async () => {
  await shows(1, null);
  await shows(2, 'EV1');
  await shows(3, 'EV1', asErpUser('bob@contoso.test'));
  expect((await tabs.of(site, alice, recordKey(ref))).map((t) => t.tabId)).toEqual([2, 1]);
  expect(await tabs.of(asOrigin('https://other.example'), alice)).toEqual([]);
  expect(await tabs.of(site, null)).toHaveLength(3);
});
