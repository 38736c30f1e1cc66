import { getPerson, LOOK_UP_PAGE, lookUp, searchPeople } from '../graph/people.ts';
import { fail } from '../model/errors.ts';
import type { Origin, UserId } from '../model/ids.ts';
import type { DirectoryPerson, Mapping } from '../model/mapping.ts';
import type { MappingPrice, MappingProtocol, MappingRun, MappingView } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import type { JobRow, MappingRow } from '../storage/schema.ts';
import { chosen, decideMapping, idsOf } from './decide-mapping.ts';
import { beginRun, beginWrite, mayWriteAll, type Run, runId, seesAll } from './map-people.ts';
import { loggedIn, noTab, siteErp } from './site-erp.ts';
import { signedIn, type Worker } from './worker.ts';

/** What the options page asks of the mapping of a site's users. */
export function mappingCalls(worker: Worker): Pick<WorkerHandlers, keyof MappingProtocol> {
  const { store, jobs, graph, changes } = worker;
  return {
    'mapping.view': ({ origin }) => mappingView(worker, origin),
    'mapping.price': ({ origin }) => mappingPrice(worker, origin),
    async 'mapping.rows'({ origin }) {
      const account = await signedIn(worker);
      const rows = await store.mappings.list(account.id, origin);
      return rows.map(({ account: _, origin: __, ...line }) => line);
    },
    async 'mapping.start'({ origin, write }) {
      const account = await signedIn(worker);
      const erpUser = await loggedIn(worker, origin);
      if (!erpUser) throw noTab(origin);
      await beginRun(worker, { account: account.id, origin, erpUser }, write);
    },
    async 'mapping.stop'({ origin }) {
      await jobs.discard((await signedIn(worker)).id, runId(origin));
    },
    async 'mapping.goOn'({ origin }) {
      const account = await signedIn(worker);
      const job = await store.jobs.get(account.id, runId(origin));
      if (job) await jobs.answer(account.id, job.id, job.data);
    },
    async 'mapping.choose'({ origin, address, userId, write }) {
      const account = await signedIn(worker);
      const key = address as MappingRow['address'];
      const row = (await store.mappings.get(account.id, origin, [key])).get(key);
      if (!row) throw fail('record-changed', 'This user is not in the list any more', 'Run the sync again.');
      const change = userId
        ? chosen(await known(worker, userId), worker.clock.now())
        : await decidedAnew(worker, row, worker.clock.now());
      await store.mappings.update(account.id, origin, key, change);
      changes.tell({ kind: 'mapping', origin });
      const erpUser = await loggedIn(worker, origin);
      if (write && erpUser) await beginWrite(worker, { account: account.id, origin, erpUser }, key);
    },
    async 'mapping.search'({ text }) {
      await signedIn(worker);
      return searchPeople(graph, text);
    },
  };
}

async function known({ graph, auth }: Worker, userId: UserId): Promise<DirectoryPerson> {
  const person = await getPerson(graph, userId, seesAll(await auth.granted()));
  if (person) return person;
  throw fail('not-found', 'Microsoft 365 does not know this person any more', 'Search again and choose another one.');
}

/** What the address says once nobody's word counts any more. */
async function decidedAnew({ graph, auth }: Worker, row: MappingRow, now: number): Promise<Mapping> {
  const emails = row.email ? [row.email] : [];
  const found = await lookUp(graph, { emails, ids: idsOf(row, undefined), all: seesAll(await auth.granted()) });
  const { user, email, name, azureId } = row;
  return decideMapping({ user, email, name, azureId }, found, undefined, now);
}

async function mappingView({ auth, store }: Worker, origin: Origin): Promise<MappingView> {
  const account = await auth.account();
  const job = account ? await store.jobs.get(account.id, runId(origin)) : undefined;
  return {
    signedIn: account !== null,
    seesAll: account !== null && seesAll(await auth.granted()),
    run: job ? runView(job) : null,
  };
}

function runView({ data, problem, wakeAt }: JobRow): MappingRun {
  const { step, done, total } = data as Run;
  return { step, done, total, problem, wakeAt };
}

async function mappingPrice(worker: Worker, origin: Origin): Promise<MappingPrice> {
  const erp = await siteErp(worker, origin);
  const erpUser = (await loggedIn(worker, origin))!;
  const [users, some] = await Promise.all([erp.countUsers(), erp.users('', 2)]);
  const pages = Math.ceil(users / LOOK_UP_PAGE);
  const names = some.map(({ user }) => user);
  return {
    users,
    // Aliases of a page where most are unknown take a request of their own.
    requests: (seesAll(await worker.auth.granted()) ? 3 : 2) * pages,
    seconds: pages * SECONDS_A_PAGE,
    secondsAWrite: SECONDS_A_WRITE,
    mayWriteAll: await mayWriteAll(erp, { origin, erpUser }, names),
    hasField: some.some(({ azureId }) => azureId !== null),
  };
}

/** Two requests of 20 look-ups each, which the budget spreads over two seconds, and ERPNext's list. */
const SECONDS_A_PAGE = 3;
/** A User is saved whole, with everything that ERPNext hangs on it. */
const SECONDS_A_WRITE = 0.5;
