import type { DoctypeMeta, Found } from '../model/doctype-meta.ts';
import type { DoctypeRule, RulePreview } from '../model/doctype-rule.ts';
import { fail } from '../model/errors.ts';
import type { ChatId, Doctype, Email, ErpUser, Origin } from '../model/ids.ts';
import type { SiteUser } from '../model/mapping.ts';
import type { PersonComment } from '../model/note.ts';
import type { RecordRef, SavedRecord } from '../model/record.ts';
import {
  type AddCommentOrder,
  addComment,
  type EditCommentOrder,
  editComment,
  type OurComments,
  readComments,
} from './comments.ts';
import { createCsrf } from './csrf.ts';
import {
  type ChangeFieldOrder,
  changeField,
  type MakeFieldOrder,
  makeField,
  type RemoveFieldOrder,
  removeField,
} from './custom-fields.ts';
import { type RawDetails, readDetails } from './details.ts';
import type { Rules } from './doctypes/registry.ts';
import {
  askBell,
  listBells,
  type MakeDocumentOrder,
  makeDocument,
  type RemoveDocumentOrder,
  removeDocument,
} from './documents.ts';
import { linkedTo } from './linked.ts';
import { readMeta } from './meta.ts';
import { findNote, makeNote, type NoteOrder, type NotePlace, readTalk } from './notes.ts';
import { createPeople } from './people.ts';
import { isAdmin, mayWrite, type Right } from './permissions.ts';
import { previewRule } from './preview-rule.ts';
import { createReader } from './read.ts';
import { renamed } from './renamed.ts';
import { createRest } from './rest.ts';
import type { DeskPrefix } from './route.ts';
import { search } from './search.ts';
import { erpUserOf } from './session.ts';
import { type AzureIdOrder, countUsers, listUsers, usersOf, writeAzureId } from './users.ts';
import { type ChatFieldOrder, type FormPatch, writeChatField } from './write.ts';

/** What the worker may order in a tab (`SiteProtocol` of the contract, which the content script holds it against). */
export interface SiteOrders {
  'site.read'(data: { ref: RecordRef }): Promise<SavedRecord>;
  'site.mayWrite'(data: { ref: RecordRef; right: Right }): Promise<boolean>;
  'site.writeChatField'(data: ChatFieldOrder): Promise<SavedRecord>;
  'site.comments'(data: { ref: RecordRef }): Promise<OurComments>;
  'site.addComment'(data: AddCommentOrder): Promise<void>;
  'site.editComment'(data: EditCommentOrder): Promise<void>;
  'site.talk'(data: { ref: RecordRef }): Promise<PersonComment[]>;
  'site.details'(data: { ref: RecordRef }): Promise<RawDetails>;
  'site.findNote'(data: NotePlace): Promise<string | null>;
  'site.makeNote'(data: NoteOrder): Promise<string>;
  'site.bells'(): Promise<{ name: string; content: string }[]>;
  'site.makeDocument'(data: MakeDocumentOrder): Promise<string>;
  'site.removeDocument'(data: RemoveDocumentOrder): Promise<void>;
  'site.socket'(data: { note: string }): Promise<boolean>;
  'site.askBell'(data: { method: string; token: string }): Promise<{ status: number; type: string; text: string }>;
  'site.renamed'(data: { ref: RecordRef; creation: string }): Promise<RecordRef | null>;
  'site.linkedTo'(data: { doctypes: Doctype[]; chatIds: ChatId[] }): Promise<{ chatId: ChatId; ref: RecordRef }[]>;
  'site.makeField'(data: MakeFieldOrder): Promise<boolean>;
  'site.changeField'(data: ChangeFieldOrder): Promise<void>;
  'site.removeField'(data: RemoveFieldOrder): Promise<{ heldBy: string | null }>;
  'site.isAdmin'(): Promise<boolean>;
  'site.meta'(data: { doctype: string }): Promise<DoctypeMeta>;
  'site.search'(data: { doctype: string; text: string }): Promise<Found[]>;
  'site.preview'(data: { ref: RecordRef; rule: DoctypeRule }): Promise<RulePreview>;
  'site.users'(data: { after: string; limit: number }): Promise<SiteUser[]>;
  'site.countUsers'(): Promise<number>;
  'site.usersOf'(data: { emails: Email[] }): Promise<SiteUser[]>;
  'site.writeAzureId'(data: AzureIdOrder): Promise<void>;
  'site.togglePanel'(data: { open?: boolean }): void;
  'site.badge'(data: { unread: number; attention: boolean }): void;
  'site.watched'(data: { ref: RecordRef }): boolean;
  'site.leave'(): void;
}

export interface SiteDeps {
  document: Document;
  origin: Origin;
  fetch: typeof fetch;
  now: () => number;
  prefix: () => DeskPrefix;
  /** The rules in force. */
  rules: Rules;
  /** The bridge's two services; both answer null where the page is silent. */
  csrfFromPage: () => Promise<string | null>;
  patchForm: (patch: FormPatch) => Promise<unknown>;
  /** Hears this bell from now on; whether the site's socket is up. */
  hearBell: (note: string) => Promise<boolean>;
  togglePanel: (open?: boolean) => void;
  badge: (badge: { unread: number; attention: boolean }) => void;
  /** Whether this record's panel stands open on the page. */
  panelOpen: (ref: RecordRef) => boolean;
  leave: () => void;
  timeoutMs?: number;
}

/** The orders of one tab, all over one session: its cookies say who it is. */
export function createSiteOrders(deps: SiteDeps): SiteOrders {
  const { document, origin, fetch, now, prefix, rules } = deps;
  const timeout = deps.timeoutMs === undefined ? {} : { timeoutMs: deps.timeoutMs };
  const user = (): ErpUser | null => erpUserOf(document.cookie);
  const csrf = createCsrf({ fromPage: deps.csrfFromPage, document, fetch, deskPath: prefix, ...timeout });
  const rest = createRest({ fetch, csrf, now, user, ...timeout });
  const people = createPeople(rest, now, user);
  const reader = createReader({ rest, people, user, prefix, rules });
  const patchForm = async (patch: FormPatch) => {
    await deps.patchForm(patch);
  };
  const own = (ref: RecordRef): RecordRef => {
    if (ref.origin === origin) return ref;
    throw fail(
      'no-tab',
      'This tab shows another site',
      'Open the record in its own ERPNext site; the work then goes on.',
    );
  };

  return {
    'site.read': ({ ref }) => reader.read(own(ref)),
    'site.mayWrite': ({ ref, right }) => mayWrite(rest, own(ref), right),
    'site.writeChatField': (order) => {
      own(order.ref);
      return writeChatField(order, { rest, reader, user, now, patchForm });
    },
    'site.comments': ({ ref }) => readComments(rest, own(ref)),
    'site.addComment': (order) => {
      own(order.ref);
      return addComment(order, { rest, user, now });
    },
    'site.editComment': (order) => {
      own(order.ref);
      return editComment(order, { rest, user, now });
    },
    'site.talk': ({ ref }) => readTalk(rest, own(ref)),
    'site.details': ({ ref }) => readDetails(rest, own(ref)),
    'site.findNote': (place) => {
      own(place.ref);
      return findNote(rest, place);
    },
    'site.makeNote': (order) => {
      own(order.ref);
      return makeNote(order, { rest, user, now });
    },
    'site.bells': () => listBells(rest),
    'site.makeDocument': (order) => makeDocument(order, { rest, user, now }),
    'site.removeDocument': (order) => removeDocument(order, { rest, user, now }),
    'site.socket': ({ note }) => deps.hearBell(note),
    'site.askBell': ({ method, token }) => askBell(fetch, method, token),
    'site.renamed': ({ ref, creation }) => renamed(rest, own(ref), creation),
    'site.linkedTo': ({ doctypes, chatIds }) => linkedTo(rest, origin, doctypes, chatIds),
    'site.makeField': (order) => makeField(order, { rest, user, now }),
    'site.changeField': (order) => changeField(order, { rest, user, now }),
    'site.removeField': (order) => removeField(order, { rest, user, now }),
    'site.isAdmin': () => isAdmin(rest),
    'site.meta': ({ doctype }) => readMeta(rest, doctype),
    'site.search': ({ doctype, text }) => search(rest, doctype, text),
    'site.preview': ({ ref, rule }) => previewRule(rest, people, own(ref), rule),
    'site.users': (page) => listUsers(rest, page),
    'site.countUsers': () => countUsers(rest),
    'site.usersOf': ({ emails }) => usersOf(rest, emails),
    'site.writeAzureId': (order) => writeAzureId(order, { rest, user, now }),
    'site.togglePanel': ({ open }) => deps.togglePanel(open),
    'site.badge': (badge) => deps.badge(badge),
    // The top document has the focus wherever it is inside it, in the panel's frame too.
    'site.watched': ({ ref }) => deps.panelOpen(ref) && document.visibilityState === 'visible' && document.hasFocus(),
    'site.leave': () => deps.leave(),
  };
}
