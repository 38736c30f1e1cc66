import type { Account } from '../auth/account.ts';
import { getPerson, lookUp } from '../graph/people.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { Email, UserId } from '../model/ids.ts';
import { claimedId, type SiteUser } from '../model/mapping.ts';
import type { Person } from '../model/person.ts';
import type { SavedRecord } from '../model/record.ts';
import { chosen } from './decide-mapping.ts';
import { createErp } from './erp.ts';
import { seesAll } from './map-people.ts';
import type { Mapped } from './people.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * What is known of these people besides their addresses: whom a person confirmed, and whom ERPNext's own field names.
 * Only where that is somebody else than who answers to the address is Microsoft asked who it is.
 */
export async function mappedPeople(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  emails: Email[],
  found: ReadonlyMap<Email, Person[]>,
): Promise<Mapped> {
  const [rows, users] = await Promise.all([
    worker.store.mappings.get(account.id, record.ref.origin, emails),
    siteUsers(worker, record, emails),
  ]);
  const confirmed = new Map<Email, Person>();
  for (const { email, by, state, person } of rows.values())
    if (email && by === 'person' && state === 'mapped' && person) confirmed.set(email, person);

  const known = new Map([...found.values()].flat().map((person) => [person.id, person]));
  const claims = users.flatMap(({ email, azureId }) => {
    const id = claimedId(azureId);
    return email && id && !confirmed.has(email) ? [{ email, id }] : [];
  });
  const strangers = claims.filter(({ id }) => !known.has(id));
  if (strangers.length > 0) {
    const { byId } = await lookUp(worker.graph, { emails: [], ids: strangers, all: false });
    for (const [id, person] of byId) known.set(id, person);
  }
  const claimed = new Map<Email, Person>();
  for (const { email, id } of claims) {
    const person = known.get(id);
    if (person) claimed.set(email, person);
  }
  return { confirmed, claimed };
}

/** The person says that the account which ERPNext names for this address is theirs indeed. */
export async function confirmPerson(
  worker: Worker,
  { account, ref, erp }: Shown,
  email: Email,
  userId: UserId,
): Promise<void> {
  const user = (await erp.usersOf([email])).find((one) => one.email === email);
  if (!user || claimedId(user.azureId) !== userId)
    throw fail(
      'record-changed',
      'ERPNext names another account now',
      'Look at who it is now, and confirm that if it is right.',
    );
  const person = await getPerson(worker.graph, userId, seesAll(await worker.auth.granted()));
  if (!person)
    throw fail('not-found', 'Microsoft 365 does not know this account any more', 'Nobody can be added by it.');
  const now = worker.clock.now();
  await worker.store.mappings.put({
    ...user,
    ...chosen(person, now),
    account: account.id,
    origin: ref.origin,
    address: email,
  });
}

/** The field is a hint and no more, so that nothing waits for it: without it the addresses stand alone. */
async function siteUsers(worker: Worker, record: SavedRecord, emails: Email[]): Promise<SiteUser[]> {
  try {
    return await createErp(worker, record.ref, record.erpUser).usersOf(emails);
  } catch (caught) {
    if (caught instanceof AppFailure) return [];
    throw caught;
  }
}
