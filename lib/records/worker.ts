import type { Account } from '../auth/account.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Auth } from '../auth/auth.ts';
import { CHANNELS, FILES } from '../auth/scopes.ts';
import type { Graph } from '../graph/client.ts';
import type { Clock } from '../model/clock.ts';
import { fail } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import type { Person } from '../model/person.ts';
import type { Changes } from '../rpc/changes.ts';
import type { orderTab } from '../rpc/orders.ts';
import type { Settings } from '../settings/items.ts';
import type { Store } from '../storage/open.ts';
import type { Around } from '../sync/around.ts';
import type { Jobs } from '../sync/jobs.ts';
import type { Outbox } from '../sync/outbox.ts';
import type { Pull } from '../sync/pull.ts';
import type { ChannelPull } from '../sync/pull-channel.ts';
import type { Push } from '../sync/push.ts';
import type { createRinger } from '../sync/ring.ts';
import type { Syncing } from '../sync/syncing.ts';
import type { ChannelList } from './channel-list.ts';
import type { Presences } from './presence.ts';
import type { Tabs } from './tabs.ts';

/**
 * What the use cases work with, as one account (or nobody); made once a worker's life in build-side.ts. Store, tabs and
 * jobs are those of all accounts.
 */
export interface Worker {
  auth: Auth;
  /** All who are signed in, and who speaks where. */
  accounts: Accounts;
  /** The worker of another account. */
  as(id: AccountId): Worker;
  graph: Graph;
  store: Store;
  tabs: Tabs;
  presences: Presences;
  changes: Changes;
  outbox: Outbox;
  pull: Pull;
  push: Push;
  ringer: ReturnType<typeof createRinger>;
  around: Around;
  syncing: Syncing;
  channelPull: ChannelPull;
  channelList: ChannelList;
  jobs: Jobs;
  clock: Clock;
  settings(): Promise<Settings>;
  redirectUri: string;
  order: typeof orderTab;
  /** Whether this worker serves a private window's tabs alone (Chromium, split). */
  incognito: boolean;
  me: Me;
}

/** The signed-in person, remembered for the browser session so that nobody waits for `GET /me` twice. */
export interface Me {
  get(account: Account): Promise<Person>;
  forget(account: Account): Promise<void>;
}

export async function signedIn(worker: Worker): Promise<Account> {
  const account = await worker.auth.account();
  if (account) return account;
  throw fail('signed-out', 'You are signed out of Microsoft', 'Sign in again to go on.', {
    action: { kind: 'sign-in', label: 'Sign in with Microsoft' },
  });
}

/** Reading messages needs one of these; both belong to the tier an administrator may have to allow. */
export async function canRead(worker: Pick<Worker, 'auth'>): Promise<boolean> {
  const granted = await worker.auth.granted();
  return granted.has('Chat.Read') || granted.has('Chat.ReadWrite');
}

/** Whether own messages can be edited and deleted. Docs: api/chatmessage-update, -softdelete. */
export async function mayChange(worker: Pick<Worker, 'auth'>): Promise<boolean> {
  return (await worker.auth.granted()).has('Chat.ReadWrite');
}

/** Putting files into the person's OneDrive: a person can allow it. */
export async function mayUpload(worker: Pick<Worker, 'auth'>): Promise<boolean> {
  const granted = await worker.auth.granted();
  return FILES.every((scope) => granted.has(scope));
}

/** Finding channels and posting to them: a person can allow it. */
export async function canPostInChannels(worker: Pick<Worker, 'auth'>): Promise<boolean> {
  const granted = await worker.auth.granted();
  return CHANNELS.every((scope) => granted.has(scope));
}

/** Reading what others write in channels: an administrator has to allow it. */
export async function canReadChannels(worker: Pick<Worker, 'auth'>): Promise<boolean> {
  return (await worker.auth.granted()).has('ChannelMessage.Read.All');
}
