import type { Account } from '../auth/account.ts';
import { AppFailure, fail } from '../model/errors.ts';
import { parseRecordKey, type recordKey } from '../model/record.ts';
import { ADD_MEMBERS } from './add-members.ts';
import { speakersChanged } from './badge.ts';
import { CREATE_CHAT, giveUp } from './create-chat.ts';
import { isOver } from './creation.ts';
import { MAP_PEOPLE } from './map-people.ts';
import type { Worker } from './worker.ts';
import { WRITE_NOTE } from './write-note.ts';

/**
 * Forget everything of the account on this machine: tokens, name, messages, drafts, mappings. Unfinished work first. Of
 * one whom Microsoft wants to see again, too.
 * @param worker whose account it is
 * @param discard unfinished work may be lost; without it the call fails and names that work.
 */
export async function signOut(worker: Worker, account: Account, discard: boolean): Promise<void> {
  const left = await unfinished(worker, account);
  if (left.length > 0 && !discard)
    throw fail(
      'not-permitted',
      'Some work is not finished',
      `${left.join('. ')}. Finish it, or discard it and sign out.`,
    );
  const { store } = worker;
  for (const job of await store.jobs.list(account.id))
    if (job.kind === CREATE_CHAT)
      await giveUp(worker, job, account).catch((caught) => {
        // The claim then runs out by itself; signing out does not wait for an ERPNext tab.
        if (!(caught instanceof AppFailure)) throw caught;
      });
  // Of messages that will not go any more nothing stays in OneDrive, as far as it can be reached.
  for (const row of await store.outbox.list(account.id))
    if (!row.act && row.files && row.state !== 'sending')
      await store.outbox.discard(account.id, row.localId, worker.clock.now());
  await worker.outbox.uploads.clean(account.id, Number.POSITIVE_INFINITY);
  // While there is a token for it; what Microsoft does not hear of runs out within the hour.
  await worker.push.giveUp(account.id);
  await worker.syncing.cancel();
  await worker.accounts.signOut(account.id, async () => {
    await store.forgetAccount(account.id);
    await worker.pull.forget(account.id);
    await worker.channelPull.forget(account.id);
    worker.channelList.forget();
    // Last: what the others kept beside it goes with it.
    await worker.me.forget(account);
    worker.presences.forget(account.id);
  });
  await speakersChanged(worker);
}

/** Work that signing out would lose, a line each. */
export async function unfinished(worker: Worker, account: Account): Promise<string[]> {
  const { outbox, jobs } = worker.store;
  const messages = (await outbox.list(account.id)).filter((row) => row.state !== 'sent');
  const open = (await jobs.list(account.id)).filter((job) => !isOver(job.step));
  const of = (kind: string) => open.filter((job) => job.kind === kind);
  const name = (key: ReturnType<typeof recordKey>) => parseRecordKey(key).name;
  return [
    ...messages.map(
      (row) =>
        `A ${row.act ? 'change to a message' : 'message'} ${row.channel ? 'to a channel from' : 'in the chat of'} ${name(row.recordKey)} that is not sent`,
    ),
    ...of(CREATE_CHAT).map((job) => `The chat of ${name(job.recordKey)}, which is being created`),
    ...of(ADD_MEMBERS).map((job) => `People who are being added to the chat of ${name(job.recordKey)}`),
    ...of(WRITE_NOTE).map((job) => `A message that is being written into ERPNext for ${name(job.recordKey)}`),
    ...of(MAP_PEOPLE).map((job) => `The sync of Azure IDs of ${new URL(job.origin).host}`),
  ];
}
