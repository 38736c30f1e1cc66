import type { Accounts } from '../auth/accounts.ts';
import type { Graph } from '../graph/client.ts';
import { systemClock } from '../model/clock.ts';
import type { AccountId, Origin } from '../model/ids.ts';
import type { Changes } from '../rpc/changes.ts';
import type { Store } from '../storage/open.ts';
import type { JobRow } from '../storage/schema.ts';
import { createJobs } from '../sync/jobs.ts';
import { ADD_MEMBERS, addingHandler } from './add-members.ts';
import { buildWorker, type SessionArea } from './build-worker.ts';
import { CREATE_CHAT, creationHandler } from './create-chat.ts';
import { MAP_PEOPLE, mappingHandler } from './map-people.ts';
import type { Side } from './sides.ts';
import { createTabs } from './tabs.ts';
import type { Worker } from './worker.ts';
import { noteHandler, WRITE_NOTE } from './write-note.ts';

export interface SideParts {
  accounts: Accounts;
  graphOf: (id: AccountId | null) => Graph;
  store: Store;
  session: SessionArea;
  changes: Changes;
  /** Sets the alarm of that name for `who`. */
  wake: (name: string, who: string, at: number) => void;
  /** Serves the tabs of private windows alone. */
  incognito: boolean;
}

/** One store, one list of tabs and one runner of jobs, and above them a worker for each account, made when it is needed. */
export function buildSide(parts: SideParts): Side {
  const { accounts, graphOf, store, session, changes, incognito } = parts;
  const side = incognito ? 'private ' : '';
  const wake: SideParts['wake'] = (name, who, at) => parts.wake(name, side + who, at);
  const tabs = createTabs(session, () => crypto.randomUUID().replaceAll('-', ''), `${side}tabs`);
  // A job is done by whoever began it, whoever speaks on its site by now.
  const workerOf = (job: JobRow) => of(job.account);
  const jobs = createJobs({
    store,
    clock: systemClock,
    wake: (at) => wake('jobs', '', at),
    handlers: {
      [CREATE_CHAT]: creationHandler(workerOf),
      [ADD_MEMBERS]: addingHandler(workerOf),
      [MAP_PEOPLE]: mappingHandler(workerOf),
      [WRITE_NOTE]: noteHandler(workerOf),
    },
    changed: (job) =>
      changes.tell(job.kind === MAP_PEOPLE ? { kind: 'mapping', origin: job.origin } : { kind: 'view' }),
  });
  const workers = new Map<AccountId | null, Worker>();
  function of(id: AccountId | null): Worker {
    const there = workers.get(id);
    if (there) return there;
    const made = buildWorker({
      ...{ accounts, as: of, store, session, changes, incognito, tabs, jobs },
      auth: accounts.of(id),
      graph: graphOf(id),
      wakeOutbox: (at) => wake('outbox', id ?? '', at),
      wakePush: (at) => wake('push', id ?? '', at),
      wakeSync: (at) => wake('sync', id ?? '', at),
    });
    workers.set(id, made);
    return made;
  }
  const everybody = async () => (await accounts.known()).map(({ account }) => of(account.id));
  const at = async (site: Origin) => of(await accounts.speaker(site));
  return { tabs, jobs, accounts, of, at, everybody };
}
