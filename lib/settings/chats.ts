import * as v from 'valibot';
import { browser } from 'wxt/browser';
import type { ChatSettings } from '../rpc/contract.ts';
import { loadManaged } from './items.ts';

const KEY = 'chats';
const DEFAULTS: ChatSettings = { followTitle: false, markRead: true, farewell: false };
const Shape = v.partial(v.object({ followTitle: v.boolean(), markRead: v.boolean(), farewell: v.boolean() }));

/** How Deskside treats chats: what the administrator says, else the person, else as it comes. */
export async function loadChatSettings(): Promise<ChatSettings> {
  const [own, { followTitle, markRead, farewell }] = await Promise.all([loadOwn(), loadManaged()]);
  const policy = { followTitle, markRead, farewell };
  const said = Object.entries(policy).filter(([, value]) => value !== undefined);
  return { ...DEFAULTS, ...own, ...Object.fromEntries(said) };
}

export async function saveChatSetting(setting: keyof ChatSettings, on: boolean): Promise<void> {
  await browser.storage.local.set({ [KEY]: v.parse(Shape, { ...(await loadOwn()), [setting]: on }) });
}

async function loadOwn(): Promise<Partial<ChatSettings>> {
  const found = v.safeParse(Shape, (await browser.storage.local.get(KEY))[KEY]);
  return found.success ? (found.output as Partial<ChatSettings>) : {};
}
