import type { Account } from '../auth/account.ts';
import { AppFailure, fail } from '../model/errors.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { ChosenMember } from '../rpc/contract.ts';
import { CREATE_CHAT } from './create-chat.ts';
import { type Creation, isOver, NOTHING_DONE } from './creation.ts';
import { homeOf } from './home.ts';
import { previewChat } from './preview-chat.ts';
import type { Shown } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import type { Worker } from './worker.ts';

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
  await checkSpeaker(worker, shown);
  const store = worker.store;
  const key = recordKey(shown.ref);
  const running = await store.jobs.ofRecord(shown.account.id, key, CREATE_CHAT);
  for (const job of running) {
    if (!isOver(job.step)) return worker.jobs.run(job.account, job.id);
    await worker.jobs.discard(job.account, job.id);
  }
  const preview = await previewChat(worker, shown);
  if (preview.refusal) throw new AppFailure(preview.refusal);
  const record = await shown.erp.read(shown.ref);
  const { place } = await homeOf(worker, record, shown.erp);
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
    // The preview said whether there is any.
    place: place ?? 'field',
    nonce: crypto.randomUUID().replaceAll('-', ''),
    account: me,
    recordCreation: record.creation,
    recordName: record.ref.name,
    topic: preview.topic,
    members: chosen,
    amParticipant: await isParticipant(record, shown.account, worker),
    ...NOTHING_DONE,
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

/** Whether a colleague's chat of this record would have this person in it. */
async function isParticipant(record: SavedRecord, account: Account, worker: Worker): Promise<boolean> {
  const me = await worker.me.get(account);
  const mine = new Set([me.mail, me.userPrincipalName.toLowerCase()]);
  return record.participants.some((p) => p.email && mine.has(p.email));
}
