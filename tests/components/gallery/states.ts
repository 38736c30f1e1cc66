import type { AppError } from '../../../lib/model/errors.ts';
import { asChatId, asDoctype, asErpUser, asRecordName, type ChatId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { Writing } from '../../../lib/model/writing.ts';
import type { ChatState, MembersView, PanelView, RecordView } from '../../../lib/rpc/contract.ts';
import { RICH } from '../rich-talk.ts';
import {
  ACTS,
  account,
  BEN,
  CARE,
  CHAT,
  COMPARED,
  ME,
  message,
  NOW,
  outgoing,
  PROBLEM,
  RECORD,
  SETTINGS,
  TALK,
} from '../samples.ts';

export interface State {
  view: PanelView | null;
  messages?: Message[] | null;
  compared?: MembersView;
  unlinked?: ChatId;
  text?: string;
  writing?: Partial<Writing>;
  problem?: AppError;
  /** Click "Create chat" after rendering. */
  asking?: boolean;
}

const base = { settings: SETTINGS, notices: [] as AppError[] };
const record = (chat: ChatState, more: Partial<RecordView> = {}): PanelView => ({ ...base, ...RECORD, ...more, chat });
const linked = (more: Partial<Extract<ChatState, { kind: 'linked' }>> = {}): ChatState => ({
  kind: 'linked',
  chat: CHAT,
  unread: 0,
  waiting: null,
  told: null,
  adding: null,
  care: CARE,
  ...more,
});

const REFUSAL: AppError = {
  code: 'erp-forbidden',
  title: 'You may not change this Event',
  text: 'The chat is written into the record, and ERPNext does not let you save it. Ask its owner to create the chat.',
};

const KEPT = { why: 'no-field' as const, admin: false, by: asErpUser('ben@contoso.test'), mine: false };

const LONG = Array.from({ length: 900 }, (_, i) =>
  message(5000 - i * 5, i % 3 ? BEN : ME, `<p>Message number ${i} of a long talk</p>`),
);

/** Every state of the panel, by the name docs and screenshots use. */
export const STATES: Record<string, State> = {
  rich: { view: record(linked()), messages: RICH },
  loading: { view: null },
  'no-record': { view: { ...base, kind: 'no-record' } },
  unsaved: { view: { ...base, kind: 'unsaved', doctype: asDoctype('Event') } },
  'not-configured': {
    view: { ...base, kind: 'not-configured', redirectUri: 'https://galidifhoabiablhokbmfdbhibocfmaf.chromiumapp.org/' },
  },
  'signed-out': { view: { ...base, kind: 'signed-out', problem: null, signingIn: false, others: [] } },
  'which-account': {
    view: {
      ...base,
      kind: 'signed-out',
      problem: null,
      signingIn: false,
      others: [account('Alice Anders'), account('Gina Green')],
    },
  },
  'signing-in': { view: { ...base, kind: 'signed-out', problem: null, signingIn: true, others: [] } },
  'sign-in-problem': {
    view: {
      ...base,
      kind: 'signed-out',
      signingIn: false,
      others: [],
      problem: {
        code: 'admin-consent-needed',
        title: 'Your administrator has to approve Deskside',
        text: 'Your organization lets only administrators approve apps. Send them the link below.',
        action: { kind: 'copy', label: 'Copy the link', text: 'https://login.test/adminconsent' },
        detail: 'AADSTS90094',
      },
    },
  },
  trouble: { view: { ...base, kind: 'trouble', problem: PROBLEM } },
  none: { view: record({ kind: 'none', refusal: null }) },
  'none-refused': { view: record({ kind: 'none', refusal: REFUSAL }) },
  'none-kept': { view: record({ kind: 'none', refusal: null, kept: { why: 'read-only', admin: false } }) },
  'none-no-field': { view: record({ kind: 'none', refusal: null, kept: { why: 'no-field', admin: true } }) },
  confirm: { view: record({ kind: 'none', refusal: null }), asking: true },
  claimed: { view: record({ kind: 'claimed', staleAt: NOW + 90_000 }) },
  creating: { view: record({ kind: 'creating', step: 'creating', problem: null, question: null }) },
  'creating-problem': { view: record({ kind: 'creating', step: 'writing', problem: PROBLEM, question: null }) },
  'creating-question': {
    view: record({
      kind: 'creating',
      step: 'looking',
      problem: null,
      question: {
        kind: 'may-exist-unseen',
        text: 'Ben Okafor began to create this chat and did not finish. If it exists, you may not be a member. Ask Ben first.',
      },
    }),
  },
  'unconfirmed-kept': {
    view: record({
      kind: 'unconfirmed',
      chat: { ...CHAT, topic: 'Come in' },
      namedBy: { by: KEPT.by, mayTake: false },
    }),
  },
  unconfirmed: { view: record({ kind: 'unconfirmed', chat: { ...CHAT, topic: 'Lunch group' } }) },
  'linked-kept': { view: record(linked({ kept: KEPT })), messages: TALK, compared: COMPARED },
  linked: { view: record(linked(), { notify: true }), messages: TALK },
  'linked-acts': { view: record(linked(), { acts: ACTS }), messages: TALK },
  'linked-notices': {
    view: {
      ...record(
        linked({
          waiting: { text: 'Keep a tab with ERPNext open: the chat is written there as soon as it can be.' },
          told: 'Two chats had been made at once. This is the one that stays.',
        }),
        {
          syncProblem: PROBLEM,
        },
      ),
      notices: [
        {
          code: 'storage-unavailable',
          title: 'Private window',
          text: 'Messages and drafts are kept only until this window closes.',
        },
      ],
    },
    messages: TALK,
  },
  writing: {
    view: record(linked()),
    messages: TALK,
    writing: {
      text: 'See @Ben Okafor, the plan of the hall',
      mentions: [{ start: 4, end: 15, userId: BEN.id, name: 'Ben Okafor' }],
      importance: 'high',
      images: ['Plan of the hall', ''].map((alt, i) => ({
        id: `picture${i}`,
        name: 'IMG_2041.png',
        contentType: 'image/png',
        width: 640,
        height: 480,
        alt,
        size: 2_000,
      })),
    },
  },
  empty: { view: record(linked()), messages: [] },
  waiting: { view: record(linked()), messages: null },
  long: { view: record(linked()), messages: LONG },
  outgoing: {
    view: record(linked(), {
      outbox: [
        outgoing('sent', '<p>Thank you!</p>'),
        outgoing('sending', '<p>Here they are.</p>'),
        outgoing('failed', '<p>And the last one</p>', { problem: PROBLEM }),
        outgoing('unknown', '<p>See you at 15:00?</p>', { mayResend: true, emptyLooks: 2 }),
      ],
    }),
    messages: TALK.slice(-3),
    text: 'A draft with **bold** words\n- and a list',
  },
  'members-missing': { view: record(linked()), messages: TALK, compared: COMPARED },
  'members-adding': {
    view: record(linked({ adding: { done: 4, total: 6, problem: null, report: null } })),
    messages: TALK,
  },
  'members-added': {
    view: record(
      linked({
        adding: {
          done: 2,
          total: 2,
          problem: null,
          report: { added: ['Chloé Durand'], failed: [{ name: 'Dana Lund', text: 'Their account may be disabled.' }] },
        },
      }),
    ),
    messages: TALK,
  },
  'base-tier': {
    view: record(linked(), { canRead: false, outbox: [outgoing('sent', '<p>Hello from the record</p>')] }),
  },
  closed: {
    view: record({
      kind: 'closed',
      chatId: asChatId('19:ffff@thread.v2'),
      problem: { code: 'not-a-member', title: 'Microsoft did not open it', text: 'Only members can see a chat.' },
      url: 'https://erp.contoso.test/app/event/EV00001',
      askers: [
        { name: BEN.displayName, address: BEN.mail!, wasMember: true },
        { name: 'Chloé Durand', address: 'chloe.durand@contoso.test', wasMember: false },
      ],
    }),
  },
  shared: {
    view: record(
      linked({
        care: { ...CARE, also: [{ key: RECORD.key, doctype: asDoctype('Project'), name: asRecordName('PROJ-0007') }] },
      }),
    ),
    messages: TALK,
  },
  over: {
    view: record(linked({ unread: 2, care: { ...CARE, over: { status: 'Completed', ask: true } } })),
    messages: TALK,
  },
  'may-not-remove': {
    view: record(linked({ care: { ...CARE, mayRemove: false, muted: true } })),
    messages: TALK,
    compared: { ...COMPARED, mayRemove: false },
  },
};
