import type { Account } from '../auth/account.ts';
import type { Chat } from '../model/chat.ts';
import { AppFailure, toAppError } from '../model/errors.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { AddingView, ChatState, CreationQuestion, PanelView, RecordView } from '../rpc/contract.ts';
import type { Sender } from '../rpc/server.ts';
import { autoFor } from '../settings/members.ts';
import type { ChatRow, JobRow } from '../storage/schema.ts';
import { unreadOf } from '../storage/unread.ts';
import { otherAccounts } from './account-views.ts';
import { ADD_MEMBERS, type Adding } from './add-members.ts';
import { askersFor } from './askers.ts';
import { chatCare } from './chat-care.ts';
import { documentHash, readChatField } from './claim.ts';
import { CREATE_CHAT } from './create-chat.ts';
import { createErp, type Erp } from './erp.ts';
import { followTitle } from './follow-title.ts';
import { trust } from './link-chat.ts';
import { type Creation, isOver } from './open-chat.ts';
import { predecessorOf } from './predecessor.ts';
import { recordRefusal } from './preview-chat.ts';
import { checkPass } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { sayFirst, speakerDoubt } from './speaker.ts';
import type { TabState } from './tabs.ts';
import { canRead, type Worker } from './worker.ts';

/** All that the panel of one tab shows, but the messages. */
export async function panelView(worker: Worker, signIn: SignIn, pass: string, sender: Sender): Promise<PanelView> {
  const tab = await worker.tabs.get(await checkPass(worker, pass, sender));
  const settings = await worker.settings();
  const store = worker.store;
  const base = { settings, notices: store.problem ? [store.problem] : [] };
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
  const chat = await chatState(worker, account, record, erp);
  const speaker = await speakerDoubt(worker, account, ref.origin, tab.erpUser);
  const store = worker.store;
  const key = recordKey(ref);
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
    adminConsentUrl: await worker.auth.adminConsentUrl('reading'),
    notify: row?.notify ?? false,
    chat: speaker && chat.kind === 'none' && !chat.refusal ? { ...chat, refusal: sayFirst(speaker) } : chat,
    outbox: row ? await worker.outbox.view(account.id, row.chatId) : [],
    syncedAt: row ? await worker.pull.syncedAt(row.chatId) : null,
    syncProblem: row ? await worker.pull.problem(row.chatId) : null,
  };
}

/** What the record's chat field means to this account, now. */
export async function chatState(worker: Worker, account: Account, record: SavedRecord, erp: Erp): Promise<ChatState> {
  const store = worker.store;
  const hash = await documentHash(record.ref.doctype, record.creation);
  const field = readChatField(record.chatField, record.serverTime, hash);
  const [job] = await store.jobs.ofRecord(account.id, recordKey(record.ref), CREATE_CHAT);
  const told = job?.step === 'told' ? TOLD : null;
  if (field.kind === 'chat') {
    const known = await trust(worker, account, record, field.chatId);
    if (known.kind === 'unconfirmed') {
      // Amending a document copies its fields, those marked No Copy too.
      const before = await predecessorOf(record, erp);
      return {
        kind: 'unconfirmed',
        chat: known.chat,
        ...(before?.chatId === field.chatId ? { amends: before.name } : {}),
      };
    }
    if (known.kind === 'closed') {
      const { chatId, failure } = known;
      const askers = await askersFor(worker, account, record, chatId);
      return { kind: 'closed', chatId, problem: failure.error, askers, url: record.url };
    }
    const row = (await store.chats.get(account.id, known.link.chatId))!;
    void followTitle(worker, account, record, known.link, row);
    const [adding] = await store.jobs.ofRecord(account.id, recordKey(record.ref), ADD_MEMBERS);
    return {
      kind: 'linked',
      chat: chatOf(row),
      unread: unreadOf(row),
      waiting: null,
      told,
      adding: adding ? addingView(adding) : null,
      care: await chatCare(worker, account, record, row, erp),
    };
  }
  if (job && !isOver(job.step)) return creating(job);
  // The lease runs on ERPNext's clock; the panel counts on this machine's.
  if (field.kind === 'claim' && !field.stale)
    return { kind: 'claimed', staleAt: worker.clock.now() + field.claim.leaseEnds * 1000 - record.serverTime };
  const refusal = await recordRefusal(record, erp);
  const before = refusal ? null : await predecessorOf(record, erp);
  return { kind: 'none', refusal, ...(before ? { amends: before.name } : {}) };
}

const STEP_NAMES = {
  claim: 'claiming',
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
