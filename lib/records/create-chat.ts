import type { Account } from '../auth/account.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { JobRow } from '../storage/schema.ts';
import type { JobHandler } from '../sync/jobs.ts';
import { type Creation, type CreationWorld, isOver } from './creation.ts';
import { creationWorld } from './creation-world.ts';
import { openChat, releaseClaim } from './open-chat.ts';
import { signedIn, type Worker } from './worker.ts';

export const CREATE_CHAT = 'create-chat';

/** How the job runner carries a creation on. */
export function creationHandler(workerOf: (job: JobRow) => Worker): JobHandler {
  return async (job, tools) => {
    const worker = workerOf(job);
    const account = await signedIn(worker);
    let state = job.data as Creation;
    const save = async (next: Creation) => {
      await tools.step(next.step, next);
      state = next;
    };
    let retired = false;
    const world = creationWorld(worker, job, account, () => {
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
      throw await named(worker, caught, state, account);
    }
  };
}

/** The person gives a creation up: its claim is released where that is surely right. */
export async function giveUp(worker: Worker, job: JobRow, account: Account): Promise<void> {
  await worker.jobs.discard(job.account, job.id);
  const state = job.data as Creation;
  // After a POST of unknown outcome the claim stays until it runs out: whoever comes next then looks for the chat first.
  if (!isOver(job.step) && !state.chatId && !state.createBegun)
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
