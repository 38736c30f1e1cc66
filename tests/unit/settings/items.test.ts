import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { DoctypeRule } from '../../../lib/model/doctype-rule.ts';
import { asDoctype, asOrigin } from '../../../lib/model/ids.ts';
import {
  loadDoctypes,
  loadLayout,
  loadSettings,
  loadSites,
  removeRule,
  saveCommentLinks,
  saveLayout,
  saveLive,
  saveRegistration,
  saveRules,
  saveSites,
  switchDoctype,
} from '../../../lib/settings/items.ts';

const CLIENT = '11111111-1111-4111-8111-111111111111';
const POLICY = '22222222-2222-4222-8222-222222222222';

beforeEach(() => fakeBrowser.reset());

/** What policy gives, and after how long. */
function policy(values: Record<string, unknown>, afterMs = 0) {
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(
    () => new Promise((resolve) => setTimeout(resolve, afterMs, values)) as never,
  );
}

describe('settings', () => {
  it('begin empty, and come back as they were saved', async () => {
    policy({});
    const empty = { sites: [], registration: null, liveSeconds: null, commentLinks: true, managed: [] };
    expect(await loadSettings()).toEqual(empty);
    await saveRegistration({ clientId: CLIENT, tenant: 'contoso.com', cloud: 'global' });
    await saveSites([asOrigin('https://erp.example:8443')]);
    await saveLive(60);
    await saveCommentLinks(false);
    expect(await loadSettings()).toEqual({
      commentLinks: false,
      sites: ['https://erp.example:8443'],
      registration: { clientId: CLIENT, tenant: 'contoso.com', cloud: 'global' },
      liveSeconds: 60,
      managed: [],
    });
  });

  it('refuse what an import or an older version may have left', async () => {
    policy({});
    await browser.storage.local.set({
      registration: { clientId: 'no', tenant: 'x', cloud: 'moon' },
      liveSeconds: 5,
      layout: { width: -3, open: 'yes' },
      sites: [{ origin: 'https://erp.example/app' }],
    });
    expect(await loadSettings()).toMatchObject({ registration: null, liveSeconds: null, sites: [] });
    expect(await loadLayout()).toEqual({ width: 400, open: false });
  });

  it('let nobody read faster than once a minute', async () => {
    await expect(saveLive(59)).rejects.toThrow();
  });

  it('remember the panel’s width and whether it is open, apart', async () => {
    await saveLayout({ open: true });
    expect(await saveLayout({ width: 520 })).toEqual({ width: 520, open: true });
  });
});

describe('policy', () => {
  it('goes before what the person set, and says which keys it sets', async () => {
    await saveRegistration({ clientId: CLIENT, tenant: 'contoso.com', cloud: 'global' });
    policy({ clientId: POLICY, liveSeconds: 120 });
    expect(await loadSettings()).toMatchObject({
      registration: { clientId: POLICY, tenant: 'contoso.com', cloud: 'global' },
      liveSeconds: 120,
      managed: ['clientId', 'liveSeconds'],
    });
  });

  it('forbids links in comments for everybody, or allows them', async () => {
    policy({ commentLinks: false });
    expect(await loadSettings()).toMatchObject({ commentLinks: false, managed: ['commentLinks'] });
    await saveCommentLinks(false);
    policy({ commentLinks: true });
    expect(await loadSettings()).toMatchObject({ commentLinks: true });
  });

  it('is not waited for when the browser is slow with it; that of last time holds', async () => {
    policy({ clientId: POLICY });
    await loadSettings();
    policy({ clientId: POLICY }, 60_000);
    const began = performance.now();
    expect((await loadSettings()).registration?.clientId).toBe(POLICY);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('that comes late and differs is told by storage', async () => {
    policy({ clientId: POLICY }, 400);
    expect((await loadSettings()).registration).toBeNull();
    await vi.waitFor(async () =>
      expect((await browser.storage.local.get('policy')).policy).toEqual({ clientId: POLICY }),
    );
  });

  it('keeps no part that is not of its shape, and does without where there is none', async () => {
    policy({ clientId: 'nonsense' });
    expect((await loadSettings()).managed).toEqual([]);
    vi.spyOn(browser.storage.managed, 'get').mockRejectedValue(new Error('Managed storage manifest not found'));
    expect((await loadSettings()).registration).toBeNull();
  });
});

it('lists the sites without waiting for policy', async () => {
  policy({}, 60_000);
  await saveSites([asOrigin('http://127.0.0.1:8000')]);
  expect(await loadSites()).toEqual(['http://127.0.0.1:8000']);
});

describe('doctypes', () => {
  const rule = (name: string): DoctypeRule => ({
    doctype: asDoctype(name),
    titleField: null,
    people: [{ from: 'owner' }],
    dates: null,
  });
  const own = async () => (await loadDoctypes([])).own;

  it('begin empty, and two quick changes are both kept', async () => {
    policy({});
    expect(await loadDoctypes([])).toEqual({ own: { rules: [], off: [] }, policy: [] });
    await Promise.all([saveRules([rule('Task')]), saveRules([rule('Lead')]), switchDoctype(asDoctype('Event'), false)]);
    expect(await own()).toEqual({ rules: [rule('Task'), rule('Lead')], off: ['Event'] });
  });

  it('are replaced, removed, switched off and on', async () => {
    policy({});
    await saveRules([rule('Task'), rule('Lead')]);
    await saveRules([{ ...rule('Task'), titleField: 'subject' }]);
    expect((await own()).rules.map(({ titleField }) => titleField)).toEqual([null, 'subject']);
    await removeRule(asDoctype('Lead'));
    await switchDoctype(asDoctype('Task'), false);
    await switchDoctype(asDoctype('Task'), false);
    expect(await own()).toMatchObject({ rules: [{ doctype: 'Task' }], off: ['Task'] });
    await switchDoctype(asDoctype('Task'), true);
    expect((await own()).off).toEqual([]);
  });

  it('saving one that was off switches it on', async () => {
    policy({});
    await switchDoctype(asDoctype('Task'), false);
    await saveRules([rule('Task')]);
    expect((await own()).off).toEqual([]);
  });

  it('that are wrong are dropped one by one, in what is kept and in policy', async () => {
    policy({ doctypes: [rule('Task'), { doctype: '<b>' }] });
    await browser.storage.local.set({ doctypes: { rules: [rule('Lead'), 7], off: ['Event', '../'] } });
    expect(await loadDoctypes([])).toEqual({
      own: { rules: [rule('Lead')], off: ['Event'] },
      policy: [rule('Task')],
    });
    expect((await loadSettings()).managed).toEqual(['doctypes']);
  });

  it('come by policy in the older shape too', async () => {
    policy({ doctypes: { Visit: { participants_field: 'team', email_field: 'mail' } } });
    expect((await loadDoctypes([])).policy).toMatchObject([{ doctype: 'Visit', people: [{ table: 'team' }, {}] }]);
  });
});
