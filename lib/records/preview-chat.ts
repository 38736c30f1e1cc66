import type { Account } from '../auth/account.ts';
import { findPeople } from '../graph/people.ts';
import { topicFor } from '../model/chat.ts';
import type { AccountId, Email } from '../model/ids.ts';
import type { ResolvedParticipant } from '../model/participant.ts';
import type { Person } from '../model/person.ts';
import type { SavedRecord } from '../model/record.ts';
import type { ChatPreview } from '../rpc/contract.ts';
import { homeOf } from './home.ts';
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
  const home = await homeOf(worker, record, shown.erp);
  const cloud = (await worker.settings()).registration?.cloud ?? 'global';
  return {
    topic: topicFor(record.title, record.ref.name),
    people,
    refusal: home.place === null ? home.refusal : refusalFor(people),
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
