import type { Chat, ChatMember } from '../model/chat.ts';
import type { FieldLine, FieldValues } from '../model/custom-field.ts';
import type { ListedDoctype } from '../model/doctype-list.ts';
import type { DoctypeMeta, Found } from '../model/doctype-meta.ts';
import type { DoctypeRule, RulePreview, RuleProposal } from '../model/doctype-rule.ts';
import type { AppError, Result } from '../model/errors.ts';
import type {
  AccountId,
  ChatId,
  Doctype,
  Email,
  ErpUser,
  MessageId,
  Origin,
  RecordKey,
  RecordName,
  UserId,
} from '../model/ids.ts';
import type { Mapping, SiteUser } from '../model/mapping.ts';
import type { Message, MessageContent, OutgoingMessage } from '../model/message.ts';
import type { PendingAct } from '../model/message-act.ts';
import type { NoteDoctype, PersonComment } from '../model/note.ts';
import type { ResolvedParticipant } from '../model/participant.ts';
import type { Person } from '../model/person.ts';
import type { Presence } from '../model/presence.ts';
import type { RecordRef, SavedRecord } from '../model/record.ts';
import type { CommentText, RecordComment } from '../model/record-comment.ts';
import type { WrittenFile } from '../model/upload.ts';
import type { ActsProtocol } from './contract/acts.ts';
import type { ToArchiveProtocol } from './contract/archive.ts';
import type { ChannelProtocol } from './contract/channels.ts';
import type { ComposeProtocol } from './contract/compose.ts';
import type { FilesProtocol } from './contract/files.ts';
import type { NotesProtocol, NoteView } from './contract/notes.ts';
import type { ReadingProtocol } from './contract/reading.ts';
import type { ChatSyncProtocol } from './contract/sync.ts';

/**
 * Everything the contexts say to each other; five minutes to read. Four parties: the panel (frame), the popup, the
 * content script of an ERPNext tab ("desk"), the worker. Whoever asks gets a `Result`.
 */

// ── panel → worker ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The panel's calls but `panel.enter` carry the pass it got there: proof that this frame stands in a tab whose content
 * script the worker knows. The record is never said by the panel to be believed: `shown` must equal what the tab shows
 * now, else the call is refused with `record-changed`.
 */
export interface Passed {
  pass: string;
  shown: RecordKey;
  /** As whom the panel said that the person speaks, where it said so: another account by now refuses the call, too. */
  as?: UserId;
}

export interface PanelProtocol
  extends ActsProtocol,
    ChannelProtocol,
    ChatSyncProtocol,
    ComposeProtocol,
    FilesProtocol,
    NotesProtocol,
    ReadingProtocol,
    ToArchiveProtocol {
  /** Trade the content script's one-time nonce for a pass. Everything else is refused without it. */
  'panel.enter'(data: { nonce: string }): Result<{ pass: string }>;
  /** All the panel shows but the messages. Also asked again after every change notice that names it. */
  'panel.view'(data: { pass: string }): Result<PanelView>;
  /** A person did something in the panel or its tab: bring what is new, at most once a chat in 15 s. */
  'panel.act'(data: Passed): Result<void>;
  /** Who would be in the chat, resolved against Microsoft 365. */
  'chat.preview'(data: Passed): Result<ChatPreview>;
  /** Start the durable job that creates the one chat of this record. Answers once it is written down, not when done. */
  'chat.create'(data: Passed & { requestId: string; members: ChosenMember[] }): Result<void>;
  /**
   * A failed or waiting creation: give it up (releases the claim), go on with it, or go on without whom Microsoft
   * refused. Giving up one that is over and was told of only puts the note away.
   */
  'chat.resume'(data: Passed & { how: 'give-up' | 'go-on' | 'leave-out'; userId?: string }): Result<void>;
  /** Link the chat of the document that this one amends. */
  'chat.useAmended'(data: Passed): Result<void>;
  /** The person says that the id found in the record is right: only then is anything sent or marked read there. */
  'chat.confirm'(data: Passed & { chatId: ChatId }): Result<void>;
  /** The person's own group chats with these words in topic or members, to link one of them. */
  'link.find'(data: Passed & { text: string }): Result<FoundChat[]>;
  /**
   * Write a chat that exists into the record, which has none. Where other records name it already they are answered, and
   * nothing is written before the person says by `shared` that it is meant for all of them.
   */
  'link.put'(data: Passed & { chatId: ChatId; shared: boolean }): Result<LinkedRecord[]>;
  /** Take the chat out of the record; the chat stays as it is. `not-permitted` where it stands in another's comment. */
  'link.take'(data: Passed & { chatId: ChatId }): Result<void>;
  /** Pay no more heed, as this account, to the comment of somebody else that names this chat. */
  'link.ignore'(data: Passed & { chatId: ChatId }): Result<void>;
  /** No notifications and no counts of this chat, here; Teams has a mute of its own, which nobody can set from outside. */
  'chat.mute'(data: Passed & { chatId: ChatId; on: boolean }): Result<void>;
  /** The person goes out of the chat. The record keeps it. */
  'chat.leave'(data: Passed & { chatId: ChatId }): Result<void>;
  /** The last word about a record that is over, sent once; null: none, and no more question. */
  'chat.farewell'(data: Passed & { chatId: ChatId; html: string | null }): Result<void>;
  /** Leads to another record of the chat on screen. */
  'record.show'(data: Passed & { key: RecordKey }): Result<void>;
  /** How the record's people and the members of its chat differ. Asks ERPNext and Microsoft. */
  'members.view'(data: Passed): Result<MembersView>;
  /** Start the durable job that adds these of the record's people, four a minute. Answers once it is written down. */
  'members.add'(data: Passed & { requestId: string; chatId: ChatId; userIds: UserId[] }): Result<void>;
  'members.takeOut'(data: Passed & { chatId: ChatId; membershipId: string }): Result<void>;
  /** "Not now": these are not offered again by themselves. */
  'members.dismiss'(data: Passed & { userIds: UserId[] }): Result<void>;
  /** The report was read, or the rest of the adding is given up. */
  'members.end'(data: Passed): Result<void>;
  /** Whether people who join a record of this site, or of this doctype, are added to its chat without a question. */
  'members.auto'(data: Passed & { of: 'site' | 'doctype'; on: boolean }): Result<void>;
  /** The newest 50 stored messages of the chat for which a query holds (lib/util/search-query.ts), or those after `from`. */
  'messages.search'(data: Passed & { text: string; from: MessageId | null }): Result<SearchView>;
  /** Into the outbox. `chatId` is the chat on screen when the text was written: another one now refuses it. */
  'messages.send'(
    data: Passed & {
      chatId: ChatId;
      localId: string;
      content: MessageContent;
      replyTo: MessageId | null;
      /** Kept before by `file.keep`. */
      files?: WrittenFile[];
    },
  ): Result<void>;
  /** For `failed` and (when `mayResend`) `unknown` rows. */
  'messages.resend'(data: Passed & { localId: string }): Result<void>;
  'messages.discard'(data: Passed & { localId: string }): Result<void>;
  /** Everything on screen has been seen by the person. */
  'messages.seen'(data: Passed & { upTo: MessageId }): Result<void>;
  /** The person means to write in Teams as somebody else than they are in ERPNext, on this site. */
  'speaker.agree'(data: Passed): Result<void>;
  /** Notifications for this record's chat (asks for the permission in the panel or popup first). */
  'notify.set'(data: Passed & { on: boolean }): Result<void>;
  /** The person says that the Microsoft account which ERPNext names for this address is theirs indeed. */
  'people.confirm'(data: Passed & { email: Email; userId: UserId }): Result<void>;
  /** People's photos as data: URLs, of those who have one (initials for the others); at most 100 people. */
  photos(data: { pass: string; userIds: UserId[] }): Result<{ userId: UserId; url: string }[]>;
  /** Whether these people can be reached; kept for a minute and a half, asked in one request. */
  presence(data: { pass: string; userIds: UserId[] }): Result<PresenceView>;
  /** Show it from now on; opens Microsoft's window where the permission is missing. */
  'presence.on'(data: { pass: string }): Result<void>;
  /** An administrator makes the missing custom field. */
  'field.create'(data: Passed): Result<void>;
  /** Speak on this tab's site as another account that is signed in. */
  'auth.use'(data: { pass: string; account: AccountId }): Result<void>;
  /** Ask for the scopes of the reading tier (opens Microsoft's window). */
  'auth.read'(data: { pass: string }): Result<void>;
  /** Ask for the scope that takes people out of chats, which takes an administrator. */
  'auth.members'(data: { pass: string }): Result<void>;
  /** The panel's own close button. */
  'panel.close'(data: { pass: string }): Result<void>;
}

export interface ChosenMember {
  email: Email | null;
  userId: UserId;
  role: 'owner' | 'guest';
}

export interface ChatPreview {
  topic: string;
  people: ResolvedParticipant[];
  /** Set where no chat can be created, and why: nobody but me, over 250, no write permission, missing field … */
  refusal: AppError | null;
  /** 250 or what the cloud allows. */
  limit: number;
  /** Names typed into the form and not saved: they are not invited. */
  unsavedPeople: string[];
}

/** The record's people beside the chat's members. */
export interface MembersView {
  /** Known to Microsoft 365 and not in the chat. */
  missing: ResolvedParticipant[];
  /** Of the record, and nobody to add: not found, without e-mail, or several to choose from. */
  unresolved: ResolvedParticipant[];
  /** In the chat and not among the record's people; `left`: Microsoft 365 does not know them any more. */
  extra: { member: ChatMember; left: boolean }[];
  /** What adding all that are missing takes, about. */
  seconds: number;
  /** How many more people the chat takes. */
  room: number;
  mayAdd: boolean;
  mayRemove: boolean;
  /** Said "not now" of these, or Microsoft refused them. */
  dismissed: UserId[];
}

/** People who are being added, or were. */
export interface AddingView {
  done: number;
  total: number;
  problem: AppError | null;
  /** Set once it is over, until the person has read it. */
  report: { added: string[]; failed: { name: string; text: string }[] } | null;
}

export interface PresenceView {
  /**
   * `off`: nobody switched it on; `refused`: an administrator switched it off; `not-allowed`: on, and this account has
   * not the permission; `none-here`: this cloud has no presence.
   */
  state: 'on' | 'off' | 'refused' | 'not-allowed' | 'none-here';
  /** Of whom something is known. */
  people: { userId: UserId; presence: Presence }[];
  /** Why Microsoft did not say. */
  problem: AppError | null;
}

export interface MessagePage {
  messages: Message[];
  /** More can be had by asking for what is before the first. */
  more: boolean;
  /** Nothing is stored yet, and the chat's first read is under way: a notice tells when it ended. */
  filling?: boolean;
}

export interface MessageStretch extends MessagePage {
  /** Newer ones are stored. */
  newer: boolean;
}

export interface SearchView {
  /** Newest first. */
  hits: SearchLine[];
  more: boolean;
  /** ISO time of the oldest message that could be found; null where all of the chat is stored. */
  since: string | null;
  /** `in:` or `record:` means not this chat: names of those that it does mean, none where nothing is called so. */
  elsewhere?: string[];
}

/** A message that was found. */
export interface SearchLine {
  id: MessageId;
  createdAt: string;
  from: { userId: UserId | null; name: string } | null;
  /** Its words around the first of those searched for, as plain text. */
  words: { text: string; mark: boolean }[];
  /** It can be shown in its place; else only Teams can. */
  inPlace: boolean;
}

/** What stands in the panel. */
export type PanelView = {
  settings: PublicSettings;
  /** Texts the panel must say now, whatever else is shown (e.g. private window, storage unavailable). */
  notices: AppError[];
} & (
  | { kind: 'no-record' }
  | { kind: 'unsaved'; doctype: Doctype }
  | { kind: 'not-configured'; redirectUri: string }
  | { kind: 'signed-out'; problem: AppError | null; signingIn: boolean; others: AccountChoice[] }
  | { kind: 'trouble'; problem: AppError }
  | RecordView
);

export interface RecordView {
  kind: 'record';
  key: RecordKey;
  ref: RecordRef;
  title: string;
  /** The Microsoft account that speaks here. */
  me: Person;
  erpUser: ErpUser;
  /** The form has edits that are not saved. */
  dirty: boolean;
  /** The record's version: another one may name other people. */
  modified: string;
  /** Who else is signed in and could speak here. */
  others: AccountChoice[];
  /** ERPNext knows another person than Microsoft: to be agreed to before anything is written. */
  speaker: { erpUser: ErpUser; microsoft: string } | null;
  /** People are added without a question, by the site's or the doctype's setting. */
  auto: { site: boolean; doctype: boolean; managed: boolean };
  /** True with Chat.Read: history and read-back work. */
  canRead: boolean;
  /** True with Chat.ReadWrite: own messages can be edited and deleted. */
  mayChange: boolean;
  /** For the base tier: the link that asks the administrator. */
  adminConsentUrl: string;
  /** Whether files can be put into OneDrive, and the link that asks the administrator for it. */
  upload: { allowed: boolean; adminConsentUrl: string };
  notify: boolean;
  chat: ChatState;
  outbox: OutgoingMessage[];
  /** What was done to messages and is not confirmed, in the order of doing. */
  acts: PendingAct[];
  /** ISO time of the newest successful read, for "as of …". */
  syncedAt: string | null;
  /** Why reading last failed, while cached messages are shown. */
  syncProblem: AppError | null;
  /** The person was led to this message, from another page. Told once. */
  ledTo?: { chatId: ChatId; id: MessageId };
  /** Messages on their way into ERPNext, and those that arrived until the person has read so. */
  notes: NoteView[];
}

/** Why a record's chat is kept in a comment on it; `admin`: this person may create the field that is missing. */
export interface Kept {
  why: 'cancelled' | 'no-field' | 'read-only';
  admin: boolean;
}

/** Whose comment it is. Only they can change it. */
export interface KeptBy extends Kept {
  by: ErpUser;
  mine: boolean;
}

/** A comment names a chat that is not borne out. `mayTake`: this person can take the link back for everybody. */
export interface NamedBy {
  by: ErpUser;
  mayTake: boolean;
}

export type ChatState =
  /**
   * No chat yet; `refusal` says why the button is off. `amends`: a document of this name has one that can be used on.
   * `kept`: the link would go into a comment.
   */
  | { kind: 'none'; refusal: AppError | null; amends?: RecordName; kept?: Kept }
  /** Somebody else is creating it: until when their lease runs (ms on this machine's clock). */
  | { kind: 'claimed'; staleAt: number }
  /** This account is creating it. */
  | { kind: 'creating'; step: CreationStep; problem: AppError | null; question: CreationQuestion | null }
  /** The record names a chat that nobody vouched for: show it, send nothing. */
  | { kind: 'unconfirmed'; chat: Chat; amends?: RecordName; namedBy?: NamedBy }
  | {
      kind: 'linked';
      chat: Chat;
      unread: number;
      waiting: LinkProblem | null;
      told: string | null;
      adding: AddingView | null;
      care: ChatCare;
      /** The link stands in a comment, as long as nobody who may write the field has opened the record. */
      kept?: KeptBy;
    }
  /** The record names a chat this account cannot see; `askers` may be able to add the person to it. */
  | { kind: 'closed'; chatId: ChatId; problem: AppError; askers: Asker[]; url: string; namedBy?: NamedBy };

/** What else there is to know, and to do, about a record's chat. */
export interface ChatCare {
  muted: boolean;
  /** People can be taken out, and the person can leave (ChatMember.ReadWrite). */
  mayRemove: boolean;
  /** The link that asks the administrator for that. */
  removeConsentUrl: string;
  /** Other records whose chat this is too. */
  also: LinkedRecord[];
  /** Set where the record is over, and that closes its panel. `ask`: nobody said yet whether to say goodbye. */
  over: { status: string; ask: boolean } | null;
}

export interface LinkedRecord {
  key: RecordKey;
  doctype: Doctype;
  name: RecordName;
}

/** A chat that could be linked, and the records that this account knows it to belong to. */
export interface FoundChat extends Chat {
  of: (LinkedRecord & { gone: boolean })[];
}

/** Somebody of the record who may be in its chat. */
export interface Asker {
  name: string;
  /** Sign-in name where it is known, else the address in ERPNext. */
  address: string;
  /** Was in the chat when this account last saw it. */
  wasMember: boolean;
}

export type CreationStep = 'claiming' | 'looking' | 'creating' | 'writing' | 'greeting';
/** A creation that may not go on without the person. */
export type CreationQuestion = { kind: 'may-exist-unseen'; text: string } | { kind: 'outcome-unknown'; text: string };
/** The chat exists and its id is not in the record yet. */
export interface LinkProblem {
  text: string;
}

// ── popup → worker ──────────────────────────────────────────────────────────────────────────────────────────────

export interface PopupProtocol {
  /** `incognito`: it stands over a private window, which the browser vouches for to the popup alone. */
  'popup.view'(data: { incognito: boolean }): Result<PopupView>;
  /** After `permissions.request` said yes: remember the origin, register scripts, inject into open tabs. */
  'sites.add'(data: { origin: Origin }): Result<void>;
  /** Forget the origin, its scripts, and the host permission where no other listed origin needs it. */
  'sites.remove'(data: { origin: Origin }): Result<void>;
  'settings.save'(data: { registration: Registration }): Result<void>;
  /** Leads to the record: the tab that shows it, or a new one. */
  'record.open'(data: { key: RecordKey }): Result<void>;
  /** Forget the chat of a record that is gone; it stays in Teams. */
  'orphans.forget'(data: { key: RecordKey }): Result<void>;
  'settings.live'(data: { seconds: number | null }): Result<void>;
  /** `account`: who should sign in again. `origin`: where whoever signs in is to speak; a panel's tab says it itself. */
  'auth.signIn'(data: { pickAccount: boolean; account?: AccountId; origin?: Origin }): Result<void>;
  /** `discard`: unfinished jobs may be lost; without it the call fails and names them. */
  'auth.signOut'(data: { account: AccountId; discard: boolean }): Result<void>;
  /** From now on this account speaks on the site. */
  'account.use'(data: { account: AccountId; origin: Origin }): Result<void>;
}

/** Somebody who is signed in. */
export interface AccountChoice {
  id: AccountId;
  name: string;
  email: string;
}

export interface AccountView extends AccountChoice {
  /** Why this account must sign in again, or cannot be asked now. */
  problem: AppError | null;
  canRead: boolean;
  /** Listed sites on which it speaks. */
  sites: Origin[];
  /** Unfinished work that signing out would lose. */
  unfinished: string[];
}

/** Who is signed in, and how signing in stands. */
export interface AccountsView {
  accounts: AccountView[];
  signInProblem: AppError | null;
  signingIn: boolean;
}

export interface PopupView extends AccountsView {
  settings: PublicSettings;
  redirectUri: string;
  sites: Origin[];
  /** Records of all accounts with unread messages, the newest first. */
  unread: UnreadRecord[];
  orphans: Orphan[];
  notices: AppError[];
}

export interface UnreadRecord {
  key: RecordKey;
  origin: Origin;
  doctype: Doctype;
  name: RecordName;
  topic: string | null;
  /** At least so many. */
  unread: number;
  newestAt: string | null;
  /** Counted nowhere else. */
  muted: boolean;
}

/** A chat whose record ERPNext does not have any more. */
export interface Orphan {
  key: RecordKey;
  origin: Origin;
  doctype: Doctype;
  name: RecordName;
  topic: string | null;
  /** Opens the chat in Teams. */
  url: string;
}

export interface Registration {
  clientId: string;
  /** Directory id, verified domain, or 'organizations'. */
  tenant: string;
  cloud: 'global' | 'gcc-high' | 'dod' | 'china';
}

export interface PublicSettings {
  registration: Registration | null;
  /** Keys set by managed policy: greyed where they are shown. */
  managed: string[];
  /** Seconds between timed reads while visible and active, ≥ 60; null: only as people act. */
  liveSeconds: number | null;
}

// ── options → worker: doctypes and custom fields ────────────────────────────────────────────────────────────────

export interface OptionsProtocol {
  'options.view'(): Result<OptionsView>;
  /** The person's own rules for these doctypes from now on; tabs follow at once. */
  'doctypes.save'(data: { rules: DoctypeRule[] }): Result<void>;
  /** Forget the person's own rule. */
  'doctypes.remove'(data: { doctype: Doctype }): Result<void>;
  'doctypes.switch'(data: { doctype: Doctype; on: boolean }): Result<void>;
  /** Doctypes of the site with documents of their own. */
  'doctypes.find'(data: { origin: Origin; text: string }): Result<Found[]>;
  /** What the site says of a doctype, and the rule that follows from it. */
  'doctypes.propose'(data: { origin: Origin; doctype: string }): Result<RuleProposal & { meta: DoctypeMeta }>;
  /** What a rule, saved or not, finds in the record of this name. */
  'doctypes.preview'(data: { origin: Origin; rule: DoctypeRule; name: string }): Result<RulePreview>;
  'records.find'(data: { origin: Origin; doctype: string; text: string }): Result<Found[]>;
  /** The custom fields of all doctypes that are on, as they stand on the site. */
  'fields.check'(data: { origin: Origin }): Result<FieldsView>;
  'fields.create'(data: { origin: Origin }): Result<FieldsView>;
  /** Whether a chat may be kept in a comment where the field is closed or missing. */
  'fields.comments'(data: { on: boolean }): Result<void>;
  /** The person agreed to change this one. */
  'fields.correct'(data: { origin: Origin; doctype: Doctype; fieldname: string }): Result<FieldsView>;
  /** Remove what Deskside made here and what is empty. */
  'fields.undo'(data: { origin: Origin }): Result<FieldsView & { report: UndoReport }>;
}

export interface FieldsView {
  /** May make and change custom fields (System Manager). */
  admin: boolean;
  fields: FieldLine[];
}

export interface UndoReport {
  removed: number;
  /** Still in use, and by which document. */
  kept: { doctype: Doctype; fieldname: string; heldBy: string }[];
}

export interface OptionsView extends AccountsView {
  /** Listed sites, and who is logged in in a tab of each; null without a tab. */
  sites: { origin: Origin; erpUser: ErpUser | null }[];
  doctypes: ListedDoctype[];
  /** Where a record's field is closed to the person, its chat may be kept in a comment on it. */
  commentLinks: { on: boolean; managed: boolean };
}

// ── options → worker: faces and marks ───────────────────────────────────────────────────────────────────────────

export interface FacesProtocol {
  'faces.view'(): Result<FacesView>;
  /** `presence` on opens Microsoft's window where the permission is missing; refused there, it stays off. */
  'faces.set'(data: { what: keyof FaceSettings; on: boolean }): Result<void>;
}

export interface FacesView {
  settings: FaceSettings;
  /** Set by policy. */
  managed: (keyof FaceSettings)[];
  signedIn: boolean;
  /** Presence.Read.All is granted. */
  mayAsk: boolean;
  /** Microsoft's cloud in China has no presence. */
  hasPresence: boolean;
}

/** What is shown of people and chats beyond the conversation. All of it is off until somebody switches it on. */
export interface FaceSettings {
  /** Whether people can be reached now, in the panel. */
  presence: boolean;
  /** The same beside the names of users in ERPNext's forms and lists; only where `presence` is on. */
  presenceInErpnext: boolean;
  /** Marks at records with a chat, in ERPNext's lists. */
  listMarks: boolean;
}

// ── options → worker: chats ─────────────────────────────────────────────────────────────────────────────────────

export interface ChatsProtocol {
  'chats.view'(): Result<ChatsView>;
  'chats.set'(data: { setting: keyof ChatSettings; on: boolean }): Result<void>;
  /** Whether people who join a record are added to its chat without a question. */
  'chats.auto'(data: {
    what: { of: 'site'; origin: Origin } | { of: 'doctype'; doctype: Doctype };
    on: boolean;
  }): Result<void>;
}

export interface ChatSettings {
  /** The chat's name follows the record's title. */
  followTitle: boolean;
  /** What is read in the panel is marked as read in Teams. */
  markRead: boolean;
  /** A record that is over closes its panel. */
  farewell: boolean;
}

/** Where people who join a record are added to its chat without a question: on these sites, and for these doctypes. */
export interface AutoMembers {
  sites: Origin[];
  doctypes: Doctype[];
  /** Set by policy. */
  managed: boolean;
}

export interface ChatsView {
  settings: ChatSettings;
  /** Names of what policy sets. */
  managed: string[];
  auto: AutoMembers;
  orphans: Orphan[];
}

// ── options → worker: who ERPNext's users are at Microsoft ──────────────────────────────────────────────────────

export interface MappingProtocol {
  /** How the mapping of a site stands. Asks nobody. */
  'mapping.view'(data: { origin: Origin }): Result<MappingView>;
  /** What a run would cost; asks ERPNext. */
  'mapping.price'(data: { origin: Origin }): Result<MappingPrice>;
  'mapping.rows'(data: { origin: Origin }): Result<MappingLine[]>;
  /** Start the durable job that looks everybody up and, with `write`, writes the ids into ERPNext where one may. */
  'mapping.start'(data: { origin: Origin; write: boolean }): Result<void>;
  /** What is known and written by then stays. */
  'mapping.stop'(data: { origin: Origin }): Result<void>;
  /** Go on after a problem. */
  'mapping.goOn'(data: { origin: Origin }): Result<void>;
  /** The person says who it is; null takes that back. With `write` ERPNext is told, where one may. */
  'mapping.choose'(data: { origin: Origin; address: string; userId: UserId | null; write: boolean }): Result<void>;
  'mapping.search'(data: { origin: Origin; text: string }): Result<Person[]>;
}

export interface MappingView {
  signedIn: boolean;
  /** User.Read.All is granted: aliases and disabled accounts are seen. */
  seesAll: boolean;
  run: MappingRun | null;
}

export interface MappingRun {
  step: 'look' | 'write';
  done: number;
  /** 0 while it is not known yet. */
  total: number;
  /** Why it waits; the person may go on or stop it. */
  problem: AppError | null;
  /** When it goes on by itself, milliseconds since 1970; null where that needs somebody. */
  wakeAt: number | null;
}

export interface MappingPrice {
  users: number;
  /** Requests to Microsoft, at most. */
  requests: number;
  /** Seconds of looking up, about. */
  seconds: number;
  /** Seconds that each id takes that is written into ERPNext, about. */
  secondsAWrite: number;
  /** Whether this person may write other people's ids too, or only their own. */
  mayWriteAll: boolean;
  /** False: ERPNext has no field for the id, so that the mapping stays in this browser. */
  hasField: boolean;
}

/** `address` names the line: the e-mail address, or the user's name where there is none. */
export interface MappingLine extends Mapping {
  address: string;
}

// ── content script ("desk") → worker ────────────────────────────────────────────────────────────────────────────

export interface DeskProtocol {
  /** What this tab shows now; also on first load and after every reconnect. Null: no record of an enabled doctype. */
  'desk.shows'(data: {
    shown: ShownRecord | null;
    origin: Origin;
    erpUser: ErpUser | null;
  }): Result<{ enabled: boolean }>;
  /** The rules in force. Asked when the script starts and whenever `doctypes` or `policy` in storage.local changed. */
  'desk.rules'(): Result<DoctypeRule[]>;
  /** A one-time nonce for this tab's own frame. */
  'desk.nonce'(): Result<string>;
  /** Pointer or keys in the tab: reads may follow. */
  'desk.act'(): Result<void>;
  /** Unread messages of the record shown, for the launcher's badge. */
  'desk.badge'(): Result<{ unread: number; attention: boolean }>;
  /** What of people and chats is shown in the page besides; asked at the start and after a change of the settings. */
  'desk.faces'(): Result<Pick<FaceSettings, 'presenceInErpnext' | 'listMarks'>>;
  /** Of these records, as a list shows them, those with a chat; from what is stored. `marks` tells of what is new. */
  'desk.marks'(data: { doctype: string; names: string[] }): Result<ListMark[]>;
  /** Of these users, as the page names them, those whom this account knows and Microsoft says something of. */
  'desk.presence'(data: { users: string[] }): Result<{ user: string; presence: Presence }[]>;
  /** The Note by which this site rings; null where it does not. */
  'desk.bell'(): Result<string | null>;
  /** The site rang: a hint that some chat has something new, which anybody there can give. */
  'desk.rang'(): Result<void>;
  /** Panel geometry, remembered for all sites. */
  'desk.layout'(data: { width?: number; open?: boolean } | null): Result<{ width: number; open: boolean }>;
}

export interface ListMark {
  name: string;
  /** At least so many. */
  unread: number;
}

/** What the page says is on screen: a hint for *which* record, never for what is in it. */
export interface ShownRecord {
  ref: RecordRef;
  isNew: boolean;
  dirty: boolean;
  /** E-mails or names of people typed into the form and not saved. */
  unsavedPeople: string[];
}

// ── worker → content script ("orders") ──────────────────────────────────────────────────────────────────────────

/** ERPNext REST runs in a tab of that site, as the person looking. Each order names who that must be. */
export interface Order {
  /** The write is refused where another person is logged in by now. */
  erpUser: ErpUser;
  /** Milliseconds since 1970: an order that arrives later (a frozen tab) is dropped. */
  deadline: number;
}

export interface SiteProtocol {
  'site.read'(data: { ref: RecordRef }): Result<SavedRecord>;
  /** Does this person's session allow writing this document? (frappe.client.has_permission, right where perm is not.) */
  'site.mayWrite'(data: { ref: RecordRef; right: 'write' | 'submit' | 'create' }): Result<boolean>;
  /**
   * Compare-and-set: PUT with the old `modified`; refused with `erp-conflict` when somebody saved meanwhile. Verified in
   * the answer; `field-missing` when ERPNext ignored the field. Afterwards the open form is patched gently.
   */
  'site.writeChatField'(data: Order & { ref: RecordRef; value: string; modified: string }): Result<SavedRecord>;
  /** Deskside's comments on the record, in the order of their arrival, and ERPNext's clock (ms). */
  'site.comments'(data: { ref: RecordRef }): Result<{ comments: RecordComment[]; serverTime: number }>;
  /** `outcome-unknown` where no answer came: never repeated without a look. */
  'site.addComment'(data: Order & { ref: RecordRef; text: CommentText }): Result<void>;
  /** One's own alone. */
  'site.editComment'(data: Order & { ref: RecordRef; name: string; text: CommentText }): Result<void>;
  /** What people wrote on the record, the newest first: asked for only when a person wants to see it here. */
  'site.talk'(data: { ref: RecordRef }): Result<PersonComment[]>;
  /** Its values and what hangs on it, raw, as this person may read them. */
  'site.details'(data: { ref: RecordRef }): Result<{ values: unknown; attachments: unknown }>;
  /** The document that bears this mark: what came of a lost answer. */
  'site.findNote'(data: { ref: RecordRef; doctype: NoteDoctype; mark: string }): Result<string | null>;
  /** A Comment on the record, a ToDo or a Task; answers its name. `outcome-unknown` where no answer came. */
  'site.makeNote'(
    data: Order & { ref: RecordRef; doctype: NoteDoctype; values: Record<string, string> },
  ): Result<string>;
  /** Notes by which the site may ring, the oldest first. */
  'site.bells'(): Result<{ name: string; content: string }[]>;
  /** An administrator's: the bell's Note or Server Script. Answers its name. */
  'site.makeDocument'(
    data: Order & { doctype: 'Note' | 'Server Script'; values: Record<string, string | number> },
  ): Result<string>;
  'site.removeDocument'(data: Order & { doctype: 'Note' | 'Server Script'; name: string }): Result<void>;
  /** Asks the bell's method as Microsoft does: without a session. */
  'site.askBell'(data: { method: string; token: string }): Result<{ status: number; type: string; text: string }>;
  /** Hear this bell from now on. Answers whether ERPNext's socket is up in this tab. */
  'site.socket'(data: { note: string }): Result<boolean>;
  'site.renamed'(data: { ref: RecordRef; creation: string }): Result<RecordRef | null>;
  /** Which records of these doctypes already hold one of these chat ids in their field. */
  'site.linkedTo'(data: { doctypes: Doctype[]; chatIds: ChatId[] }): Result<{ chatId: ChatId; ref: RecordRef }[]>;
  /** Creates one of Deskside's custom fields (System Manager only). Answers whether it was not there before. */
  'site.makeField'(data: Order & { values: FieldValues }): Result<boolean>;
  'site.changeField'(
    data: Order & { doctype: Doctype; fieldname: string; values: Record<string, string | number> },
  ): Result<void>;
  /** Only while it is empty; else a document that holds something is named. */
  'site.removeField'(data: Order & { doctype: Doctype; fieldname: string }): Result<{ heldBy: string | null }>;
  'site.isAdmin'(): Result<boolean>;
  /** A doctype as this site has it; `erp-not-found` where it has none. */
  'site.meta'(data: { doctype: string }): Result<DoctypeMeta>;
  /** What a link field to that doctype would offer (`DocType` itself: those with documents of their own). */
  'site.search'(data: { doctype: string; text: string }): Result<Found[]>;
  /** What a rule finds in a record, whether or not the rule is in force. */
  'site.preview'(data: { ref: RecordRef; rule: DoctypeRule }): Result<RulePreview>;
  /** Enabled users in the order of their names, after this one. */
  'site.users'(data: { after: string; limit: number }): Result<SiteUser[]>;
  'site.countUsers'(): Result<number>;
  'site.usersOf'(data: { emails: Email[] }): Result<SiteUser[]>;
  /** Writes a user's `azure_object_id` where `was` stands there still; what stands there already is not written again. */
  'site.writeAzureId'(data: Order & { user: ErpUser; value: string; was: string }): Result<void>;
  /** The shortcut or the popup: open or close the panel. */
  'site.togglePanel'(data: { open?: boolean }): Result<void>;
  'site.badge'(data: { unread: number; attention: boolean }): Result<void>;
  /** Does a person see this record's panel now: open, in the tab in front, of the window that has the focus? */
  'site.watched'(data: { ref: RecordRef }): Result<boolean>;
  /** The site is listed no more: take everything of ours out of this page. */
  'site.leave'(): Result<void>;
}

// ── worker → everyone: change notices over a Port, never data ───────────────────────────────────────────────────

/** Port names: `panel`, `popup`, `options` and `archive` listen for notices; `desk`, a tab's life line, hears of `marks` alone. */
export type PortName = 'panel' | 'popup' | 'options' | 'archive' | 'desk';

/** What changed; whoever shows it asks again. */
export type ChangeNotice =
  | { kind: 'view' }
  | { kind: 'messages'; chatId: ChatId; outbox: boolean }
  /** Files of a message on its way have come further. */
  | { kind: 'upload'; chatId: ChatId }
  | { kind: 'account' }
  /** The run of a site's mapping went on, or a line of it changed. */
  | { kind: 'mapping'; origin: Origin }
  /** Lists may show other marks now; told to content scripts alone. */
  | { kind: 'marks' }
  /** A run through all chats, or the filling of their history, went on. */
  | { kind: 'sync' }
  /** Old messages are taken from this machine: a step further, or over. */
  | { kind: 'storage' }
  | { kind: 'settings' };
