import type { Account } from '../auth/account.ts';
import { createGroupChat, getChat, listChats } from '../graph/chats.ts';
import type { Clock } from '../model/clock.ts';
import { AppFailure, fail } from '../model/errors.ts';
import { asDoctype, type ChatId, type ErpUser } from '../model/ids.ts';
import { parseRecordKey, recordKey, type SavedRecord } from '../model/record.ts';
import type { ChosenMember } from '../rpc/contract.ts';
import type { JobRow } from '../storage/schema.ts';
import type { JobHandler } from '../sync/jobs.ts';
import { escapeText } from '../util/html.ts';
import { createErp, type Erp } from './erp.ts';
import { link } from './link-chat.ts';
import { type Creation, type CreationWorld, openChat, releaseClaim } from './open-chat.ts';
import { previewChat } from './preview-chat.ts';
import type { Shown } from './shown.ts';
import { signedIn, type Worker } from './worker.ts';

export const CREATE_CHAT = 'create-chat';

/** The doctypes whose records may hold chat ids: where a chat found by its name may be linked already. */
const LINKING_DOCTYPES = ['Event', 'Project'].map(asDoctype);

/**
 * Write down that this record's chat is to be created with these people.
 * @param requestId of the panel: a second click starts nothing.
 * @throws AppFailure with the reason why no chat can be made (people, permission, field); nothing is written then.
 */
export async function beginCreation(
  worker: Worker,
  shown: Shown,
  requestId: string,
  members: ChosenMember[],
): Promise<void> {
  const store = worker.store;
  const key = recordKey(shown.ref);
  const running = await store.jobs.ofRecord(shown.account.id, key, CREATE_CHAT);
  for (const job of running) {
    if (job.step !== 'told') return worker.jobs.run(job.account, job.id);
    await worker.jobs.discard(job.account, job.id);
  }
  const preview = await previewChat(worker, shown);
  if (preview.refusal) throw new AppFailure(preview.refusal);
  const record = await shown.erp.read(shown.ref);
  const me = shown.account.userId;
  const others = members.filter((m) => m.userId !== me);
  if (others.length === 0) throw fail('not-permitted', 'Nobody is chosen', 'Choose at least one person to talk to.');
  if (others.length + 1 > preview.limit)
    throw fail(
      'not-permitted',
      'Too many people for one chat',
      `Teams allows ${preview.limit} in a chat. Leave some out.`,
    );
  const chosen: ChosenMember[] = [{ email: null, userId: me, role: 'owner' }, ...others];
  const state: Creation = {
    step: 'claim',
    nonce: crypto.randomUUID().replaceAll('-', ''),
    account: me,
    recordCreation: record.creation,
    recordName: record.ref.name,
    topic: preview.topic,
    members: chosen,
    amParticipant: await isParticipant(record, shown.account, worker),
    tookOver: false,
    createBegun: false,
    createBegunAt: 0,
    looks: 0,
    goOn: false,
    chatId: null,
    linkBegun: false,
  };
  await worker.jobs.add({
    id: requestId,
    kind: CREATE_CHAT,
    account: shown.account.id,
    recordKey: key,
    origin: shown.ref.origin,
    erpUser: shown.erpUser,
    step: state.step,
    data: state,
  });
}

/** Everything a creation touches, bound to the job's record, ERPNext user and Microsoft account. */
function creationWorld(worker: Worker, job: JobRow, account: Account, onRetired: () => void): CreationWorld {
  const ref = parseRecordKey(job.recordKey);
  const erp = createErp(worker, ref, job.erpUser);
  return {
    clock: worker.clock satisfies Clock,
    read: () => erp.read(ref),
    write: (value, modified) => erp.writeChatField(ref, value, modified),
    chats: () => listChats(worker.graph, { previews: false }),
    linkedElsewhere: (chatIds) => linkedElsewhere(erp, job, chatIds),
    create: (topic, members) => createGroupChat(worker.graph, { topic, members }),
    async greet(chatId, record) {
      await link(worker, account, record, await getChat(worker.graph, chatId), 'created');
      await post(worker, job, account, chatId, `greet-${job.id}`, greeting(record));
    },
    async retire(own, real, record) {
      await post(worker, job, account, own, `retire-${job.id}`, farewell(record, real));
      onRetired();
    },
  };
}

async function linkedElsewhere(erp: Erp, job: JobRow, chatIds: ChatId[]): Promise<Set<ChatId>> {
  const found = await erp.linkedTo(LINKING_DOCTYPES, chatIds);
  return new Set(found.filter((f) => recordKey(f.ref) !== job.recordKey).map((f) => f.chatId));
}

/** Through the outbox, as a row of its own: its failure never undoes the link, and the same id is never sent twice. */
async function post(worker: Worker, job: JobRow, account: Account, chatId: ChatId, localId: string, html: string) {
  const erpUser: ErpUser = job.erpUser;
  await worker.outbox.enqueue({
    localId,
    account: account.id,
    recordKey: job.recordKey,
    chatId,
    erpUser,
    html,
    writtenAt: worker.clock.now(),
  });
}

function greeting(record: SavedRecord): string {
  return `<p>This chat belongs to the ${escapeText(record.ref.doctype)} <a href="${escapeText(record.url)}">${escapeText(record.title)}</a> in ERPNext.</p>`;
}

function farewell(record: SavedRecord, real: ChatId): string {
  const url = `https://teams.microsoft.com/l/chat/${encodeURIComponent(real)}/conversations`;
  return `<p>This chat was created twice by accident. The conversation about <a href="${escapeText(record.url)}">${escapeText(record.title)}</a> goes on <a href="${escapeText(url)}">in this chat</a>.</p>`;
}

/** Whether a colleague's chat of this record would have this person in it. */
async function isParticipant(record: SavedRecord, account: Account, worker: Worker): Promise<boolean> {
  const me = await worker.me.get(account);
  const mine = new Set([me.mail, me.userPrincipalName.toLowerCase()]);
  return record.participants.some((p) => p.email && mine.has(p.email));
}

/** How the job runner carries a creation on. */
export function creationHandler(worker: () => Worker): JobHandler {
  return async (job, tools) => {
    const account = await signedIn(worker());
    if (account.id !== job.account) throw fail('signed-out', 'Another account is signed in', OTHER_ACCOUNT);
    let state = job.data as Creation;
    const save = async (next: Creation) => {
      await tools.step(next.step, next);
      state = next;
    };
    let retired = false;
    const world = creationWorld(worker(), job, account, () => {
      retired = true;
    });
    try {
      const outcome = await openChat(state, save, world);
      if (outcome.kind === 'wait') return { wait: outcome.ms };
      if (outcome.kind === 'ask') return { ask: outcome.question };
      if (!retired) return 'done';
      // Stands as a question until the person has read it.
      await tools.step('told', state);
      return { ask: { kind: 'told' } };
    } catch (caught) {
      // Refused for good and no chat made: the claim is given back, so that nobody waits for it.
      if (caught instanceof AppFailure && !WAITS.has(caught.error.code) && !state.chatId && !state.createBegun)
        await release(state, world);
      throw await named(worker(), caught, state, account);
    }
  };
}

/** The person gives a creation up: its claim is released where that is surely right. */
export async function giveUp(worker: Worker, job: JobRow, account: Account): Promise<void> {
  await worker.jobs.discard(job.account, job.id);
  const state = job.data as Creation;
  // After a POST of unknown outcome the claim stays until it runs out: whoever comes next then looks for the chat first.
  if (job.step !== 'told' && !state.chatId && !state.createBegun)
    await release(
      state,
      creationWorld(worker, job, account, () => {}),
    );
}

/** The person says to go on, after a problem or in answer to a question. */
export async function goOn(worker: Worker, job: JobRow): Promise<void> {
  const state = job.data as Creation;
  await worker.jobs.answer(job.account, job.id, job.question === null ? state : { ...state, goOn: true });
}

/** The person says to create the chat without the one whom Microsoft would not take. */
export async function leaveOut(worker: Worker, job: JobRow, userId: string): Promise<void> {
  const state = job.data as Creation;
  const members = state.members.filter((m) => m.userId !== userId || m.userId === state.account);
  if (members.length < 2)
    throw fail('not-permitted', 'Nobody else would be left', 'Add another person to the record and save it first.');
  await worker.jobs.answer(job.account, job.id, { ...state, members });
}

/** Graph says whom it refused by id alone: a person needs the name, and the way on without them. */
async function named(worker: Worker, caught: unknown, state: Creation, account: Account): Promise<unknown> {
  if (!(caught instanceof AppFailure) || caught.error.code !== 'member-refused') return caught;
  const member = state.members.find((m) => m.userId === caught.error.detail);
  if (!member) return caught;
  const rows = member.email ? await worker.store.people.get(account.id, [member.email], 0) : null;
  const people = [...(rows?.values() ?? [])].flatMap((row) => row.people);
  const name = people.find((p) => p.id === member.userId)?.displayName || member.email || 'this person';
  return new AppFailure({
    ...caught.error,
    title: `Microsoft would not take ${name} into the chat`,
    text: 'Their account may be disabled, without a Teams licence, or not allowed in chats of your organisation. No chat was made. Create it without them, or ask your administrator.',
    action: { kind: 'leave-out', label: `Create without ${name}`, userId: member.userId },
  });
}

async function release(state: Creation, world: CreationWorld): Promise<void> {
  await releaseClaim(state, world).catch((caught) => {
    // It runs out by itself within two minutes.
    if (!(caught instanceof AppFailure)) throw caught;
  });
}

/** Troubles that a creation outlives with its claim: it goes on by itself when they are over. */
const WAITS = new Set([
  'offline',
  'throttled',
  'microsoft-down',
  'erp-unreachable',
  'no-tab',
  'erp-other-user',
  'erp-signed-out',
  'signed-out',
]);
const OTHER_ACCOUNT = 'This was begun with another Microsoft account. Sign in with that one and it goes on.';
