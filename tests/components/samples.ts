import type { Chat, Member } from '../../lib/model/chat.ts';
import type { AppError } from '../../lib/model/errors.ts';
import {
  asAccountId,
  asChatId,
  asDoctype,
  asErpUser,
  asMessageId,
  asOrigin,
  asRecordName,
  asUserId,
  foldEmail,
} from '../../lib/model/ids.ts';
import { type Message, type OutgoingMessage, plainContent } from '../../lib/model/message.ts';
import type { PendingAct } from '../../lib/model/message-act.ts';
import type { Participant, Resolution, ResolvedParticipant } from '../../lib/model/participant.ts';
import type { Person } from '../../lib/model/person.ts';
import { recordKey } from '../../lib/model/record.ts';
import type {
  AccountView,
  ChatCare,
  ChatPreview,
  FoundChat,
  MembersView,
  Orphan,
  PublicSettings,
  RecordView,
} from '../../lib/rpc/contract.ts';

/** Made-up people and talk, for the tests of components and the gallery. */

export const NOW = Date.parse('2028-11-22T14:30:00Z');
export const CHAT_ID = asChatId('19:0a1b2c@thread.v2');

export function person(name: string, more: Partial<Person> = {}): Person {
  const id = name.toLowerCase().replace(/\W+/g, '.');
  const mail = foldEmail(`${id}@contoso.test`);
  return { id: asUserId(`id-${id}`), displayName: name, mail, userPrincipalName: mail!, guest: false, ...more };
}

/** Somebody who is signed in. */
export function account(name: string, more: Partial<AccountView> = {}): AccountView {
  const { id, mail } = person(name);
  return { id: asAccountId(id), name, email: mail!, problem: null, canRead: true, sites: [], unfinished: [], ...more };
}

export const ME = person('Alice Anders');
export const BEN = person('Ben Okafor');
export const CHLOE = person('Chloé Durand');
export const GUEST = person('Dana Lund', { guest: true, userPrincipalName: 'dana_fabrikam.test#EXT#@contoso.test' });

export function message(minutesAgo: number, from: Person | null, html: string, more: Partial<Message> = {}): Message {
  const at = NOW - minutesAgo * 60_000;
  const iso = new Date(at).toISOString();
  return {
    id: asMessageId(String(at)),
    etag: String(at),
    createdAt: iso,
    modifiedAt: iso,
    editedAt: null,
    deletedAt: null,
    from: from && { userId: from.id, name: from.displayName },
    html,
    importance: 'normal',
    reactions: [],
    mentions: [],
    attachments: [],
    event: null,
    ...more,
  };
}

export const PROBLEM: AppError = {
  code: 'offline',
  title: 'No connection',
  text: 'Deskside cannot reach Microsoft. Check the network; it tries again when you do something.',
  action: { kind: 'retry', label: 'Try again' },
};

export const MEMBERS: Member[] = [ME, BEN, CHLOE, GUEST].map((p) => ({
  userId: p.id,
  displayName: p.displayName,
  email: p.mail,
  role: p.guest ? 'guest' : 'owner',
}));

export const CHAT: Chat = {
  id: CHAT_ID,
  topic: 'Quarterly review · EV00001',
  kind: 'group',
  webUrl: 'https://teams.microsoft.com/l/chat/19%3A0a1b2c%40thread.v2/0',
  createdAt: '2028-11-20T08:00:00Z',
  members: MEMBERS,
  readUpTo: null,
  newestAt: null,
};

export const TALK: Message[] = [
  message(3010, null, '', { event: { kind: 'created', by: named('Alice Anders') } }),
  message(3009, null, '', {
    event: {
      kind: 'members-added',
      by: named('Alice Anders'),
      who: ['Ben Okafor', 'Chloé Durand', 'Dana Lund'].map(named),
    },
  }),
  message(
    3008,
    ME,
    '<p>This chat belongs to <a href="https://erp.contoso.test/app/event/EV00001">Quarterly review</a>.</p>',
  ),
  message(1480, BEN, '<p>Morning! I put the numbers for Q3 into the project. <strong>Revenue is up 8 %</strong>.</p>', {
    reactions: [
      { type: 'like', userId: ME.id },
      { type: 'like', userId: CHLOE.id },
      { type: '🎉', userId: GUEST.id },
    ],
  }),
  message(
    1478,
    BEN,
    '<p>What is still open:</p><ul><li>travel costs</li><li>the invoice from <em>Fabrikam</em></li></ul>',
  ),
  message(1470, CHLOE, '<p><at id="0">Alice Anders</at> can you bring the slides?</p>', {
    editedAt: new Date(NOW - 1469 * 60_000).toISOString(),
  }),
  message(95, ME, '<p>Yes, they are nearly done.</p>'),
  message(94, ME, '<p>I will share them at 15:00.</p>'),
  message(60, GUEST, '<p>Our copy of the order: <img src="https://tracker.test/a.png" alt="order.png"></p>', {
    importance: 'high',
    attachments: [
      { name: 'Order 4711.pdf', url: 'https://contoso.sharepoint.test/order.pdf', contentType: 'reference' },
    ],
  }),
  message(40, BEN, '<p>gone</p>', { deletedAt: new Date(NOW - 39 * 60_000).toISOString() }),
  message(
    12,
    CHLOE,
    '<table><tr><th>Quarter</th><th>Revenue</th></tr><tr><td>Q2</td><td>412 k€</td></tr><tr><td>Q3</td><td>445 k€</td></tr></table><p>See you later!</p>',
  ),
];

/** Done to messages of the talk and not confirmed: an edit and a reaction that wait, a deletion that was refused. */
export const ACTS: PendingAct[] = [
  {
    localId: 'act-edit',
    act: { kind: 'edit', id: TALK[6]!.id, content: plainContent('<p>Yes, they are done.</p>') },
    state: 'queued',
    problem: null,
  },
  {
    localId: 'act-react',
    act: { kind: 'react', id: TALK[3]!.id, reaction: '❤️', on: true },
    state: 'sending',
    problem: null,
  },
  {
    localId: 'act-delete',
    act: { kind: 'delete', id: TALK[7]!.id },
    state: 'failed',
    problem: {
      code: 'refused-by-microsoft',
      title: 'Microsoft refused this',
      text: "Your organisation's rules or licences may not allow it.",
      detail: '403 Forbidden',
    },
  },
];

export function outgoing(
  state: OutgoingMessage['state'],
  html: string,
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    localId: `out-${state}-${html.length}`,
    chatId: CHAT_ID,
    content: plainContent(html),
    replyTo: null,
    state,
    writtenAt: NOW - 30_000,
    problem: null,
    emptyLooks: 0,
    mayResend: false,
    ...more,
  };
}

export const SETTINGS: PublicSettings = {
  registration: { clientId: '7f3b1c52-0f4e-4a2b-9d67-1d3b8f0a9c11', tenant: 'contoso.test', cloud: 'global' },
  managed: [],
  liveSeconds: null,
};

const REF = {
  origin: asOrigin('https://erp.contoso.test'),
  doctype: asDoctype('Event'),
  name: asRecordName('EV00001'),
};

export const CARE: ChatCare = {
  muted: false,
  mayRemove: true,
  removeConsentUrl: 'https://login.microsoftonline.com/contoso.test/v2.0/adminconsent?scope=ChatMember.ReadWrite',
  also: [],
  over: null,
};

export const RECORD: RecordView = {
  kind: 'record',
  key: recordKey(REF),
  ref: REF,
  title: 'Quarterly review',
  me: ME,
  erpUser: asErpUser('alice@contoso.test'),
  dirty: false,
  modified: '2026-11-22 10:00:00.000000',
  auto: { site: false, doctype: false, managed: false },
  others: [],
  speaker: null,
  canRead: true,
  mayChange: true,
  adminConsentUrl: 'https://login.microsoftonline.com/contoso.test/v2.0/adminconsent?client_id=7f3b1c52',
  upload: { allowed: true, adminConsentUrl: 'https://login.microsoftonline.com/contoso.test/v2.0/adminconsent' },
  notify: false,
  chat: { kind: 'linked', chat: CHAT, unread: 0, waiting: null, told: null, adding: null, care: CARE },
  outbox: [],
  acts: [],
  syncedAt: new Date(NOW - 60_000).toISOString(),
  syncProblem: null,
  notes: [],
};

export function line(
  name: string,
  resolution: Resolution,
  more: Partial<Participant> & { isMe?: boolean } = {},
): ResolvedParticipant {
  const { isMe = false, ...rest } = more;
  const email = resolution.state === 'no-email' ? null : person(name).mail;
  return { participant: { name, email, source: 'row', ...rest }, resolution, isMe };
}

export const PREVIEW: ChatPreview = {
  topic: 'Quarterly review · EV00001',
  people: [
    line('Alice Anders', { state: 'found', person: ME }, { source: 'self', isMe: true }),
    line('Ben Okafor', { state: 'found', person: BEN }),
    line('Chloé Durand', { state: 'found', person: CHLOE }, { source: 'owner' }),
    line('Dana Lund', { state: 'guest', person: GUEST }),
    line('Sam Lee', {
      state: 'ambiguous',
      people: [person('Sam Lee'), person('Sam Lee (Sales)', { id: asUserId('id-sam-2') })],
    }),
    line('Erik Holm', { state: 'not-found' }),
    line('Customer Contact', { state: 'no-email' }),
  ],
  refusal: null,
  limit: 250,
  unsavedPeople: ['Fatima Noor'],
};

function named(name: string) {
  return { userId: null, name };
}

/** The chat of ME and BEN, while the record has more people, and the chat somebody the record has not. */
export const COMPARED: MembersView = {
  missing: [
    line('Chloé Durand', { state: 'found', person: CHLOE }),
    line('Dana Lund', { state: 'guest', person: GUEST }),
  ],
  unresolved: [line('Erik Holm', { state: 'not-found' }), line('Customer Contact', { state: 'no-email' })],
  extra: [
    { member: { ...MEMBERS[1]!, membershipId: 'm1' }, left: false },
    {
      member: { ...MEMBERS[1]!, displayName: 'Otto Gone', email: 'otto@contoso.test', membershipId: 'm2' },
      left: true,
    },
  ],
  seconds: 2,
  room: 246,
  mayAdd: true,
  mayRemove: true,
  dismissed: [],
};

/** Chats of mine: one that is another record's already, one whose record is gone, and a free one. */
export const FOUND: FoundChat[] = [
  {
    ...CHAT,
    id: asChatId('19:3'),
    topic: 'Budget · EV00009',
    of: [{ key: RECORD.key, doctype: REF.doctype, name: asRecordName('EV00009'), gone: true }],
  },
  { ...CHAT, of: [{ key: RECORD.key, doctype: REF.doctype, name: REF.name, gone: false }] },
  { ...CHAT, id: asChatId('19:2'), topic: 'Launch', of: [] },
];

export const ORPHANS: Orphan[] = [
  {
    key: RECORD.key,
    origin: REF.origin,
    doctype: REF.doctype,
    name: asRecordName('EV00009'),
    topic: 'Budget · EV00009',
    url: 'https://teams.microsoft.com/l/chat/19%3A3/conversations',
  },
];
