import type { Account } from '../auth/account.ts';
import { getChat } from '../graph/chats.ts';
import { listMembers, removeMember } from '../graph/members.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { linkedChat, type Shown } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import type { Worker } from './worker.ts';

/** Taking anybody out of a chat, oneself included, needs it; every organisation leaves it to its administrator. */
export const MAY_REMOVE = 'ChatMember.ReadWrite';

/** The person takes somebody out of the chat who is not among the record's people. */
export async function takeOut(
  worker: Worker,
  shown: Shown,
  order: { chatId: ChatId; membershipId: string },
): Promise<void> {
  await checkSpeaker(worker, shown);
  const chatId = await linkedChat(worker, shown, order.chatId);
  await checkMayRemove(worker);
  await removeSurely(worker, chatId, order.membershipId);
  await refresh(worker, shown.account, chatId);
  worker.changes.tell({ kind: 'view' });
}

/**
 * The person goes out of the chat. Record and chat stay linked, so that colleagues find it, and the person is told whom
 * to ask when they want to come back.
 * @throws AppFailure `not-permitted` while something of theirs is still to be sent there.
 */
export async function leaveChat(worker: Worker, shown: Shown, expected: ChatId): Promise<void> {
  await checkSpeaker(worker, shown);
  const { account } = shown;
  const chatId = await linkedChat(worker, shown, expected);
  await checkMayRemove(worker);
  if ((await worker.outbox.view(account.id, chatId)).length > 0)
    throw fail(
      'not-permitted',
      'A message of yours is not sent yet',
      'Send it again or discard it; then leave the chat.',
    );
  const mine = (await membersOrNone(worker, chatId)).find((member) => member.userId === account.userId);
  if (mine) await removeSurely(worker, chatId, mine.membershipId);
  await worker.store.links.close(account.id, chatId);
  worker.changes.tell({ kind: 'marks' });
  worker.changes.tell({ kind: 'view' });
}

/** A lost answer is settled by looking who is in the chat; what is gone already is what was wanted. */
async function removeSurely(worker: Worker, chatId: ChatId, membershipId: string): Promise<void> {
  try {
    await removeMember(worker.graph, chatId, membershipId);
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    if (caught.error.code === 'not-found') return;
    if (!UNSURE.has(caught.error.code)) throw caught;
    const members = await membersOrNone(worker, chatId).catch(() => null);
    if (!members || members.some((member) => member.membershipId === membershipId)) throw caught;
  }
}

const UNSURE = new Set(['offline', 'microsoft-down', 'outcome-unknown']);

/** None where this account is not in the chat (any more). */
async function membersOrNone(worker: Worker, chatId: ChatId) {
  try {
    return await listMembers(worker.graph, chatId);
  } catch (caught) {
    if (caught instanceof AppFailure && caught.error.code === 'not-a-member') return [];
    throw caught;
  }
}

async function checkMayRemove(worker: Worker): Promise<void> {
  if ((await worker.auth.granted()).has(MAY_REMOVE)) return;
  throw fail(
    'missing-scope',
    'Deskside may not take anybody out of a chat',
    'Your administrator has to allow it. In Teams you can do it now.',
    { action: { kind: 'consent', label: 'Ask an administrator', url: await worker.auth.adminConsentUrl('members') } },
  );
}

/** Who is in it now. Where Microsoft asks for a pause the next look brings it. */
async function refresh({ graph, store }: Worker, account: Account, chatId: ChatId): Promise<void> {
  try {
    await store.chats.save(account.id, await getChat(graph, chatId));
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
  }
}
