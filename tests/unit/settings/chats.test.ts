import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { asDoctype, asOrigin, asRecordName } from '../../../lib/model/ids.ts';
import { loadChatSettings, saveChatSetting } from '../../../lib/settings/chats.ts';
import { autoFor, loadAutoMembers, saveAutoMembers } from '../../../lib/settings/members.ts';

const origin = asOrigin('https://erp.example');
const event = asDoctype('Event');
const ref = { origin, doctype: event, name: asRecordName('EV-1') };
const policy = (values: Record<string, unknown>) =>
  vi.spyOn(browser.storage.managed, 'get').mockImplementation(async () => values as never);

beforeEach(() => {
  fakeBrowser.reset();
  policy({});
});

describe('how chats are treated', () => {
  it('begins as it always was, keeps what is set, and survives what is no setting', async () => {
    expect(await loadChatSettings()).toEqual({ followTitle: false, markRead: true, farewell: false });
    await saveChatSetting('markRead', false);
    await saveChatSetting('farewell', true);
    expect(await loadChatSettings()).toEqual({ followTitle: false, markRead: false, farewell: true });
    await browser.storage.local.set({ chats: { markRead: 'no' } });
    expect((await loadChatSettings()).markRead).toBe(true);
  });

  it('is the administrator’s first', async () => {
    await saveChatSetting('followTitle', true);
    policy({ followTitle: false, markRead: false });
    expect(await loadChatSettings()).toEqual({ followTitle: false, markRead: false, farewell: false });
  });
});

describe('adding people by themselves', () => {
  it('is set for a site or a doctype, and taken back', async () => {
    await saveAutoMembers({ of: 'site', origin }, true);
    await saveAutoMembers({ of: 'doctype', doctype: event }, true);
    expect(await autoFor(ref)).toEqual({ site: true, doctype: true, managed: false });
    await saveAutoMembers({ of: 'site', origin }, false);
    expect(await autoFor(ref)).toEqual({ site: false, doctype: true, managed: false });
  });

  it('is what policy says where it says anything, an empty one nowhere', async () => {
    await saveAutoMembers({ of: 'site', origin }, true);
    policy({ autoMembers: { doctypes: ['Event'] } });
    expect(await loadAutoMembers()).toEqual({ sites: [], doctypes: ['Event'], managed: true });
    policy({ autoMembers: {} });
    expect(await autoFor(ref)).toEqual({ site: false, doctype: false, managed: true });
  });
});
