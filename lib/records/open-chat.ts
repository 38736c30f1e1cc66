import { bearsMarker, type Chat } from '../model/chat.ts';
import type { Clock } from '../model/clock.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { ChosenMember, CreationQuestion } from '../rpc/contract.ts';
import { type Claim, documentHash, formatClaim, hasTimeLeft, LEASE_SECONDS, readChatField } from './claim.ts';

/**
 * The one chat of a record: claim first, create second (DESIGN.md, rule 1). A state machine whose every state is
 * written down before its effect, so that the worker may die between any two lines and another machine may race it.
 *
 *     claim → (look) → create → write → greet → (watch)
 */
export interface Creation {
  step: 'claim' | 'look' | 'create' | 'write' | 'greet' | 'watch';
  nonce: string;
  /** Object id of the account that creates. */
  account: string;
  /** `creation` of the record when the person pressed the button: another one now is another document. */
  recordCreation: string;
  recordName: string;
  topic: string;
  members: ChosenMember[];
  /** The account is among the record's own people, so that it would be in any chat a colleague made of it. */
  amParticipant: boolean;
  /** A stale claim of somebody else was taken over. */
  tookOver: boolean;
  /** POST /chats has left, or may have. */
  createBegun: boolean;
  /** When it left, by ERPNext's clock (ms): a chat that is older was not made by it. */
  createBegunAt: number;
  /** Empty looks for a chat that may exist, since the question last arose. */
  looks: number;
  /** The person said to go on although a chat may exist that cannot be seen from here. */
  goOn: boolean;
  chatId: ChatId | null;
  /** Our own write of the id has left, or may have. */
  linkBegun: boolean;
  /** A POST that was given up may still reach Microsoft: a chat that turns up later has to point to the real one. */
  mayTurnUp: boolean;
  /** When watching for it began (ms); null before. */
  watchedSince: number | null;
}

/** The record has its chat; what the job still stands for keeps nobody waiting. */
export function isOver(step: string): boolean {
  return step === 'told' || step === 'watch';
}

export interface CreationWorld {
  read(): Promise<SavedRecord>;
  /** Compare-and-set of the chat field; throws `erp-conflict` when `modified` is no longer the record's. */
  write(value: string, modified: string): Promise<SavedRecord>;
  /** All chats of the account, newest first. */
  chats(): AsyncIterable<Chat>;
  /** Which of these chats another record names already. */
  linkedElsewhere(chatIds: ChatId[]): Promise<Set<ChatId>>;
  create(topic: string, members: ChosenMember[]): Promise<Chat>;
  /** The link is in the record: remember it, and put the first message into the outbox. */
  greet(chatId: ChatId, record: SavedRecord): Promise<void>;
  /** Our chat lost: point its members to the real one, tell the person. */
  retire(own: ChatId, real: ChatId, record: SavedRecord): Promise<void>;
  clock: Clock;
}

export type CreationOutcome =
  | { kind: 'done' }
  /** Another person's chat or claim stands in the record: nothing more to do here. */
  | { kind: 'overtaken' }
  | { kind: 'wait'; ms: number }
  | { kind: 'ask'; question: CreationQuestion };

/** Resolves only after the new state is on disk. */
export type Save = (state: Creation) => Promise<void>;

/** Chats can be late in lists: two looks, this far apart. */
const LOOK_GAP_MS = 5_000;
const CONFLICT_TRIES = 8;
/** A request that is held back on its way longer than this is not expected any more. */
const WATCH_MS = 10 * 60_000;

/** Go as far as possible. Errors are thrown as `AppFailure` with the state as last saved. */
export async function openChat(state: Creation, save: Save, world: CreationWorld): Promise<CreationOutcome> {
  let now = state;
  // A creation found in the middle of its POST is of unknown outcome: look before anything else.
  if (now.step === 'create' && now.createBegun) now = await saved(save, { ...now, step: 'look', looks: 0 });
  for (;;) {
    const next = await STEPS[now.step](now, save, world);
    if ('kind' in next) return next;
    now = next;
  }
}

type Step = (state: Creation, save: Save, world: CreationWorld) => Promise<Creation | CreationOutcome>;

const STEPS: Record<Creation['step'], Step> = { claim, look, create, write, greet, watch };

async function claim(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  for (let tries = 0; tries < CONFLICT_TRIES; tries++) {
    const { record, field } = await readField(state, world);
    if (field.kind === 'chat') return { kind: 'overtaken' };
    if (field.kind === 'claim' && field.claim.nonce === state.nonce && !field.stale) return claimed(state, save);
    if (field.kind === 'claim' && field.claim.nonce !== state.nonce && !field.stale) return { kind: 'overtaken' };
    const tookOver = state.tookOver || (field.kind === 'claim' && field.claim.nonce !== state.nonce);
    const next = tookOver === state.tookOver ? state : await saved(save, { ...state, tookOver });
    if (await swap(await claimText(next, record), record, world)) return claimed(next, save);
  }
  throw busy();
}

function claimed(state: Creation, save: Save): Promise<Creation> {
  const mayExist = (state.tookOver || state.createBegun) && !state.goOn;
  return saved(save, { ...state, step: mayExist ? 'look' : 'create', looks: 0 });
}

async function look(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const { field } = await readField(state, world);
  const linked = field.kind === 'chat' ? field.chatId : null;
  if (linked && !state.createBegun) return OVERTAKEN;
  // A colleague's chat is linked by now. Ours may have been made all the same, and then has to point to theirs.
  const found = await findChat(state, world, (chat) => !linked || (chat.id !== linked && mayBeOurs(chat, state)));
  if (found) return saved(save, { ...state, step: 'write', chatId: found });
  if (state.looks + 1 < 2) {
    await saved(save, { ...state, looks: state.looks + 1 });
    return { kind: 'wait', ms: LOOK_GAP_MS };
  }
  if (linked) return watchFrom(state, save, world, linked);
  if (!state.goOn && state.createBegun) return { kind: 'ask', question: OUTCOME_UNKNOWN };
  if (!state.goOn && !state.amParticipant) return { kind: 'ask', question: MAY_EXIST };
  return saved(save, { ...state, step: 'create', createBegun: false, mayTurnUp: state.mayTurnUp || state.createBegun });
}

async function create(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const { record, field } = await readField(state, world);
  if (field.kind === 'chat') return { kind: 'overtaken' };
  const mine = field.kind === 'claim' && field.claim.nonce === state.nonce ? field.claim : null;
  if (!mine) return saved(save, { ...state, step: 'claim' });
  if (!hasTimeLeft(mine, record.serverTime)) {
    // Too slow: extend the lease by the same compare-and-set, so that nobody takes over while the chat is being made.
    await swap(await claimText(state, record), record, world);
    return state;
  }
  const begun = await saved(save, {
    ...state,
    createBegun: true,
    // Of several attempts the first counts: a chat of any of them is ours.
    createBegunAt: state.mayTurnUp ? state.createBegunAt : record.serverTime,
  });
  try {
    const chat = await world.create(state.topic, state.members);
    return saved(save, { ...begun, step: 'write', chatId: chat.id });
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    if (caught.error.code === 'outcome-unknown') return saved(save, { ...begun, step: 'look', looks: 0, goOn: false });
    // Every other error says that Graph surely did not make it.
    await saved(save, { ...state, createBegun: false });
    throw caught;
  }
}

async function write(before: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  let state = before;
  const chatId = state.chatId!;
  for (let tries = 0; tries < CONFLICT_TRIES; tries++) {
    const { record, field } = await readField(state, world);
    if (field.kind === 'chat') {
      // Where we have not written it, a colleague took our claim over, found this chat, and greets in it.
      if (field.chatId === chatId) return state.linkBegun ? saved(save, { ...state, step: 'greet' }) : OVERTAKEN;
      await world.retire(chatId, field.chatId, record);
      return { kind: 'overtaken' };
    }
    // Somebody took our claim over while we were slow. They look for our chat before they make another: wait for their
    // answer, it is either this chat or one that this chat has to point to.
    if (field.kind === 'claim' && field.claim.nonce !== state.nonce && !field.stale)
      return { kind: 'wait', ms: LOOK_GAP_MS };
    if (!state.linkBegun) state = await saved(save, { ...state, linkBegun: true });
    if (await swap(chatId, record, world)) return saved(save, { ...state, step: 'greet' });
  }
  throw busy();
}

async function greet(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  await world.greet(state.chatId!, await world.read());
  return state.mayTurnUp ? watchFrom(state, save, world, state.chatId!) : { kind: 'done' };
}

async function watchFrom(state: Creation, save: Save, world: CreationWorld, chatId: ChatId): Promise<Creation> {
  return saved(save, { ...state, step: 'watch', chatId, watchedSince: world.clock.now() });
}

/** One late look for what an earlier POST may have made after all. */
async function watch(state: Creation, _save: Save, world: CreationWorld): Promise<CreationOutcome> {
  const left = state.watchedSince! + WATCH_MS - world.clock.now();
  if (left > 0) return { kind: 'wait', ms: left };
  const real = state.chatId!;
  const orphan = await findChat(state, world, (chat) => chat.id !== real && mayBeOurs(chat, state));
  if (orphan) await world.retire(orphan, real, await world.read());
  return { kind: 'done' };
}

/** Give the claim back, so that others need not wait for its end. Leaves anything that is not ours alone. */
export async function releaseClaim(state: Creation, world: Pick<CreationWorld, 'read' | 'write'>): Promise<void> {
  const { record, field } = await readField(state, world);
  if (field.kind === 'claim' && field.claim.nonce === state.nonce) await swap('', record, world);
}

async function readField(state: Creation, world: Pick<CreationWorld, 'read'>) {
  const record = await world.read();
  if (record.creation !== state.recordCreation)
    throw fail(
      'record-changed',
      'This is another document now',
      `The record was deleted and another one now bears the name ${state.recordName}. Open it again to create its chat.`,
    );
  const hash = await documentHash(record.ref.doctype, record.creation);
  return { record, field: readChatField(record.chatField, record.serverTime, hash) };
}

async function claimText(state: Creation, record: SavedRecord): Promise<string> {
  const claim: Claim = {
    nonce: state.nonce,
    leaseEnds: Math.floor(record.serverTime / 1000) + LEASE_SECONDS,
    account: state.account,
    document: await documentHash(record.ref.doctype, record.creation),
  };
  return formatClaim(claim);
}

/** True when the value was taken; false when somebody saved meanwhile or the answer was lost: the caller reads again. */
async function swap(value: string, record: SavedRecord, world: Pick<CreationWorld, 'write'>): Promise<boolean> {
  try {
    await world.write(value, record.modified);
    return true;
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    if (READ_AGAIN.has(caught.error.code)) return false;
    throw caught;
  }
}

/** Not found: renamed in this very moment, which the next reading finds out. */
const READ_AGAIN = new Set(['erp-conflict', 'outcome-unknown', 'erp-not-found']);

/** Microsoft's clock and ERPNext's need not agree to the second. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

function mayBeOurs(chat: Chat, state: Creation): boolean {
  return chat.topic === state.topic && Date.parse(chat.createdAt) >= state.createBegunAt - CLOCKS_DIFFER_MS;
}

/** The oldest group chat that bears the record's marker, that fits, and that no other record names. */
async function findChat(state: Creation, world: CreationWorld, fits: (chat: Chat) => boolean): Promise<ChatId | null> {
  const candidates: Chat[] = [];
  for await (const chat of world.chats())
    if (chat.kind === 'group' && bearsMarker(chat.topic, state.recordName) && fits(chat)) candidates.push(chat);
  if (candidates.length === 0) return null;
  const taken = await world.linkedElsewhere(candidates.map((c) => c.id));
  const free = candidates.filter((c) => !taken.has(c.id)).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return free[0]?.id ?? null;
}

async function saved(save: Save, state: Creation): Promise<Creation> {
  await save(state);
  return state;
}

function busy(): AppFailure {
  return fail(
    'erp-conflict',
    'This record is being saved again and again',
    'Something keeps saving it while Deskside tries to. No chat was made. Try again in a moment.',
    { action: { kind: 'retry', label: 'Try again' } },
  );
}

const OVERTAKEN: CreationOutcome = { kind: 'overtaken' };
const OUTCOME_UNKNOWN: CreationQuestion = {
  kind: 'outcome-unknown',
  text: 'Microsoft never answered whether it created the chat, and it is not among your chats. Creating it again may leave a second one.',
};
const MAY_EXIST: CreationQuestion = {
  kind: 'may-exist-unseen',
  text: 'A colleague began to create this chat and did not finish. You are not among the record’s people, so it may exist where you cannot see it. Create a new one?',
};
