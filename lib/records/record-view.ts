import type { Account } from '../auth/account.ts';
import type { Chat } from '../model/chat.ts';
import { AppFailure, toAppError } from '../model/errors.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type {
  AddingView,
  ChatState,
  CreationQuestion,
  KeptBy,
  NamedBy,
  PanelView,
  RecordView,
} from '../rpc/contract.ts';
import type { Sender } from '../rpc/server.ts';
import { autoFor } from '../settings/members.ts';
import type { ChatRow, JobRow } from '../storage/schema.ts';
import { unreadOf } from '../storage/unread.ts';
import { otherAccounts } from './account-views.ts';
import { ADD_MEMBERS, type Adding } from './add-members.ts';
import { askersFor } from './askers.ts';
import { chatCare } from './chat-care.ts';
import type { CommentLink } from './comment-link.ts';
import { CREATE_CHAT } from './create-chat.ts';
import { type Creation, isOver } from './creation.ts';
import { createErp, type Erp } from './erp.ts';
import { followTitle } from './follow-title.ts';
import { type Home, homeOf } from './home.ts';
import { moveToField } from './move-link.ts';
import { namedChat } from './named-chat.ts';
import { placesOf } from './places.ts';
import { predecessorOf } from './predecessor.ts';
import { checkPass } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { sayFirst, speakerDoubt } from './speaker.ts';
import { storageNotices } from './storage-room.ts';
import type { TabState } from './tabs.ts';
import { canRead, mayChange, mayUpload, type Worker } from './worker.ts';
import { noteView, WRITE_NOTE } from './write-note.ts';

/** All that the panel of one tab shows, but the messages. */
export async function panelView(worker: Worker, signIn: SignIn, pass: string, sender: Sender): Promise<PanelView> {
  const tab = await worker.tabs.get(await checkPass(worker, pass, sender));
  const settings = await worker.settings();
  const base = { settings, notices: await storageNotices(worker) };
  if (!tab?.shown) return { ...base, kind: 'no-record' };
  if (tab.shown.isNew) return { ...base, kind: 'unsaved', doctype: tab.shown.ref.doctype };
  if (!settings.registration) return { ...base, kind: 'not-configured', redirectUri: worker.redirectUri };
  const account = await worker.auth.account();
  const others = await otherAccounts(worker, account?.id ?? null);
  if (!account) return { ...base, kind: 'signed-out', ...signIn.state(), others };
  try {
    const view = await recordView(worker, account, tab);
    const asks = worker.auth.problem();
    // Stored messages stay readable; sending waits for the person, who is told once.
    const notices = asks && asks.code !== view.syncProblem?.code ? [...base.notices, asks] : base.notices;
    return { ...base, ...view, others, notices };
  } catch (caught) {
    const problem = toAppError(caught);
    if (problem.code === 'signed-out')
      return { ...base, kind: 'signed-out', problem, signingIn: signIn.state().signingIn, others };
    return { ...base, kind: 'trouble', problem };
  }
}

async function recordView(worker: Worker, account: Account, tab: TabState): Promise<Omit<RecordView, 'others'>> {
  const { ref, dirty } = tab.shown!;
  if (!tab.erpUser) throw new AppFailure(ERP_SIGNED_OUT);
  const erp = createErp(worker, ref, tab.erpUser);
  const [record, me] = await Promise.all([erp.read(ref), worker.me.get(account)]);
  const speaker = await speakerDoubt(worker, account, ref.origin, tab.erpUser);
  const chat = await chatState(worker, account, record, erp, !dirty && !speaker);
  const store = worker.store;
  const key = recordKey(ref);
  const ledTo = chat.kind === 'linked' ? await worker.tabs.ledTo(key) : null;
  const row = chat.kind === 'linked' ? await store.chats.get(account.id, chat.chat.id) : undefined;
  return {
    kind: 'record',
    key,
    ref,
    title: record.title,
    me,
    erpUser: tab.erpUser,
    dirty,
    modified: record.modified,
    speaker,
    auto: await autoFor(ref),
    canRead: await canRead(worker),
    mayChange: await mayChange(worker),
    adminConsentUrl: await worker.auth.adminConsentUrl('reading'),
    upload: { allowed: await mayUpload(worker), adminConsentUrl: await worker.auth.adminConsentUrl('files') },
    notify: row?.notify ?? false,
    chat: speaker && chat.kind === 'none' && !chat.refusal ? { ...chat, refusal: sayFirst(speaker) } : chat,
    outbox: row ? await worker.outbox.view(account.id, row.chatId) : [],
    acts: row ? await worker.outbox.acts(account.id, row.chatId) : [],
    syncedAt: row ? await worker.pull.syncedAt(row.chatId) : null,
    syncProblem: row ? await worker.pull.problem(row.chatId) : null,
    ...(ledTo ? { ledTo } : {}),
    notes: (await store.jobs.ofRecord(account.id, key, WRITE_NOTE)).map(noteView),
  };
}

/**
 * What field and comments mean to this account, now. A link in a comment is moved into the field where it can be.
 * @param mayMove nobody's unsaved edits are in the way, and it is clear as whom the person writes.
 */
export async function chatState(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  erp: Erp,
  mayMove: boolean,
): Promise<ChatState> {
  const store = worker.store;
  const places = await placesOf(worker, account, record, erp);
  const named = await namedChat(worker, account, record, places);
  const [job] = await store.jobs.ofRecord(account.id, recordKey(record.ref), CREATE_CHAT);
  const told = job?.step === 'told' ? TOLD : null;
  if (named) {
    const { link, trust } = named;
    const home = link ? await homeOf(worker, record, erp) : null;
    const namedBy = link && home ? { namedBy: nameOf(link, record, home) } : {};
    if (trust.kind === 'unconfirmed') {
      // Amending a document copies its fields, those marked No Copy too.
      const before = link ? null : await predecessorOf(worker, account, record, erp);
      const amends = before?.chatId === named.chatId ? { amends: before.name } : {};
      return { kind: 'unconfirmed', chat: trust.chat, ...namedBy, ...amends };
    }
    if (trust.kind === 'closed') {
      const { chatId, failure } = trust;
      const askers = await askersFor(worker, account, record, chatId);
      return { kind: 'closed', chatId, problem: failure.error, askers, url: record.url, ...namedBy };
    }
    const row = (await store.chats.get(account.id, trust.link.chatId))!;
    void followTitle(worker, account, record, trust.link, row);
    const [adding] = await store.jobs.ofRecord(account.id, recordKey(record.ref), ADD_MEMBERS);
    const chat = chatOf(row);
    const busy = places.claimedUntil !== null || (job && !isOver(job.step));
    const moves = link && mayMove && !busy && home?.place === 'field';
    const moved = moves ? await moveToField(worker, record, erp, link, chat) : null;
    return {
      kind: 'linked',
      chat,
      unread: unreadOf(row),
      waiting: null,
      told,
      adding: adding ? addingView(adding) : null,
      care: await chatCare(worker, account, record, row, erp),
      ...(link && home && !moved ? keptBy(link, record, home) : {}),
    };
  }
  if (job && !isOver(job.step)) return creating(job);
  // The lease runs on ERPNext's clock; the panel counts on this machine's.
  if (places.claimedUntil !== null)
    return { kind: 'claimed', staleAt: worker.clock.now() + places.claimedUntil * 1000 - record.serverTime };
  const home = await homeOf(worker, record, erp);
  const refusal = home.place === null ? home.refusal : null;
  const before = refusal ? null : await predecessorOf(worker, account, record, erp);
  const kept = home.place === 'comment' ? { kept: home.kept } : {};
  return { kind: 'none', refusal, ...kept, ...(before ? { amends: before.name } : {}) };
}

function nameOf({ comment: { owner } }: CommentLink, record: SavedRecord, home: Home): NamedBy {
  return { by: owner, mayTake: owner === record.erpUser || home.place === 'field' };
}

/** Nothing where it can go into the field. */
function keptBy({ comment }: CommentLink, record: SavedRecord, home: Home): { kept?: KeptBy } {
  if (home.place === 'field') return {};
  return { kept: { ...home.kept, by: comment.owner, mine: comment.owner === record.erpUser } };
}

const STEP_NAMES = {
  claim: 'claiming',
  settle: 'claiming',
  look: 'looking',
  create: 'creating',
  write: 'writing',
  greet: 'greeting',
  // Shows as the chat that the record has by then.
  watch: 'greeting',
} as const;

function creating(job: JobRow): ChatState {
  return {
    kind: 'creating',
    step: STEP_NAMES[(job.data as Creation).step],
    problem: job.problem,
    question: job.question as CreationQuestion | null,
  };
}

function addingView(job: JobRow): AddingView {
  const { queue, added, failed } = job.data as Adding;
  return {
    done: added.length + failed.length,
    total: queue.length + added.length + failed.length,
    problem: job.problem,
    report: job.step === 'told' ? { added, failed: failed.map(({ name, text }) => ({ name, text })) } : null,
  };
}

function chatOf(row: ChatRow): Chat {
  return {
    id: row.chatId,
    topic: row.topic,
    kind: row.kind,
    webUrl: row.webUrl,
    createdAt: row.createdAt,
    members: row.members,
    readUpTo: row.readUpTo,
    newestAt: row.newestAt,
  };
}

const TOLD =
  'Two chats were created for this record at once. This is the one the record names; the other got a message that leads here.';

const ERP_SIGNED_OUT = {
  code: 'erp-signed-out' as const,
  title: 'You are not logged in to ERPNext',
  text: 'Log in to ERPNext in this tab, then open the panel again.',
};
