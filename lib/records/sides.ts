import type { Accounts } from '../auth/accounts.ts';
import type { AccountId, Origin, RecordKey } from '../model/ids.ts';
import { parseRecordKey } from '../model/record.ts';
import { SENDERS, type Sender, type WorkerHandlers } from '../rpc/server.ts';
import type { Jobs } from '../sync/jobs.ts';
import type { Tabs } from './tabs.ts';
import type { Worker } from './worker.ts';

/** What one background keeps for its ordinary tabs, or for private windows: the rows and tabs of all accounts there. */
export interface Side {
  tabs: Tabs;
  jobs: Jobs;
  accounts: Accounts;
  /** The worker of one account, or of nobody; the same one each time. */
  of(id: AccountId | null): Worker;
  /** The worker of whoever speaks on this site; nobody's where that is not said. */
  at(site: Origin): Promise<Worker>;
  /** The workers of all who are signed in, in the order of signing in. */
  everybody(): Promise<Worker[]>;
}

/** The sides of one background: for ordinary tabs, and for private windows where it serves those too. */
export interface Sides {
  ordinary: Side;
  hidden: Side | null;
}

export function allSides({ ordinary, hidden }: Sides): Side[] {
  return hidden ? [ordinary, hidden] : [ordinary];
}

/**
 * Answers each sender from its own side, as the account that speaks on its site: what a private window shows must not
 * reach the disk, nor another's tabs, and nothing of one account another's.
 */
export function callsBySide(sides: Sides, callsOf: (worker: Worker) => WorkerHandlers): WorkerHandlers {
  const made = new Map<Worker, WorkerHandlers>();
  const handlersOf = (worker: Worker) => {
    const handlers = made.get(worker) ?? callsOf(worker);
    made.set(worker, handlers);
    return handlers;
  };
  const names = Object.keys(SENDERS) as (keyof WorkerHandlers)[];
  const entries = names.map((name) => {
    const answer = async (data: never, sender: Sender) => {
      const side = (sender.incognito && sides.hidden) || sides.ordinary;
      const worker = await askedOf(side, data, sender);
      return handlersOf(worker)[name](data, sender);
    };
    return [name, answer];
  });
  return Object.fromEntries(entries) as WorkerHandlers;
}

/**
 * Whose worker a call goes to. A tab's calls go to whoever speaks on its site, as its content script reported it (the
 * first report names it itself). Popup and options stand in no tab: they name a site or a record of it; what is of no
 * site is asked of whoever signed in first.
 */
async function askedOf(side: Side, data: unknown, { from, tabId }: Sender): Promise<Worker> {
  const { origin, key } = (data ?? {}) as { origin?: unknown; key?: unknown };
  if (from !== 'panel' && typeof origin === 'string') return side.at(origin as Origin);
  if (from === 'panel' || from === 'desk') {
    const tab = tabId === undefined ? null : await side.tabs.get(tabId);
    return tab ? side.at(tab.origin) : side.of(null);
  }
  if (typeof key === 'string') return side.at(parseRecordKey(key as RecordKey).origin);
  return (await side.everybody())[0] ?? side.of(null);
}
