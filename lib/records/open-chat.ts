import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { CreationQuestion } from '../rpc/contract.ts';
import { hasTimeLeft, LEASE_SECONDS } from './claim.ts';
import { say } from './comment-link.ts';
import { COMMENT } from './comment-place.ts';
import type { Creation, CreationOutcome, CreationWorld, Save } from './creation.ts';
import { FIELD } from './field-place.ts';
import { findChat, mayBeOurs } from './find-own-chat.ts';
import { realChat, verified } from './give-way.ts';
import type { Place, PlaceWorld, Standing } from './place.ts';

/** Chats can be late in lists: two looks, this far apart. */
const LOOK_GAP_MS = 5_000;
const CONFLICT_TRIES = 8;
/** A request that is held back on its way longer than this is not expected any more. */
const WATCH_MS = 10 * 60_000;
/** Longer than any answer of ERPNext is waited for: a link that was written beside ours shows by then. */
const VERIFY_MS = 30_000;

/**
 * The one chat of a record: claim first, create second (DESIGN.md, rule 1). A state machine whose every state is
 * written down before its effect, so that the worker may die between any two lines and another machine may race it.
 *
 *     claim → (settle) → (look) → create → write → greet → (watch)
 *
 * Claim and link stand in the record's field, or, for whom that is closed, in a comment (`place.ts`). The protocol over
 * both: write one's own claim, then read the other place. So of two at least one sees the other, and who gives way is
 * settled: comments to the field, the later comment to the earlier, and every claim to a link.
 *
 * Goes as far as possible. Errors are thrown as `AppFailure` with the state as last saved.
 */
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

const STEPS: Record<Creation['step'], Step> = { claim, settle, look, create, write, greet, watch };
const PLACES: Record<Creation['place'], Place> = { field: FIELD, comment: COMMENT };

async function claim(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const place = PLACES[state.place];
  let next = state;
  for (let tries = 0; tries < CONFLICT_TRIES; tries++) {
    const standing = await place.look(state, world);
    if (standing.field.kind === 'chat' || standing.links.length > 0 || standing.ahead)
      return standBack(state, standing, save, world);
    if (standing.mine) return claimed(next, save, world);
    if (standing.abandoned && !next.tookOver) next = await saved(save, { ...next, tookOver: true });
    if (await place.claim(state, standing, world)) return claimed(next, save, world);
  }
  throw busy();
}

function claimed(state: Creation, save: Save, world: CreationWorld): Promise<Creation> {
  if (PLACES[state.place].settles === 0) return mayCreate({ ...state, waitsSince: null }, save);
  return saved(save, { ...state, step: 'settle', waitsSince: world.clock.now() });
}

/** Until an earlier claim that is slow to show would have shown. */
async function settle(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const left = state.waitsSince! + PLACES[state.place].settles - world.clock.now();
  return left > 0 ? { kind: 'wait', ms: left } : mayCreate(state, save);
}

function mayCreate(state: Creation, save: Save): Promise<Creation> {
  const mayExist = (state.tookOver || state.createBegun) && !state.goOn;
  return saved(save, { ...state, step: mayExist ? 'look' : 'create', looks: 0 });
}

async function look(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const standing = await PLACES[state.place].look(state, world);
  const linked = standing.field.kind === 'chat' ? standing.field.chatId : (standing.links[0]?.says.chatId ?? null);
  if (linked && !state.createBegun) return standBack(state, standing, save, world);
  // A colleague's chat is linked by now. Ours may have been made all the same, and then has to point to theirs.
  const found = await findChat(state, world, (chat) => !linked || (chat.id !== linked && mayBeOurs(chat, state)));
  // It need not be the one that our POST made, which may be on its way still.
  const mayTurnUp = state.mayTurnUp || state.createBegun;
  if (found)
    return saved(save, { ...state, step: 'write', chatId: found, mayTurnUp: linked ? state.mayTurnUp : mayTurnUp });
  if (state.looks + 1 < 2) {
    await saved(save, { ...state, looks: state.looks + 1 });
    return { kind: 'wait', ms: LOOK_GAP_MS };
  }
  if (linked) return standBack({ ...state, mayTurnUp }, standing, save, world);
  if (!state.goOn && state.createBegun) return { kind: 'ask', question: OUTCOME_UNKNOWN };
  if (!state.goOn && !state.amParticipant) return { kind: 'ask', question: MAY_EXIST };
  return saved(save, { ...state, step: 'create', createBegun: false, mayTurnUp });
}

async function create(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  const place = PLACES[state.place];
  const standing = await place.look(state, world);
  if (standing.field.kind === 'chat' || standing.links.length > 0 || standing.ahead)
    return standBack(state, standing, save, world);
  if (!standing.mine) return saved(save, { ...state, step: 'claim' });
  if (!hasTimeLeft(standing.mine, standing.serverTime)) {
    // Too slow: extend the lease, so that nobody takes over while the chat is being made.
    await place.claim(state, standing, world);
    return state;
  }
  if (standing.beside) {
    // It gives way as soon as it looks here, unless it has looked before: then its chat is on its way. No longer than
    // one lease: claims that are written again and again must not keep anybody from the field.
    const since = state.waitsSince ?? world.clock.now();
    if (world.clock.now() - since < LEASE_SECONDS * 1000) {
      await saved(save, { ...state, waitsSince: since });
      return { kind: 'wait', ms: LOOK_GAP_MS };
    }
  }
  if ((standing.abandoned || standing.beside) && !state.tookOver) return mayCreate({ ...state, tookOver: true }, save);
  const begun = await saved(save, {
    ...state,
    createBegun: true,
    // Of several attempts the first counts: a chat of any of them is ours.
    createBegunAt: state.mayTurnUp ? state.createBegunAt : standing.serverTime,
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
  const place = PLACES[before.place];
  let state = before;
  const chatId = state.chatId!;
  for (let tries = 0; tries < CONFLICT_TRIES; tries++) {
    const standing = await place.look(state, world);
    const real = await realChat(state, standing, world);
    // Where we have not written it, a colleague took our claim over, found this chat, and greets in it.
    if (real === chatId && state.linkBegun) return saved(save, { ...state, step: 'greet' });
    if (real === chatId) return standBack(state, standing, save, world);
    if (real) {
      await world.retire(chatId, real, standing.record);
      return standBack({ ...state, mayTurnUp: false }, standing, save, world);
    }
    // Somebody took our claim over while we were slow. They look for our chat before they make another: wait for their
    // answer, it is either this chat or one that this chat has to point to.
    if (!standing.mine && (standing.ahead || standing.beside)) return { kind: 'wait', ms: LOOK_GAP_MS };
    if (!state.linkBegun) state = await saved(save, { ...state, linkBegun: true });
    if (await place.link(state, standing, world, chatId)) return saved(save, { ...state, step: 'greet' });
  }
  throw busy();
}

async function greet(state: Creation, save: Save, world: CreationWorld): Promise<Creation | CreationOutcome> {
  await world.greet(state.chatId!, await world.read());
  return state.mayTurnUp || state.place === 'comment' ? watchFrom(state, save, world, state.chatId!) : { kind: 'done' };
}

async function watchFrom(state: Creation, save: Save, world: CreationWorld, chatId: ChatId): Promise<Creation> {
  return saved(save, { ...state, step: 'watch', chatId, watchedSince: world.clock.now() });
}

/**
 * What may show late: another link beside ours in a comment, which no compare-and-set kept out, and the chat that an
 * earlier POST may have made after all.
 */
async function watch(state: Creation, save: Save, world: CreationWorld): Promise<CreationOutcome> {
  const watched = world.clock.now() - state.watchedSince!;
  let real = state.chatId!;
  if (state.place === 'comment' && state.linkBegun) {
    if (watched < VERIFY_MS) return { kind: 'wait', ms: VERIFY_MS - watched };
    real = await verified(state, world);
    if (real !== state.chatId) await save({ ...state, chatId: real, linkBegun: false });
  }
  if (!state.mayTurnUp) return { kind: 'done' };
  if (watched < WATCH_MS) return { kind: 'wait', ms: WATCH_MS - watched };
  const orphan = await findChat(state, world, (chat) => chat.id !== real && mayBeOurs(chat, state));
  if (orphan) await world.retire(orphan, real, await world.read());
  return { kind: 'done' };
}

/**
 * Nothing more to do here: our claim goes. Who holds the field takes a comment's chat over into it, so that there is one
 * place again; a chat that is not borne out is left where it is, for the person to look at.
 */
async function standBack(
  state: Creation,
  standing: Standing,
  save: Save,
  world: CreationWorld,
): Promise<Creation | CreationOutcome> {
  const { field, links, mine } = standing;
  const [link] = links;
  const takes = state.place === 'field' && mine && link && (await world.believes(link)) === 'yes';
  if (!takes || !(await FIELD.link(state, standing, world, link.says.chatId)))
    await PLACES[state.place].withdraw(state, standing, world, say.overtaken);
  const real = field.kind === 'chat' ? field.chatId : link?.says.chatId;
  if (!real || !state.mayTurnUp) return { kind: 'overtaken' };
  return watchFrom({ ...state, linkBegun: false }, save, world, real);
}

/** Give the claim back, so that others need not wait for its end. Leaves anything that is not ours alone. */
export async function releaseClaim(state: Creation, world: PlaceWorld): Promise<void> {
  const place = PLACES[state.place];
  await place.withdraw(state, await place.look(state, world), world, say.givenUp);
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

const OUTCOME_UNKNOWN: CreationQuestion = {
  kind: 'outcome-unknown',
  text: 'Microsoft never answered whether it created the chat, and it is not among your chats. Creating it again may leave a second one.',
};
const MAY_EXIST: CreationQuestion = {
  kind: 'may-exist-unseen',
  text: 'A colleague began to create this chat and did not finish. You are not among the record’s people, so it may exist where you cannot see it. Create a new one?',
};
