import type { Account } from '../auth/account.ts';
import { listMembers, whoLeft } from '../graph/members.ts';
import type { ChatMember } from '../model/chat.ts';
import { fail } from '../model/errors.ts';
import type { ChatId, ErpUser, UserId } from '../model/ids.ts';
import type { ResolvedParticipant } from '../model/participant.ts';
import { type RecordRef, recordKey, type SavedRecord } from '../model/record.ts';
import type { MembersView } from '../rpc/contract.ts';
import { autoFor } from '../settings/members.ts';
import type { LinkRow } from '../storage/schema.ts';
import { ADD_MEMBERS, type Adding, type NewPerson } from './add-members.ts';
import { compareMembers, secondsToAdd } from './compare-members.ts';
import { CHAT_LIMIT } from './people.ts';
import { resolvePeople } from './preview-chat.ts';
import { MAY_REMOVE } from './remove-member.ts';
import { linkedChat, type Shown } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import type { Worker } from './worker.ts';

/** How the people of the record on screen and the members of its chat differ, now. */
export async function membersView(worker: Worker, shown: Shown): Promise<MembersView> {
  const chatId = await linkedChat(worker, shown);
  const record = await shown.erp.read(shown.ref);
  const { missing, unresolved, extra, members } = await differenceOf(worker, shown.account, record, chatId);
  const granted = await worker.auth.granted();
  const link = await worker.store.links.get(shown.account.id, recordKey(shown.ref));
  if (link && (await isAuto(shown.ref))) await addByItself(worker, { ...shown, link, missing });
  return {
    missing,
    unresolved,
    extra: await withLeavers(worker, extra),
    seconds: secondsToAdd(missing.length),
    room: CHAT_LIMIT[(await worker.settings()).registration?.cloud ?? 'global'] - members.length,
    mayAdd: MAY_ADD.some((scope) => granted.has(scope)),
    mayRemove: granted.has(MAY_REMOVE),
    dismissed: link?.dismissed ?? [],
  };
}

async function differenceOf(worker: Worker, account: Account, record: SavedRecord, chatId: ChatId) {
  const [people, members] = await Promise.all([
    resolvePeople(worker, account, record),
    listMembers(worker.graph, chatId),
  ]);
  return { ...compareMembers(people, members), members };
}

async function isAuto(ref: RecordRef): Promise<boolean> {
  const { site, doctype } = await autoFor(ref);
  return site || doctype;
}

/** Either lets this account add people; both are the administrator's to allow by Microsoft's default policy. */
const MAY_ADD = ['Chat.ReadWrite', 'ChatMember.ReadWrite'];

async function withLeavers(worker: Worker, extra: ChatMember[]): Promise<MembersView['extra']> {
  const ids = extra.flatMap((m) => m.userId ?? []);
  const left = ids.length > 0 ? await whoLeft(worker.graph, ids) : new Set<UserId>();
  return extra.map((member) => ({ member, left: !!member.userId && left.has(member.userId) }));
}

/**
 * Write down that these people are to be added to the record's chat.
 * @param requestId of the panel: a second click starts nothing.
 * @param userIds whom the person chose, each one of the record's people: an id that only the panel knows is not believed.
 */
export async function addMembers(
  worker: Worker,
  shown: Shown,
  order: { requestId: string; chatId: ChatId; userIds: UserId[] },
): Promise<void> {
  await checkSpeaker(worker, shown);
  const chatId = await linkedChat(worker, shown, order.chatId);
  const people = await resolvePeople(worker, shown.account, await shown.erp.read(shown.ref));
  const known = new Map(people.flatMap(newPeople).map((person) => [person.userId, person]));
  const queue = order.userIds.flatMap((id) => known.get(id) ?? []);
  if (queue.length === 0 || queue.length !== order.userIds.length)
    throw fail(
      'record-changed',
      'The record’s people have changed',
      'Nobody was added. Look at the list again and choose anew.',
    );
  await begin(worker, shown, order.requestId, chatId, queue);
}

/** Whom a line of the record can mean; more than one where the person has to choose. */
function newPeople({ participant, resolution }: ResolvedParticipant): NewPerson[] {
  const people =
    resolution.state === 'ambiguous' ? resolution.people : 'person' in resolution ? [resolution.person] : [];
  return people.map((person) => ({
    userId: person.id,
    role: person.guest ? 'guest' : 'owner',
    name: person.displayName || participant.name,
  }));
}

async function begin(
  worker: Worker,
  { account, ref, erpUser }: Pick<Shown, 'account' | 'ref' | 'erpUser'>,
  id: string,
  chatId: ChatId,
  queue: NewPerson[],
): Promise<void> {
  const key = recordKey(ref);
  for (const job of await worker.store.jobs.ofRecord(account.id, key, ADD_MEMBERS)) {
    if (job.step !== 'told')
      throw fail('not-permitted', 'People are being added already', 'Wait until that is done, then add the others.');
    await worker.jobs.discard(account.id, job.id);
  }
  const data: Adding = { chatId, queue, trying: null, added: [], failed: [] };
  await worker.jobs.add({
    id,
    kind: ADD_MEMBERS,
    account: account.id,
    recordKey: key,
    origin: ref.origin,
    erpUser,
    step: 'adding',
    data,
  });
}

/** The report was read, or the rest is given up. Who is in the chat by then stays there. */
export async function endAdding(worker: Worker, shown: Shown): Promise<void> {
  for (const job of await worker.store.jobs.ofRecord(shown.account.id, recordKey(shown.ref), ADD_MEMBERS))
    await worker.jobs.discard(job.account, job.id);
}

/**
 * Where the person set it so: people who were added to the record join its chat without a question. Only in a chat that
 * this account made, or said to be the record's; only people of this organisation; never anything that was said before.
 * Anybody may write a public Event, so a forged id or participant must open a chat to nobody from outside.
 */
async function addByItself(
  worker: Worker,
  who: { account: Account; erpUser: ErpUser; ref: RecordRef; link: LinkRow; missing: ResolvedParticipant[] },
): Promise<void> {
  const { account, ref, link } = who;
  if (link.confirmedBy === 'marker') return;
  if ((await worker.store.jobs.ofRecord(account.id, recordKey(ref), ADD_MEMBERS)).length > 0) return;
  const dismissed = new Set(link.dismissed);
  const queue = who.missing
    .filter((line) => line.resolution.state === 'found')
    .flatMap(newPeople)
    .filter((person) => !dismissed.has(person.userId));
  if (queue.length > 0) await begin(worker, who, crypto.randomUUID(), link.chatId, queue);
}

/** The same as a person works on the record with its panel closed; nothing where people are not added by themselves. */
export async function keepInStep(
  worker: Worker,
  shown: Omit<Shown, 'dirty' | 'unsavedPeople'>,
  link: LinkRow,
): Promise<void> {
  if (link.confirmedBy === 'marker' || !(await isAuto(shown.ref))) return;
  const record = await shown.erp.read(shown.ref);
  const { missing } = await differenceOf(worker, shown.account, record, link.chatId);
  await addByItself(worker, { ...shown, link, missing });
}
