import { getChat } from '../graph/chats.ts';
import { addMember, listMembers } from '../graph/members.ts';
import { AppFailure } from '../model/errors.ts';
import type { AccountId, ChatId, UserId } from '../model/ids.ts';
import type { JobRow } from '../storage/schema.ts';
import type { JobHandler } from '../sync/jobs.ts';
import { signedIn, type Worker } from './worker.ts';

export const ADD_MEMBERS = 'add-members';

/** What the job knows: who is still to be added, one after the other, and what became of the rest. */
export interface Adding {
  chatId: ChatId;
  queue: NewPerson[];
  /** Whose POST has left, or may have: looked for before anything is sent again. */
  trying: UserId | null;
  added: string[];
  failed: { userId: UserId; name: string; text: string }[];
}

export interface NewPerson {
  userId: UserId;
  role: 'owner' | 'guest';
  name: string;
}

/** How the job runner adds people: one POST each, four a minute, each written down before it leaves. */
export function addingHandler(workerOf: (job: JobRow) => Worker): JobHandler {
  return async (job, tools) => {
    const worker = workerOf(job);
    const { graph, changes } = worker;
    const account = await signedIn(worker);
    let state = job.data as Adding;
    const save = async (next: Adding) => {
      await tools.step('adding', next);
      state = next;
    };
    const isThere = async (userId: UserId) =>
      (await listMembers(graph, state.chatId)).some((member) => member.userId === userId);
    const settle = (person: NewPerson, text: string | null) =>
      save({
        ...state,
        queue: state.queue.slice(1),
        trying: null,
        added: text === null ? [...state.added, person.name] : state.added,
        failed: text === null ? state.failed : [...state.failed, { userId: person.userId, name: person.name, text }],
      });

    for (let person = state.queue[0]; person; person = state.queue[0]) {
      if (state.trying === person.userId && (await isThere(person.userId))) {
        await settle(person, null);
        continue;
      }
      await save({ ...state, trying: person.userId });
      try {
        await addMember(graph, state.chatId, person);
        await settle(person, null);
      } catch (caught) {
        if (!(caught instanceof AppFailure)) throw caught;
        const { code, retryAfter } = caught.error;
        if (code === 'throttled') {
          await save({ ...state, trying: null });
          return { wait: (retryAfter ?? 60) * 1000 };
        }
        if (code === 'outcome-unknown') return { wait: LOOK_MS };
        if (!REFUSED.has(code)) throw caught;
        // A colleague may have added them a moment ago, which Graph refuses like anything else.
        await settle(person, (await isThere(person.userId)) ? null : caught.error.text);
      }
    }
    await refreshMembers(worker, account.id, state.chatId);
    // Whom Microsoft refused is not offered again and again; the list of members still shows them.
    const refused = state.failed.map((person) => person.userId);
    await worker.store.links.dismiss(job.account, job.recordKey, refused);
    changes.tell({ kind: 'view' });
    // Stands as a report until the person has read it.
    await tools.step('told', state);
    return { ask: { kind: 'told' } };
  };
}

/** Who is in the chat now. Where Microsoft asks for a pause the next look brings it: the report waits for nothing. */
async function refreshMembers({ graph, store }: Worker, account: AccountId, chatId: ChatId): Promise<void> {
  try {
    await store.chats.save(account, await getChat(graph, chatId));
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
  }
}

const LOOK_MS = 5_000;
/** A clear no about this person or chat; anything else is outlived by the job. */
const REFUSED = new Set(['member-refused', 'refused-by-microsoft', 'not-found', 'not-permitted']);
