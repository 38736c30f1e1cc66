import type { Account } from '../auth/account.ts';
import { findPeople } from '../graph/people.ts';
import { topicFor } from '../model/chat.ts';
import type { AppError } from '../model/errors.ts';
import type { AccountId, Email } from '../model/ids.ts';
import type { ResolvedParticipant } from '../model/participant.ts';
import type { Person } from '../model/person.ts';
import type { SavedRecord } from '../model/record.ts';
import type { ChatPreview } from '../rpc/contract.ts';
import type { Erp } from './erp.ts';
import { mappedPeople } from './mapped-people.ts';
import { CHAT_LIMIT, peopleOf, refusalFor, resolve } from './people.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/** How long a look-up of people is believed before Microsoft is asked again. */
const PEOPLE_MS = 10 * 60_000;

/** Who would be in the record's chat, and why it cannot be created where it cannot. */
export async function previewChat(worker: Worker, shown: Shown): Promise<ChatPreview> {
  const record = await shown.erp.read(shown.ref);
  const people = await resolvePeople(worker, shown.account, record);
  const cloud = (await worker.settings()).registration?.cloud ?? 'global';
  return {
    topic: topicFor(record.title, record.ref.name),
    people,
    refusal: (await recordRefusal(record, shown.erp)) ?? refusalFor(people),
    limit: CHAT_LIMIT[cloud],
    unsavedPeople: shown.unsavedPeople,
  };
}

/** The record's people and the person acting, each with what Microsoft 365 knows. */
export async function resolvePeople(
  worker: Worker,
  account: Account,
  record: SavedRecord,
): Promise<ResolvedParticipant[]> {
  const me = await worker.me.get(account);
  const participants = peopleOf(record, me);
  const emails = participants.flatMap((p) => (p.email && p.source !== 'self' ? [p.email] : []));
  const found = await lookUp(worker, account.id, emails);
  return resolve(participants, found, me, await mappedPeople(worker, account, record, emails, found));
}

/** What about the record itself stands in the way of linking a chat; null where nothing does. */
export async function recordRefusal(record: SavedRecord, erp: Erp): Promise<AppError | null> {
  if (record.docstatus === 2)
    return {
      code: 'not-permitted',
      title: 'This document is cancelled',
      text: 'ERPNext takes no more changes to it, so no chat can be linked to it.',
    };
  if (!record.hasChatField) return fieldMissing(record, await erp.isAdmin());
  if (await erp.mayWrite(record.ref, record.docstatus === 1 ? 'submit' : 'write')) return null;
  return {
    code: 'erp-forbidden',
    title: `You may read this ${record.ref.doctype}, but not change it`,
    text: `The chat’s id is kept in the record, so creating it needs write permission. Ask ${ownerOf(record)}, who owns it, to create the chat or to share the record with you with “Can Write”.`,
  };
}

/** By name where ERPNext told it, else as ERPNext knows them. */
function ownerOf({ participants, owner }: SavedRecord): string {
  return participants.find((p) => p.source === 'owner')?.name || owner;
}

function fieldMissing(record: SavedRecord, admin: boolean): AppError {
  const { doctype } = record.ref;
  const sentence = `Please create the custom field “custom_teams_chat_id” (Data, hidden, read only, no copy) on ${doctype}, so that Deskside can keep the record’s Teams chat in it.`;
  return {
    code: 'field-missing',
    title: `${doctype} has no field for the chat yet`,
    text: admin
      ? `Deskside keeps the chat’s id in a hidden custom field of the record. You may create it: nothing else is changed.`
      : `Deskside keeps the chat’s id in a hidden custom field, and only an administrator of your ERPNext can create it. Send them this sentence: ${sentence}`,
    action: admin
      ? { kind: 'create-field', label: 'Create the field' }
      : { kind: 'copy', label: 'Copy the sentence', text: sentence },
  };
}

/** Who answers to these addresses, from the store where that was asked lately. */
async function lookUp(worker: Worker, account: AccountId, emails: Email[]): Promise<Map<Email, Person[]>> {
  const { people } = worker.store;
  const now = worker.clock.now();
  const known = await people.get(account, emails, now - PEOPLE_MS);
  const missing = emails.filter((email) => !known.has(email));
  const found = missing.length > 0 ? await findPeople(worker.graph, missing) : new Map<Email, Person[]>();
  for (const email of missing) if (!found.has(email)) found.set(email, []);
  if (missing.length > 0) await people.save(account, found, now);
  return new Map([...[...known].map(([email, row]) => [email, row.people] as const), ...found]);
}
