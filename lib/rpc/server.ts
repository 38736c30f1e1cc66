import type { Browser } from 'wxt/browser';
import { toAppError } from '../model/errors.ts';
import type { ArchiveProtocol } from './contract/archive.ts';
import type { ChannelSettingsProtocol } from './contract/channels.ts';
import type { PushProtocol } from './contract/push.ts';
import type { StorageProtocol } from './contract/storage.ts';
import type { SyncProtocol } from './contract/sync.ts';
import type {
  ChatsProtocol,
  DeskProtocol,
  FacesProtocol,
  MappingProtocol,
  OptionsProtocol,
  PanelProtocol,
  PopupProtocol,
} from './contract.ts';
import { type AnswerOf, type DataOf, messenger, type WorkerProtocol } from './messenger.ts';

/** Who asks, as the browser vouches for it. */
export interface Sender {
  /** Tab the message came from; undefined for the popup. */
  tabId: number | undefined;
  frameId: number;
  /** The sender's own page: `panel`, `popup`, `options`, `archive`, or `desk` for a content script. */
  from: keyof SenderRules;
  incognito: boolean;
}

interface SenderRules {
  panel: PanelProtocol;
  popup: PopupProtocol & SyncProtocol;
  options: ChannelSettingsProtocol &
    ChatsProtocol &
    FacesProtocol &
    MappingProtocol &
    OptionsProtocol &
    PushProtocol &
    StorageProtocol &
    SyncProtocol;
  archive: ArchiveProtocol;
  desk: DeskProtocol;
}

export type WorkerHandlers = {
  [K in keyof WorkerProtocol]: (
    data: DataOf<WorkerProtocol[K]>,
    sender: Sender,
  ) => Promise<ValueOf<AnswerOf<WorkerProtocol[K]>>> | ValueOf<AnswerOf<WorkerProtocol[K]>>;
};

type ValueOf<R> = R extends { ok: true; value: infer V } ? V : never;

/** Which page may ask what: every call of the contract, so that none is answered by default. */
export const SENDERS: Record<keyof WorkerProtocol, readonly (keyof SenderRules)[]> = {
  'panel.enter': ['panel'],
  'panel.view': ['panel'],
  'panel.act': ['panel'],
  'panel.close': ['panel'],
  'chat.preview': ['panel'],
  'chat.create': ['panel'],
  'chat.resume': ['panel'],
  'chat.confirm': ['panel'],
  'chat.useAmended': ['panel'],
  'link.find': ['panel'],
  'link.put': ['panel'],
  'link.take': ['panel'],
  'chat.mute': ['panel'],
  'chat.leave': ['panel'],
  'chat.farewell': ['panel'],
  'record.show': ['panel'],
  'chat.sync': ['panel'],
  'chat.filling': ['panel'],
  'link.ignore': ['panel'],
  'members.view': ['panel'],
  'members.add': ['panel'],
  'members.takeOut': ['panel'],
  'members.dismiss': ['panel'],
  'members.end': ['panel'],
  'members.auto': ['panel'],
  'messages.page': ['panel'],
  'messages.stretch': ['panel'],
  'messages.at': ['panel'],
  'messages.image': ['panel'],
  'messages.search': ['panel'],
  'messages.send': ['panel'],
  'messages.act': ['panel'],
  'messages.rewrite': ['panel'],
  'messages.resend': ['panel'],
  'messages.discard': ['panel'],
  'messages.restore': ['panel'],
  'file.keep': ['panel'],
  'file.drop': ['panel'],
  'file.progress': ['panel'],
  'auth.files': ['panel'],
  'messages.seen': ['panel'],
  'notes.may': ['panel'],
  'notes.find': ['panel'],
  'notes.write': ['panel'],
  'notes.end': ['panel'],
  'notes.comments': ['panel'],
  'speaker.agree': ['panel'],
  'emoji.recent': ['panel'],
  'draft.save': ['panel'],
  'draft.load': ['panel'],
  'draft.keep': ['panel'],
  'record.files': ['panel'],
  'record.card': ['panel'],
  'card.chose': ['panel'],
  'draft.picture': ['panel'],
  'draft.drop': ['panel'],
  'notify.set': ['panel'],
  'people.confirm': ['panel'],
  photos: ['panel'],
  presence: ['panel'],
  'presence.on': ['panel'],
  'field.create': ['panel'],
  'channel.view': ['panel'],
  'channel.act': ['panel'],
  'channel.find': ['panel'],
  'channel.choose': ['panel'],
  'channel.threads': ['panel'],
  'channel.thread': ['panel'],
  'channel.search': ['panel'],
  'channel.post': ['panel'],
  'channel.withRecord': ['panel'],
  'auth.channels': ['panel'],
  'auth.channelReading': ['panel'],
  'auth.read': ['panel'],
  'auth.members': ['panel'],
  'auth.signIn': ['panel', 'popup', 'options'],
  'auth.use': ['panel'],
  'auth.signOut': ['popup', 'options'],
  'account.use': ['popup', 'options'],
  'popup.view': ['popup'],
  'sites.add': ['popup'],
  'sites.remove': ['popup'],
  'settings.save': ['popup'],
  'record.open': ['popup'],
  'orphans.forget': ['popup', 'options'],
  'settings.live': ['popup'],
  'sync.view': ['popup', 'options'],
  'sync.start': ['popup', 'options'],
  'sync.cancel': ['popup', 'options'],
  'sync.settings': ['options'],
  'sync.set': ['options'],
  'options.view': ['options'],
  'doctypes.save': ['options'],
  'doctypes.remove': ['options'],
  'doctypes.switch': ['options'],
  'doctypes.find': ['options'],
  'doctypes.propose': ['options'],
  'doctypes.preview': ['options'],
  'records.find': ['options'],
  'fields.check': ['options'],
  'fields.create': ['options'],
  'fields.comments': ['options'],
  'fields.correct': ['options'],
  'fields.undo': ['options'],
  'faces.view': ['options'],
  'faces.set': ['options'],
  'chats.view': ['options'],
  'chats.set': ['options'],
  'chats.auto': ['options'],
  'channels.view': ['options'],
  'channels.find': ['options'],
  'channels.setDefault': ['options'],
  'channels.forgetRecent': ['options'],
  'channels.allow': ['options'],
  'mapping.view': ['options'],
  'mapping.price': ['options'],
  'mapping.rows': ['options'],
  'mapping.start': ['options'],
  'mapping.stop': ['options'],
  'mapping.goOn': ['options'],
  'mapping.choose': ['options'],
  'mapping.search': ['options'],
  'archive.view': ['archive'],
  'archive.latest': ['archive'],
  'archive.search': ['archive'],
  'archive.teams': ['archive'],
  'archive.page': ['archive'],
  'archive.stretch': ['archive'],
  'archive.at': ['archive'],
  'archive.image': ['archive'],
  'archive.threads': ['archive'],
  'archive.thread': ['archive'],
  'archive.photos': ['archive'],
  'archive.record': ['archive'],
  'archive.allow': ['archive'],
  'archive.open': ['panel'],
  'desk.shows': ['desk'],
  'desk.rules': ['desk'],
  'desk.nonce': ['desk'],
  'desk.act': ['desk'],
  'desk.badge': ['desk'],
  'desk.faces': ['desk'],
  'desk.marks': ['desk'],
  'desk.presence': ['desk'],
  'desk.bell': ['desk'],
  'desk.rang': ['desk'],
  'desk.layout': ['desk'],
  'push.view': ['options'],
  'push.setUp': ['options'],
  'push.undo': ['options'],
  'storage.view': ['options'],
  'storage.plan': ['options'],
  'storage.evict': ['options'],
  'storage.run': ['options'],
  'storage.cancel': ['options'],
};

/**
 * Must run synchronously when the worker starts, so that the message that woke it is not lost; the handlers may come
 * later (they wait for the database).
 */
export function serveWorker(handlers: Promise<WorkerHandlers>, extensionOrigin: string): void {
  for (const key of Object.keys(SENDERS) as (keyof WorkerProtocol)[]) {
    // biome-ignore lint/suspicious/noExplicitAny: the wire is untyped; WorkerHandlers holds the types
    (messenger.onMessage as any)(key, async (message: { data: unknown; sender: Browser.runtime.MessageSender }) => {
      try {
        const sender = describe(message.sender, extensionOrigin);
        if (!SENDERS[key].includes(sender.from)) throw new Error(`${sender.from} may not ask ${key}`);
        const handler = (await handlers)[key] as (data: unknown, sender: Sender) => unknown;
        return { ok: true, value: await handler(message.data, sender) };
      } catch (caught) {
        return { ok: false, error: toAppError(caught) };
      }
    });
  }
}

/** `sender.url` and `origin` are the browser's word, not the page's. */
export function describe(sender: Browser.runtime.MessageSender, extensionOrigin: string): Sender {
  const url = sender.url ?? '';
  const ours = url.startsWith(`${extensionOrigin}/`) || sender.origin === extensionOrigin;
  // A page of ours may be addressed by a dynamic origin (use_dynamic_url): its path is still ours to know, and only
  // pages of this extension and its content scripts can reach runtime.onMessage at all.
  const path = safePath(url);
  const isPanel = path === '/panel.html' && (ours || /^(chrome|moz)-extension:/.test(url));
  const from = isPanel ? 'panel' : !ours ? 'desk' : (PAGES[path] ?? 'popup');
  return {
    tabId: sender.tab?.id,
    frameId: sender.frameId ?? 0,
    from,
    incognito: !!sender.tab?.incognito,
  };
}

const PAGES: Record<string, keyof SenderRules> = { '/options.html': 'options', '/archive.html': 'archive' };

function safePath(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return '';
  }
}
