import type { Clock } from '../model/clock.ts';
import type { FieldValues } from '../model/custom-field.ts';
import type { DoctypeMeta, Found } from '../model/doctype-meta.ts';
import type { DoctypeRule, RulePreview } from '../model/doctype-rule.ts';
import { AppFailure, fail, type Result } from '../model/errors.ts';
import type { ChatId, Doctype, Email, ErpUser } from '../model/ids.ts';
import type { SiteUser } from '../model/mapping.ts';
import type { NoteDoctype, PersonComment } from '../model/note.ts';
import { type RecordRef, recordKey, type SavedRecord } from '../model/record.ts';
import type { CommentText, RecordComment } from '../model/record-comment.ts';
import type { orderTab } from '../rpc/orders.ts';
import type { Tabs } from './tabs.ts';

/** ERPNext as a person's open tab reaches it: same origin, their session, their permissions. */
export interface Erp {
  read(ref: RecordRef): Promise<SavedRecord>;
  /** The document of this `creation` under its present name; null where there is none, or not surely one. */
  renamed(ref: RecordRef, creation: string): Promise<RecordRef | null>;
  /** `submit`: what saving a submitted document takes; `create`, of a record without a name: a new one. */
  mayWrite(ref: RecordRef, right?: 'write' | 'submit' | 'create'): Promise<boolean>;
  isAdmin(): Promise<boolean>;
  writeChatField(ref: RecordRef, value: string, modified: string): Promise<SavedRecord>;
  /** Deskside's comments on the record, in the order of their arrival, and ERPNext's clock (ms) when it gave them. */
  comments(ref: RecordRef): Promise<{ comments: RecordComment[]; serverTime: number }>;
  addComment(ref: RecordRef, text: CommentText): Promise<void>;
  /** One's own alone. */
  editComment(ref: RecordRef, name: string, text: CommentText): Promise<void>;
  /** What people wrote on the record, the newest first. */
  talk(ref: RecordRef): Promise<PersonComment[]>;
  /** Its values and what hangs on it, raw, as this person may read them. */
  details(ref: RecordRef): Promise<{ values: unknown; attachments: unknown }>;
  /** The name of the document that bears this mark; null where there is none. */
  findNote(place: { ref: RecordRef; doctype: NoteDoctype; mark: string }): Promise<string | null>;
  /** A new Comment on the record, ToDo or Task; its name. Asked of one tab: a second might write it twice. */
  makeNote(note: { ref: RecordRef; doctype: NoteDoctype; values: Record<string, string> }): Promise<string>;
  /** Notes by which the site may ring, the oldest first. */
  bells(): Promise<{ name: string; content: string }[]>;
  makeDocument(doctype: 'Note' | 'Server Script', values: Record<string, string | number>): Promise<string>;
  removeDocument(doctype: 'Note' | 'Server Script', name: string): Promise<void>;
  /** What the bell's method answers to whoever has no session. */
  askBell(method: string, token: string): Promise<{ status: number; type: string; text: string }>;
  /** Whether the site's socket is up in a tab, which hears this bell from then on. */
  socket(note: string): Promise<boolean>;
  /** Whether the custom field was not there before. */
  makeField(values: FieldValues): Promise<boolean>;
  changeField(doctype: Doctype, fieldname: string, values: Record<string, string | number>): Promise<void>;
  /** Only while it is empty; else a document that holds something is named. */
  removeField(doctype: Doctype, fieldname: string): Promise<{ heldBy: string | null }>;
  linkedTo(doctypes: Doctype[], chatIds: ChatId[]): Promise<{ chatId: ChatId; ref: RecordRef }[]>;
  meta(doctype: string): Promise<DoctypeMeta>;
  /** What a link field to that doctype would offer. */
  search(doctype: string, text: string): Promise<Found[]>;
  preview(ref: RecordRef, rule: DoctypeRule): Promise<RulePreview>;
  /** Enabled users by name, after this one. */
  users(after: string, limit: number): Promise<SiteUser[]>;
  countUsers(): Promise<number>;
  /** The users of these addresses. */
  usersOf(emails: Email[]): Promise<SiteUser[]>;
  /** Into `azure_object_id` of this user, where `was` stands there still. */
  writeAzureId(user: ErpUser, value: string, was: string): Promise<void>;
}

/** An order that reaches a frozen tab later than this is dropped there. */
const ORDER_MS = 20_000;

/**
 * @param ref whose site it is; a tab that shows this record is asked first.
 * @param erpUser the person the work is bound to; orders to somebody else's session are refused.
 * @throws AppFailure `no-tab` where no tab of that site and person is open, `erp-other-user` where only other people are
 *   logged in.
 */
export function createErp(
  deps: { tabs: Tabs; order: typeof orderTab; clock: Clock },
  ref: RecordRef,
  erpUser: ErpUser,
): Erp {
  // One after the other: a tab may be frozen, or gone while the worker slept. A write that a closing tab took along is a
  // conflict for the next, and the caller then reads what really stands there.
  const ask = async <T>(run: (tabId: number) => Promise<Result<T>>, once = false): Promise<T> => {
    for (const { tabId } of await deps.tabs.of(ref.origin, erpUser, recordKey(ref))) {
      const answer = await run(tabId);
      if (answer.ok) return answer.value;
      if (once || answer.error.code !== 'no-tab') throw new AppFailure(answer.error);
    }
    const others = await deps.tabs.of(ref.origin, null);
    throw others.some((tab) => tab.erpUser && tab.erpUser !== erpUser) ? otherUser(erpUser) : noTab(ref);
  };
  const bound = () => ({ erpUser, deadline: deps.clock.now() + ORDER_MS });
  const read = (target: RecordRef) => ask((id) => deps.order(id, 'site.read', { ref: target }));
  return {
    async read(target) {
      const record = await read(target);
      // The page's login may have changed since the tab last reported.
      if (record.erpUser !== erpUser) throw otherUser(erpUser);
      return record;
    },
    renamed: (target, creation) => ask((id) => deps.order(id, 'site.renamed', { ref: target, creation })),
    mayWrite: (target, right = 'write') => ask((id) => deps.order(id, 'site.mayWrite', { ref: target, right })),
    isAdmin: () => ask((id) => deps.order(id, 'site.isAdmin')),
    writeChatField: (target, value, modified) =>
      ask((id) => deps.order(id, 'site.writeChatField', { ...bound(), ref: target, value, modified })),
    comments: (target) => ask((id) => deps.order(id, 'site.comments', { ref: target })),
    addComment: (target, text) => ask((id) => deps.order(id, 'site.addComment', { ...bound(), ref: target, text })),
    editComment: (target, name, text) =>
      ask((id) => deps.order(id, 'site.editComment', { ...bound(), ref: target, name, text })),
    talk: (target) => ask((id) => deps.order(id, 'site.talk', { ref: target })),
    details: (target) => ask((id) => deps.order(id, 'site.details', { ref: target })),
    findNote: (place) => ask((id) => deps.order(id, 'site.findNote', place)),
    makeNote: (note) => ask((id) => deps.order(id, 'site.makeNote', { ...bound(), ...note }), true),
    bells: () => ask((id) => deps.order(id, 'site.bells')),
    makeDocument: (doctype, values) =>
      ask((id) => deps.order(id, 'site.makeDocument', { ...bound(), doctype, values }), true),
    removeDocument: (doctype, name) =>
      ask((id) => deps.order(id, 'site.removeDocument', { ...bound(), doctype, name })),
    askBell: (method, token) => ask((id) => deps.order(id, 'site.askBell', { method, token })),
    socket: (note) => ask((id) => deps.order(id, 'site.socket', { note })),
    makeField: (values) => ask((id) => deps.order(id, 'site.makeField', { ...bound(), values })),
    changeField: (doctype, fieldname, values) =>
      ask((id) => deps.order(id, 'site.changeField', { ...bound(), doctype, fieldname, values })),
    removeField: (doctype, fieldname) =>
      ask((id) => deps.order(id, 'site.removeField', { ...bound(), doctype, fieldname })),
    linkedTo: (doctypes, chatIds) => ask((id) => deps.order(id, 'site.linkedTo', { doctypes, chatIds })),
    meta: (doctype) => ask((id) => deps.order(id, 'site.meta', { doctype })),
    search: (doctype, text) => ask((id) => deps.order(id, 'site.search', { doctype, text })),
    preview: (target, rule) => ask((id) => deps.order(id, 'site.preview', { ref: target, rule })),
    users: (after, limit) => ask((id) => deps.order(id, 'site.users', { after, limit })),
    countUsers: () => ask((id) => deps.order(id, 'site.countUsers')),
    usersOf: (emails) => ask((id) => deps.order(id, 'site.usersOf', { emails })),
    writeAzureId: (user, value, was) =>
      ask((id) => deps.order(id, 'site.writeAzureId', { ...bound(), user, value, was })),
  };
}

function noTab(ref: RecordRef): AppFailure {
  return fail(
    'no-tab',
    'No ERPNext tab is open',
    `Deskside reads and writes ERPNext through an open tab. Open ${new URL(ref.origin).host} in this browser; the work goes on by itself.`,
  );
}

function otherUser(erpUser: ErpUser): AppFailure {
  return fail(
    'erp-other-user',
    'Somebody else is logged in to ERPNext now',
    `This was begun as ${erpUser}. Log in to ERPNext as ${erpUser} again and it goes on; nothing is written as another person.`,
  );
}
