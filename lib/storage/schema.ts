import type { DBSchema } from 'idb';
import type { Channel } from '../model/channel.ts';
import type { Chat, Member } from '../model/chat.ts';
import type { AppError } from '../model/errors.ts';
import type { AccountId, ChatId, Email, ErpUser, MessageId, Origin, RecordKey, UserId } from '../model/ids.ts';
import type { Mapping } from '../model/mapping.ts';
import type { ChannelPlace, MessageContent, OutboxState } from '../model/message.ts';
import type { MessageAct } from '../model/message-act.ts';
import type { Person } from '../model/person.ts';
import type { SendFile } from '../model/upload.ts';
import type { Writing } from '../model/writing.ts';
import type { Edge, Run } from './run.ts';

/**
 * What lies in the database, row by row. Each row holds its own key (`keyPaths`), and all but messages and
 * counters begin with the account, so that one range is all that an account left here.
 */
export interface Rows {
  chats: ChatRow;
  messages: MessageBlock;
  words: WordsRow;
  links: LinkRow;
  outbox: OutboxRow;
  receipts: ReceiptRow;
  jobs: JobRow;
  drafts: DraftRow;
  pictures: PictureRow;
  files: FileRow;
  fileParts: FilePartRow;
  people: PeopleRow;
  photos: PhotoRow;
  mappings: MappingRow;
  counters: CounterRow;
  answers: AnswerRow;
  accounts: AccountRow;
  pushes: PushRow;
  syncs: SyncRow;
  channels: ChannelRow;
  channelChoices: ChannelChoiceRow;
}

export type StoreName = keyof Rows;
export type Key = (string | number)[];

/** As the migrations leave it; the in-memory database needs it too. */
export const keyPaths: { readonly [S in StoreName]: readonly (keyof Rows[S] & string)[] } = {
  chats: ['account', 'chatId'],
  messages: ['no', 'firstKey'],
  words: ['account', 'seq'],
  links: ['account', 'recordKey'],
  outbox: ['account', 'localId'],
  receipts: ['account', 'localId'],
  jobs: ['account', 'id'],
  drafts: ['account', 'recordKey'],
  pictures: ['account', 'recordKey', 'id'],
  files: ['account', 'id'],
  fileParts: ['account', 'id', 'no'],
  people: ['account', 'email'],
  photos: ['account', 'userId'],
  mappings: ['account', 'origin', 'address'],
  counters: ['name'],
  answers: ['account', 'question'],
  accounts: ['account'],
  pushes: ['account', 'chatId'],
  syncs: ['account'],
  channels: ['account', 'channelId'],
  channelChoices: ['account', 'of'],
};

export type Schema = DBSchema & { [S in StoreName]: { key: Key; value: Rows[S] } };

/** A chat as one account sees it, and how far its messages are known. */
export interface ChatRow {
  account: AccountId;
  chatId: ChatId;
  /** Short name of the chat in the keys of message blocks; never used twice. */
  no: number;
  topic: string | null;
  kind: Chat['kind'];
  members: Member[];
  webUrl: string | null;
  createdAt: string;
  /** Whose messages are not unread. */
  me: UserId | null;
  /** Newest `modifiedAt` that a read of this chat has brought (ISO); null before the first read. */
  watermark: string | null;
  /** From here to the newest there is no hole. Older stored messages are islands, hidden until reading reaches them. */
  oldest: Edge | null;
  /** Older runs without a hole, where somebody went to a date; none shares a message with another, or with the newest. */
  runs?: Run[];
  /** The chat's very first message is known. */
  complete: boolean;
  /** A read of what changed that did not come to its end. */
  gap?: Gap;
  /** ISO time; null where nothing has been read. */
  readUpTo: string | null;
  /** ISO time of the newest message known. */
  newestAt: string | null;
  /** The newest message that a list of chats told of, and whose it is: it may not be stored here yet. */
  preview?: { at: string; by: UserId | null };
  /** Others' messages after `readUpTo`; where that moved, counted over the newest thousand. */
  unread: number;
  /** The `readUpTo` after which `unread` was counted; where it is another one, it is counted anew with the next messages. */
  unreadAfter?: string | null;
  /** Notify the person of this chat's new messages. */
  notify: boolean;
  /** Where its messages lie; none where an older version stored them, until the next are. */
  span?: Span;
  /** The person had what is older than this message taken from this machine; it is not fetched by itself again. */
  evicted?: Edge;
  /** Its messages' words are kept as they are stored; none where an older version stored messages without them. */
  words?: true;
  /** No notifications and no counts, whatever `notify` says. */
  muted?: boolean;
}

/**
 * Changes come last changed first. All that changed from `below` to `upTo` is stored, what changed between the watermark
 * and `below` is not, and so there may be a hole. ISO times.
 */
export interface Gap {
  upTo: string;
  below: string;
  /** From here to the newest there is no hole. Null: the read has met no message that new; what was known before shows. */
  edge: Edge | null;
}

/** Between which order keys a chat's messages lie, so that what comes before or behind them is put there without a look. */
export interface Span {
  /** None is stored below this one, nor above `last`. */
  first: string;
  last: string;
  /** From here on its blocks may be small, and so many were put there. */
  looseFrom: string;
  loose: number;
}

/** Up to 50 messages in order, as one text (block-lines.ts). One record for many: IndexedDB costs by the record. */
export interface MessageBlock {
  no: number;
  /** `orderKey` of its first message. */
  firstKey: string;
  /** In UTF-8. */
  lines: Uint8Array<ArrayBuffer>;
}

/**
 * What can be searched for in some messages of an account, in order of time: what one transaction brought, or many of
 * them packed together (search/tidy.ts). Never changed once written; of a message in several rows the highest `seq` counts.
 */
export interface WordsRow {
  account: AccountId;
  /** Grows with each row written; never used twice. */
  seq: number;
  /** A line each message: its folded words. In UTF-8. */
  text: Uint8Array<ArrayBuffer>;
  /** Where each line begins in the text, in UTF-16 units. */
  starts: Uint32Array<ArrayBuffer>;
  /** When each was written, milliseconds since 1970. */
  at: Float64Array<ArrayBuffer>;
  /** Three numbers each: which of `chats`, which of `names`, and what it has (`FLAG`). */
  about: Uint16Array<ArrayBuffer>;
  /** Order keys, each `keyWidth` long. */
  keys: string;
  keyWidth: number;
  /** A line each chat: its number and its id, parted by a blank. */
  chats: string;
  /** A line each person: the folded name. */
  names: string;
}

export interface LinkRow {
  account: AccountId;
  recordKey: RecordKey;
  chatId: ChatId;
  /** Who vouches that this chat is the record's: we made it, its topic's marker, or the person. */
  confirmedBy: 'created' | 'marker' | 'person';
  /** ERPNext's `creation` of the record when linked: another record under the same name has another. */
  recordCreation: string;
  /** Milliseconds since 1970. */
  linkedAt: number;
  /** People of the record whom the person, or Microsoft, would not have in the chat: not offered again by itself. */
  dismissed?: UserId[];
  /** Names that the chat has from the record's title: the one it has, and one that may just have been given to it. */
  ourTopics?: string[];
  /** Microsoft did not show the chat any more. Kept for who vouched for it, should it be seen again. */
  closed?: true;
  /** When ERPNext said that the record is gone, milliseconds since 1970. */
  goneAt?: number;
}

/** What a person wrote or did and Microsoft has not confirmed. Times in milliseconds since 1970. */
export type OutboxRow = SendRow | ActRow;

interface WaitingRow {
  localId: string;
  account: AccountId;
  recordKey: RecordKey;
  /** For a channel its id. */
  chatId: ChatId;
  channel?: ChannelPlace;
  erpUser: ErpUser;
  state: OutboxState;
  writtenAt: number;
  /** Order of writing over all chats. */
  seq: number;
  problem: AppError | null;
  emptyLooks: number;
  mayResend: boolean;
  /** When the first attempt that may have reached Microsoft began; null when none can have. */
  startedAt: number | null;
  /** Not to be sent, or looked for, before this time. */
  notBefore: number;
}

/** A message whose server copy is not stored yet. */
export interface SendRow extends WaitingRow {
  act?: undefined;
  content: MessageContent;
  /** Files that go along: it is not sent before all of them lie in OneDrive. */
  files?: SendFile[];
  /** The message it quotes. */
  replyTo: MessageId | null;
  /** The newest message stored when the first attempt began: the copy we look for is younger. */
  newestKnown: MessageId | null;
}

/** What is done to a message that is there. */
export interface ActRow extends WaitingRow {
  act: MessageAct;
  /**
   * Folded texts over which an edit was written: over another one it would undo what was written elsewhere. None where
   * that is not known.
   */
  bases: string[];
  /** What waited when it was deleted, and comes back when the deletion is taken back before it left. */
  instead?: ActRow[];
}

/** A `localId` that is spent: a repeated call changes nothing, and no server message settles two rows. */
export interface ReceiptRow {
  account: AccountId;
  localId: string;
  chatId: ChatId;
  /** Null: the person discarded it, or it was no message. */
  serverId: MessageId | null;
  at: number;
  /** What was discarded, until nothing is left of it in OneDrive. */
  row?: SendRow;
  /** Its discarding cannot be undone any more. */
  over?: true;
}

/** Work on Graph or ERPNext that must survive the worker. `data` is parsed by the handler of its kind. */
export interface JobRow {
  id: string;
  kind: string;
  account: AccountId;
  recordKey: RecordKey;
  origin: Origin;
  erpUser: ErpUser;
  step: string;
  data: unknown;
  createdAt: number;
  updatedAt: number;
  /** When it goes on by itself; null: as soon as somebody asks. */
  wakeAt: number | null;
  problem: AppError | null;
  /** What the person must answer first; null when nothing. */
  question: unknown;
}

export interface DraftRow {
  /** Empty when nobody was signed in. */
  account: AccountId | '';
  recordKey: RecordKey;
  text: string;
  /** What stands beside the text; none where an older version kept it. */
  beside?: Partial<Omit<Writing, 'text'>>;
  savedAt: number;
}

export interface PictureRow {
  account: AccountId;
  recordKey: RecordKey;
  id: string;
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
  savedAt: number;
}

/** A file whose bytes lie in parts beside it. */
export interface FileRow {
  account: AccountId;
  id: string;
  /** Bytes of the whole. */
  size: number;
  savedAt: number;
}

export interface FilePartRow {
  account: AccountId;
  id: string;
  no: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Who answers to an address: none, one or several. */
export interface PeopleRow {
  account: AccountId;
  email: Email;
  people: Person[];
  lookedUpAt: number;
}

export interface PhotoRow {
  account: AccountId;
  userId: UserId;
  /** A data: URL; null: this person has no photo. */
  url: string | null;
  lookedUpAt: number;
}

/** Who an ERPNext user is at Microsoft, as this account found or said. */
export interface MappingRow extends Mapping {
  account: AccountId;
  origin: Origin;
  /** The user's e-mail address, by which records name them; the user's name where there is none. */
  address: Email | ErpUser;
}

/** Something a person agreed to. */
export interface AnswerRow {
  account: AccountId;
  question: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** A Microsoft account that is signed in here, with what it takes to sign in again without a window. No secret. */
export interface AccountRow {
  account: AccountId;
  userId: UserId;
  name: string;
  /** Sign-in name, as Microsoft's page takes it for a hint. */
  username: string;
  tenantId: string;
  tier: 'base' | 'reading';
  /** Where it speaks, as far as that was said. */
  sites: Origin[];
  /** In the order of signing in. */
  place: number;
}

/** A channel that this account used or chose here. */
export interface ChannelRow extends Omit<Channel, 'id'> {
  account: AccountId;
  channelId: ChatId;
  /** When it was last chosen or written to, milliseconds since 1970; null: it is not offered by itself. */
  usedAt: number | null;
  /** When something was last written there from here. */
  postedAt: number | null;
  /** Graph's link to threads older than those that were read; null: there are none. Left out before the first reading. */
  older?: string | null;
}

/** Which channel the person chose, and for what: a record's key, or a doctype in a list of one. */
export interface ChannelChoiceRow {
  account: AccountId;
  of: string;
  /** Null: none, also where all records of the doctype have one. */
  channelId: ChatId | null;
}

/** Graph's subscription to a chat's messages, or why there is none of ours. */
export interface PushRow {
  account: AccountId;
  chatId: ChatId;
  /** The site that rings. */
  origin: Origin;
  /** The method that Graph calls there. */
  method: string;
  /** Null: not ours; it is asked for again at `until`. */
  id: string | null;
  /** Milliseconds since 1970. */
  until: number;
  problem: AppError | null;
}

/** How keeping all of an account's linked chats in step stands. Times in milliseconds since 1970 where not said. */
export interface SyncRow {
  account: AccountId;
  /** ISO time: of what was written by then, in any chat, the last run that ended has seen the list of chats; null: none has. */
  listedUpTo: string | null;
  doneAt: number | null;
  /** When all linked chats were last read, whatever the list said of them. */
  sweptAt: number | null;
  /** When the catching up of a day was last planned. */
  dayAt: number | null;
  /** How many new messages the last run brought. */
  brought: number | null;
  /** Why the last run ended before its time. */
  problem: AppError | null;
  run: SyncRun | null;
  /** When the next run begins by itself. */
  due: { at: number; by: 'day' | 'timer' } | null;
}

/** A run through all linked chats that is not over. */
export interface SyncRun {
  id: string;
  by: 'person' | 'day' | 'timer';
  /** When the list of chats was last asked for. */
  listedAt: number;
  /** As `listedUpTo`, of this run. */
  newest: string | null;
  /** Chats that have something new and are still to be read; null: the list was not read to its end. */
  todo: ChatId[] | null;
  /** Chats that are read after them, slowly, for changes that the list does not tell of; null: not in this run. */
  sweep: ChatId[] | null;
  /** How many chats both were in the beginning. */
  total: number;
  /** New ones, up to now. */
  messages: number;
  /** When it goes on by itself; null: now. */
  wakeAt: number | null;
  problem: AppError | null;
  /** How often in a row it met a problem. */
  tries: number;
}

export interface CounterRow {
  /** `rebuilt`: 0, or when it was, or was told; see rebuilt.ts. */
  name: 'chat' | 'outbox' | 'rebuilt';
  last: number;
}
