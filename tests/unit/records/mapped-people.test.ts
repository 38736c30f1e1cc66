import { beforeEach, describe, expect, it, type vi } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import { asUserId, type Email, foldEmail } from '../../../lib/model/ids.ts';
import type { SiteUser } from '../../../lib/model/mapping.ts';
import type { Person } from '../../../lib/model/person.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { confirmPerson, mappedPeople } from '../../../lib/records/mapped-people.ts';
import { peopleOf, resolve } from '../../../lib/records/people.ts';
import type { Shown } from '../../../lib/records/shown.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { codeOf } from '../erpnext/site.ts';
import { account, erpUser } from '../storage/fixtures.ts';
import { fakeWorker, shownRef } from './fake-worker.ts';

const BOB = foldEmail('bob@example.org') as Email;
const EVE = '00000000-0000-4000-8000-000000000002';
const bob: Person = { id: asUserId('bob'), displayName: 'Bob', mail: BOB, userPrincipalName: BOB, guest: false };
const eve = { id: EVE, displayName: 'Eve', mail: 'eve@example.org', userPrincipalName: 'eve@example.org' };
const record = { ref: shownRef, erpUser, participants: [{ email: BOB, name: 'Bob', source: 'row' }] } as SavedRecord &
  object;
const me: Person = {
  id: asUserId('ada'),
  displayName: 'Ada',
  mail: null,
  userPrincipalName: 'ada@example.org',
  guest: false,
};
const found = new Map([[BOB, [bob]]]);

let worker: Worker;
let order: ReturnType<typeof vi.fn>;
let batches: number;
let claim: string;

beforeEach(async () => {
  ({ worker, order } = await fakeWorker());
  batches = 0;
  claim = EVE;
  order.mockImplementation(async (_: number, key: string) => {
    if (key !== 'site.usersOf') throw new Error(key);
    return { ok: true, value: [{ user: BOB, email: BOB, name: 'Bob', azureId: claim }] as unknown as SiteUser[] };
  });
  worker.graph = {
    budget: { take: async () => {}, blocked: () => {} },
    get: async (path: string) => (path.startsWith(`/users/${EVE}`) ? eve : Promise.reject(new Error(path))),
    post: async (_: string, body: { requests: { id: string }[] }, read: (answer: unknown) => unknown) => {
      batches += 1;
      return read({ responses: body.requests.map(({ id }) => ({ id, status: 200, body: { value: [eve] } })) });
    },
  } as unknown as Worker['graph'];
});

const whoIs = async (map: ReadonlyMap<Email, Person[]> = found) => {
  const mapped = await mappedPeople(worker, { id: account } as never, record, [BOB], map);
  return resolve(peopleOf(record, me), map, me, mapped)[1]!;
};

describe('a forged azure_object_id', () => {
  it('adds nobody: who answers to the address stays, and the other is named', async () => {
    expect(await whoIs()).toMatchObject({ resolution: { person: bob }, notBelieved: { id: EVE } });
    expect(await whoIs(new Map([[BOB, []]]))).toMatchObject({
      resolution: { state: 'not-found' },
      notBelieved: { id: EVE },
    });
  });

  it('that is no id at all asks Microsoft nothing', async () => {
    claim = "x') or (id ne '";
    expect((await whoIs()).notBelieved).toBeUndefined();
    expect(batches).toBe(0);
  });

  it('counts once a person confirmed it, and until then only what ERPNext names may be confirmed', async () => {
    const erp = { usersOf: async () => [{ user: BOB, email: BOB, name: 'Bob', azureId: claim }] };
    const shown = { account: { id: account }, ref: shownRef, erp } as unknown as Shown;
    expect(await codeOf(confirmPerson(worker, shown, BOB, asUserId('somebody-else')))).toBe('record-changed');
    await confirmPerson(worker, shown, BOB, asUserId(EVE));
    expect(await whoIs()).toMatchObject({ resolution: { state: 'found', person: { id: EVE } } });
    expect((await whoIs()).notBelieved).toBeUndefined();
    // Another id in ERPNext changes nothing of what the person said.
    claim = '00000000-0000-4000-8000-000000000003';
    expect(await whoIs()).toMatchObject({ resolution: { person: { id: EVE } } });
  });
});

describe('without ERPNext’s list of users', () => {
  it('the addresses stand alone', async () => {
    order.mockImplementation(async () => ({ ok: false, error: fail('erp-forbidden', 'f', 'f').error }));
    expect(await whoIs()).toMatchObject({ resolution: { person: bob } });
  });
});
