import { type AppError, toAppError } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import { type AccountRows, createAccountRows } from './accounts.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type Channels, createChannels } from './channels.ts';
import { type Chats, createChats } from './chats.ts';
import type { Database } from './database.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createEviction, type Eviction } from './evict.ts';
import { createFiles, type Files } from './files.ts';
import { forgetAccount } from './forget.ts';
import { openIndexedDb } from './indexed-db.ts';
import { createJobRows, type JobRows } from './jobs.ts';
import { createLinks, type Links } from './links.ts';
import { createMappings, type Mappings } from './mappings.ts';
import { createMemoryDb } from './memory-db.ts';
import { mending } from './mending.ts';
import { createMessages, type Messages } from './messages.ts';
import { createOutboxRows, type OutboxRows } from './outbox.ts';
import { createPeople, type People } from './people.ts';
import { createPhotos, type Photos } from './photos.ts';
import { createPictures, type Pictures } from './pictures.ts';
import { createPushes, type Pushes } from './pushes.ts';
import { DamagedDatabase, isAside, restore, setAside } from './rebuild.ts';
import { createRebuilt, type Rebuilt } from './rebuilt.ts';
import { createSearch, type Search } from './search/search.ts';
import { createSyncs, type Syncs } from './syncs.ts';
import { createThreads, type Threads } from './threads.ts';
import { createUsage, type UsageRows } from './usage.ts';

/** All that is kept on this machine, one repository a store. Opened by the worker alone. */
export interface Store {
  chats: Chats;
  messages: Messages;
  links: Links;
  outbox: OutboxRows;
  jobs: JobRows;
  drafts: Drafts;
  pictures: Pictures;
  files: Files;
  people: People;
  photos: Photos;
  mappings: Mappings;
  answers: Answers;
  search: Search;
  eviction: Eviction;
  usage: UsageRows;
  accounts: AccountRows;
  pushes: Pushes;
  syncs: Syncs;
  channels: Channels;
  threads: Threads;
  /** Everything of this account, in one transaction. */
  forgetAccount(account: AccountId): Promise<void>;
  /** There was none before: a first start, or the browser took it away. */
  isNew: boolean;
  rebuilt: Rebuilt;
  /** Set where nothing outlives the browser's run, to be said to the person; null where all is well. */
  problem: AppError | null;
  close(): void;
}

/**
 * The store on disk. One that is damaged is made anew with what could be read of it. Where the browser refuses IndexedDB
 * ("never remember history", a broken profile) the same repositories run in memory, and `problem` says so.
 */
export async function openStore(name = 'deskside'): Promise<Store> {
  try {
    return await onDisk(name);
  } catch {
    // Once more: right after a browser update or a crash the first opening may fail and the second not.
  }
  try {
    return await onDisk(name).catch(async (caught) => {
      if (!(caught instanceof DamagedDatabase)) throw caught;
      await setAside(name);
      return onDisk(name);
    });
  } catch (caught) {
    return openMemoryStore(toAppError(caught).detail);
  }
}

async function onDisk(name: string): Promise<Store> {
  let isNew = false;
  const opening = openIndexedDb(name, () => {
    isNew = true;
  });
  const [db, aside] = await Promise.all([opening, isAside(name)]);
  try {
    if (aside) await restore(name, db);
  } catch (caught) {
    db.close();
    throw caught;
  }
  return { ...storeOver(mending(db), null), isNew: isNew && !aside };
}

/**
 * Where the browser runs a worker of its own for private windows (Chromium, split), it keeps that one's IndexedDB in
 * memory: it outlives the worker, not the last private window. So the store is the usual one, and says what it forgets.
 */
export async function openPrivateStore(name?: string): Promise<Store> {
  const store = await openStore(name);
  return {
    ...store,
    problem: store.problem ?? {
      code: 'storage-unavailable',
      title: 'This is a private window',
      text: 'What you read and write here is forgotten when you close it: messages, drafts and your sign-in. A message that is not sent by then is lost.',
    },
  };
}

/** For private windows, whose rows may never reach the disk. */
export function openMemoryStore(detail?: string): Store {
  return storeOver(createMemoryDb(), { ...NOTHING_KEPT, ...(detail ? { detail } : {}) });
}

/** What a person is told where a store lives in memory. */
export const NOTHING_KEPT: AppError = {
  code: 'storage-unavailable',
  title: 'Nothing is kept here',
  text: 'This window does not let Deskside keep anything. Messages load again each time, and a message that is not sent yet is lost when you close the browser.',
};

/** The repositories over one database. */
export function storeOver(db: Database, problem: AppError | null): Store {
  const search = createSearch(db);
  return {
    chats: createChats(db),
    messages: createMessages(db),
    links: createLinks(db),
    outbox: createOutboxRows(db),
    jobs: createJobRows(db),
    drafts: createDrafts(db),
    pictures: createPictures(db),
    files: createFiles(db),
    people: createPeople(db),
    photos: createPhotos(db),
    mappings: createMappings(db),
    answers: createAnswers(db),
    search,
    eviction: createEviction(db),
    usage: createUsage(db),
    accounts: createAccountRows(db),
    pushes: createPushes(db),
    syncs: createSyncs(db),
    channels: createChannels(db),
    threads: createThreads(db),
    async forgetAccount(account) {
      await forgetAccount(db, account);
      search.drop(account);
    },
    rebuilt: createRebuilt(db),
    isNew: false,
    problem,
    close: () => db.close(),
  };
}
