import * as v from 'valibot';
import { LOOK_UP_PAGE, lookUp } from '../graph/people.ts';
import { AppFailure } from '../model/errors.ts';
import { asDoctype, asRecordName, type ErpUser, type Origin } from '../model/ids.ts';
import { isUnwritten } from '../model/mapping.ts';
import { type RecordRef, recordKey } from '../model/record.ts';
import { addressOf } from '../storage/mappings.ts';
import type { JobRow, MappingRow } from '../storage/schema.ts';
import type { JobHandler, JobTools } from '../sync/jobs.ts';
import { decideMapping, idsOf } from './decide-mapping.ts';
import { createErp, type Erp } from './erp.ts';
import { signedIn, type Worker } from './worker.ts';

export const MAP_PEOPLE = 'map-people';

/**
 * Who a site's users are at Microsoft: all of them looked up, a page of 300 after the other, and then, where the person
 * wants it and may, each id written into ERPNext. Both halves may be cut off anywhere: a page that was looked up and not
 * noted is looked up again, an id that was written and not noted is found written.
 */
export type Run = v.InferOutput<typeof Run>;

const Run = v.object({
  step: v.picklist(['look', 'write']),
  /** The last user of the last page that is stored; '' before the first. */
  after: v.string(),
  done: v.number(),
  /** 0 until it was counted. */
  total: v.number(),
  /** Whom the run has not met since is no user of the site any more. Milliseconds since 1970. */
  startedAt: v.number(),
  /** The ids are to be written into ERPNext. */
  write: v.boolean(),
  /** Write this one's alone: a person said who it is. */
  only: v.nullable(v.string()),
});

/** How the job runner carries a run on. */
export function mappingHandler(workerOf: (job: JobRow) => Worker): JobHandler {
  return async (job, tools) => {
    const worker = workerOf(job);
    await signedIn(worker);
    const erp = createErp(worker, siteRef(job.origin), job.erpUser);
    let run = v.parse(Run, job.data);
    const save = async (change: Partial<Run>) => {
      run = { ...run, ...change };
      await tools.step(run.step, run);
    };
    while (run.step === 'look') await save(await lookAtPage(worker, job, run, erp, tools));
    if (run.write) await writeIds(worker, job, run.only, erp, save);
    return 'done';
  };
}

/** Whose place in the list of jobs a run takes: there is one run a site. */
export function siteRef(origin: Origin): RecordRef {
  return { origin, doctype: asDoctype('User'), name: asRecordName('') };
}

type Whose = Pick<JobRow, 'account' | 'origin' | 'erpUser'>;

/** Begins a run of the whole site, or goes on with the one there is. */
export function beginRun(worker: Worker, whose: Whose, write: boolean): Promise<void> {
  return begin(worker, whose, runId(whose.origin), { step: 'look', write, only: null });
}

/** Writes one user's id, whom a person has pointed out; a run of the whole site may go on beside it. */
export function beginWrite(worker: Worker, whose: Whose, address: MappingRow['address']): Promise<void> {
  return begin(worker, whose, `${runId(whose.origin)} ${address}`, { step: 'write', write: true, only: address });
}

async function begin(worker: Worker, whose: Whose, id: string, start: Pick<Run, 'step' | 'write' | 'only'>) {
  const data: Run = { ...start, after: '', done: 0, total: 0, startedAt: worker.clock.now() };
  const key = recordKey(siteRef(whose.origin));
  const begun = await worker.jobs.add({ ...whose, id, kind: MAP_PEOPLE, recordKey: key, step: start.step, data });
  if (!begun) void worker.jobs.run(whose.account, id).catch(() => {});
}

/** The job of a site's run: one at a time. */
export function runId(origin: Origin): string {
  return `${MAP_PEOPLE} ${origin}`;
}

/** Whether this person may write other people's User, by the first one that is not themselves. */
export async function mayWriteAll(
  erp: Erp,
  { origin, erpUser }: Pick<JobRow, 'origin' | 'erpUser'>,
  users: readonly ErpUser[],
): Promise<boolean> {
  const other = users.find((user) => user !== erpUser);
  return !!other && erp.mayWrite({ ...siteRef(origin), name: asRecordName(other) });
}

/** Looks the next page up and stores what came of it; answers how far the run is then. */
async function lookAtPage(
  { store, graph, auth, clock }: Worker,
  { account, origin }: JobRow,
  run: Run,
  erp: Erp,
  { signal }: JobTools,
): Promise<Partial<Run>> {
  if (run.total === 0) return { total: Math.max(1, await erp.countUsers()) };
  const users = await erp.users(run.after, LOOK_UP_PAGE);
  const earlier = await store.mappings.get(account, origin, users.map(addressOf));
  const ids = users.flatMap((user) => idsOf(user, earlier.get(addressOf(user))));
  const emails = users.flatMap((user) => user.email ?? []);
  const found = await lookUp(graph, { emails, ids, all: seesAll(await auth.granted()) }, { signal });
  const asked = new Set(ids.map(({ id }) => id));
  const now = clock.now();
  signal.throwIfAborted();
  await store.mappings.savePage(account, origin, users, (user, known) => {
    // Said by the person while the page was on its way: that one was not asked for.
    const said = known?.by === 'person' && known.person && !asked.has(known.person.id) ? known : null;
    return said ? { ...said, ...user, lookedUpAt: now } : decideMapping(user, found, known, now);
  });
  const last = users.at(-1);
  const done = run.done + users.length;
  if (last && users.length === LOOK_UP_PAGE) return { after: last.user, done, total: Math.max(run.total, done) };
  await store.mappings.removeOlder(account, origin, run.startedAt);
  return { step: 'write', done: 0, total: 0 };
}

/** A refusal that is about one user is noted with them, and the others go on. */
async function writeIds(
  { store }: Worker,
  job: JobRow,
  only: string | null,
  erp: Erp,
  save: (change: Partial<Run>) => Promise<void>,
): Promise<void> {
  const { account, origin } = job;
  const due = (row: MappingRow) => isUnwritten(row) && !row.problem && (only === null || row.address === only);
  const rows = (await store.mappings.list(account, origin)).filter(due);
  const users = rows.map((row) => row.user);
  const all = await mayWriteAll(erp, job, users);
  const mine = rows.filter((row) => all || row.user === job.erpUser);
  for (const [done, row] of mine.entries()) {
    await save({ done, total: mine.length });
    const change = await writeId(erp, row);
    await store.mappings.update(account, origin, row.address, change);
  }
}

async function writeId(erp: Erp, row: MappingRow): Promise<Partial<MappingRow>> {
  const value = row.person!.id;
  try {
    await erp.writeAzureId(row.user, value, row.azureId ?? '');
    return { azureId: value, problem: null };
  } catch (caught) {
    if (!(caught instanceof AppFailure) || !OF_ONE_USER.has(caught.error.code)) throw caught;
    return { problem: caught.error };
  }
}

/** With it Graph shows disabled accounts and aliases, which it silently leaves out otherwise. */
export function seesAll(granted: ReadonlySet<string>): boolean {
  return SEES_ALL.some((scope) => granted.has(scope));
}

const SEES_ALL = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const OF_ONE_USER = new Set(['erp-conflict', 'erp-forbidden', 'erp-refused', 'erp-not-found', 'outcome-unknown']);
