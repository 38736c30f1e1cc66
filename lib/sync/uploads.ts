import type { Clock } from '../model/clock.ts';
import { type AppError, AppFailure, fail, toAppError } from '../model/errors.ts';
import type { AccountId, ChatId, UserId } from '../model/ids.ts';
import type { OutgoingAttachment } from '../model/message.ts';
import { type DriveFile, driveName, numbered, type RangeAnswer, type SendFile, UPLOAD_UNIT } from '../model/upload.ts';
import type { ChangeNotice } from '../rpc/contract.ts';
import type { Store } from '../storage/open.ts';
import type { SendRow } from '../storage/schema.ts';
import type { Me } from './message-api.ts';
import { MENDED, MENDED_MS, OFFLINE_MS, waitAfter } from './send-outcome.ts';
import { shareWith } from './share-with.ts';
import { waitsForFiles } from './with-files.ts';

/** The calls of OneDrive that sending a file needs, for the account that is signed in. */
export interface FilesApi {
  find(name: string): Promise<DriveFile | null>;
  open(name: string): Promise<string>;
  put(url: string, bytes: Blob, from: number, total: number): Promise<RangeAnswer>;
  state(url: string): Promise<RangeAnswer>;
  giveUp(url: string): Promise<void>;
  share(itemId: string, people: readonly UserId[]): Promise<void>;
  attachmentOf(itemId: string): Promise<OutgoingAttachment>;
  remove(itemId: string): Promise<void>;
}

export interface UploadDeps {
  store: Store;
  files: FilesApi;
  clock: Clock;
  me(): Promise<Me | null>;
  online(): boolean;
  changed(notice: ChangeNotice): void;
  /** Sets the alarm for what waits; also what keeps a worker from being taken for idle. */
  alarm(account: AccountId): Promise<void>;
  /** A message of this chat has all its files. */
  ready(chatId: ChatId): void;
}

/** After this long a discarded message is over, and what was uploaded of it is taken back. */
export const UNDO_MS = 60_000;
/** This machine's clock may differ so much from Microsoft's. */
const SKEW_MS = 5 * 60_000;
/** Ranges grow while they are quick, and shrink before the worker's patience ends. */
const MOST_UNITS = 16;
const QUICK_MS = 2_000;
const SLOW_MS = 10_000;

/**
 * Brings the files of messages on their way into the person's OneDrive, one after the other, before the messages go. How
 * far each has come is on the disk before the next step: the worker may die between any two lines. OneDrive knows how much
 * of a file it has, so nothing is sent twice; an upload whose last answer was lost is looked for under its name, which was
 * free when it began.
 */
export function createUploads({ store, files: api, clock, ...deps }: UploadDeps) {
  let running: { again: boolean; done: Promise<void> } | null = null;
  let units = 1;
  /** What OneDrive said last, in this life of the worker. */
  const nexts = new Map<string, number>();

  /** Resolves when nothing more can be done now. */
  function run(): Promise<void> {
    if (running) {
      running.again = true;
      return running.done;
    }
    const mine = { again: false, done: Promise.resolve() };
    running = mine;
    mine.done = (async () => {
      try {
        do {
          mine.again = false;
          await all();
        } while (mine.again);
      } finally {
        running = null;
      }
    })();
    return mine.done;
  }

  async function all(): Promise<void> {
    const me = await deps.me();
    if (!me || !deps.online()) return;
    for (;;) {
      const waiting = (await store.outbox.list(me.account)).filter(waitsForFiles);
      const due = waiting.find(({ state, notBefore }) => state === 'queued' && notBefore <= clock.now());
      if (!due || (await deps.me())?.account !== me.account) break;
      await step(due, me);
    }
    await clean(me.account);
  }

  /** Moves the row's first file that is not there by one step; trouble is written into the row. */
  async function step(row: SendRow, me: Me): Promise<void> {
    const file = row.files!.find(({ attachment }) => !attachment)!;
    try {
      if (file.itemId) return await open(row, file, file.itemId, me);
      await (file.uploadUrl ? send(row, file, file.uploadUrl) : begin(row, file));
    } catch (caught) {
      nexts.delete(file.id);
      const error = caught instanceof AppFailure ? caught.error : (lost(caught) ?? toAppError(caught));
      await store.outbox.change<SendRow>(row.account, row.localId, ['queued'], afterTrouble(error, clock.now()));
      deps.changed({ kind: 'messages', chatId: row.chatId, outbox: true });
    }
  }

  async function begin(row: SendRow, file: SendFile): Promise<void> {
    const as = await freeName(driveName(file.name));
    if (!(await note(row, file, { as, begunAt: clock.now(), sent: 0 }))) return;
    const uploadUrl = await api.open(as);
    nexts.set(file.id, 0);
    await note(row, file, { as, begunAt: clock.now(), uploadUrl, sent: 0 });
  }

  async function send(row: SendRow, file: SendFile, url: string): Promise<void> {
    const next = nexts.get(file.id);
    const began = clock.now();
    let answer: RangeAnswer;
    if (next === undefined) answer = await api.state(url);
    else {
      const bytes = await store.files.range(row.account, file.id, file.size, next, units * UPLOAD_UNIT);
      if (!bytes?.size) throw notKept();
      answer = await api.put(url, bytes, next, file.size);
      const took = clock.now() - began;
      if (took < QUICK_MS) units = Math.min(MOST_UNITS, units * 2);
      else if (took > SLOW_MS) units = Math.max(1, units / 2);
    }
    if (answer.kind === 'more') {
      nexts.set(file.id, answer.next);
      await note(row, file, { sent: answer.next });
      deps.changed({ kind: 'upload', chatId: row.chatId });
      return deps.alarm(row.account);
    }
    nexts.delete(file.id);
    if (answer.kind === 'whole') return arrived(row, file, answer.file);
    if (answer.kind === 'later') throw fail('throttled', '', '', { retryAfter: answer.after ?? OFFLINE_MS / 1000 });
    // Its answer may have been lost: then the file is there.
    const found = answer.kind === 'gone' ? await findOurs(file) : null;
    if (found) return arrived(row, file, found);
    await note(row, file, { sent: 0, uploadUrl: undefined });
    await store.outbox.change<SendRow>(row.account, row.localId, ['queued'], { notBefore: clock.now() + OFFLINE_MS });
  }

  async function arrived(row: SendRow, file: SendFile, { id }: DriveFile): Promise<void> {
    await note(row, file, { itemId: id, sent: file.size, uploadUrl: undefined });
    // Not before it is known where it lies; what dies here the sweep takes.
    await store.files.drop(row.account, [file.id]);
  }

  async function open(row: SendRow, file: SendFile, itemId: string, me: Me): Promise<void> {
    const members = (await store.chats.get(row.account, row.chatId))?.members ?? [];
    await shareWith(api, itemId, members, me.userId);
    const now = await note(row, file, { attachment: await api.attachmentOf(itemId) });
    if (now && !waitsForFiles(now)) deps.ready(row.chatId);
  }

  /** On the disk. Undefined where the message does not wait any more. */
  async function note(row: SendRow, file: SendFile, change: Changes): Promise<SendRow | undefined> {
    const next = Object.assign({}, file, change) as SendFile;
    if (change.uploadUrl === undefined && 'uploadUrl' in change) delete next.uploadUrl;
    Object.assign(file, next);
    const files = row.files!.map((one) => (one.id === file.id ? next : one));
    return store.outbox.noteFiles(row.account, row.localId, files);
  }

  async function freeName(wanted: string): Promise<string> {
    for (let i = 0; i < 5; i++) {
      const name = i ? numbered(wanted, i) : wanted;
      if (!(await api.find(name))) return name;
    }
    return numbered(wanted, new Date(clock.now()).toISOString().replace(/[-:]|\..*$/g, ''));
  }

  async function findOurs({ as, begunAt = 0, size }: SendFile): Promise<DriveFile | null> {
    const found = as ? await api.find(as) : null;
    return found?.size === size && Date.parse(found.createdAt) >= begunAt - SKEW_MS ? found : null;
  }

  /**
   * Takes back what was uploaded for messages that were discarded and cannot have been sent.
   * @param at without waiting for those that could still be undone
   */
  async function clean(account: AccountId, at = clock.now() - UNDO_MS): Promise<void> {
    for (const { row, at: discardedAt } of await store.outbox.discards(account)) {
      if (discardedAt > at || !(await store.outbox.settleDiscard(account, row.localId))) continue;
      const files = row.files ?? [];
      try {
        if (row.startedAt === null) for (const file of files) await takeBack(file);
      } catch (caught) {
        // Not now: the receipt remembers it.
        if (caught instanceof AppFailure || lost(caught)) continue;
        throw caught;
      }
      await store.files.drop(
        account,
        files.map(({ id }) => id),
      );
      await store.outbox.forgetDiscard(account, row.localId);
    }
  }

  async function takeBack(file: SendFile): Promise<void> {
    // A lost "give up" is none to wait for: OneDrive forgets the upload within hours.
    if (file.uploadUrl) await api.giveUp(file.uploadUrl).catch(() => {});
    const itemId = file.itemId ?? (await findOurs(file))?.id;
    if (itemId) await api.remove(itemId);
  }

  return { run, clean };
}

type Changes = Partial<Omit<SendFile, 'uploadUrl'>> & { uploadUrl?: string | undefined };

/** What trouble makes of a row that waits for its files: nothing of the message has left. */
function afterTrouble(error: AppError, now: number): Partial<SendRow> {
  if (error.code === 'offline' || error.code === 'outcome-unknown') return { notBefore: now + OFFLINE_MS };
  if (error.code === 'throttled' || error.code === 'microsoft-down') return { notBefore: now + waitAfter(error) };
  if (MENDED.has(error.code)) return { problem: error, notBefore: now + MENDED_MS };
  return { state: 'failed', problem: error };
}

/** What fetch rejects with where no answer came, or not in time. */
function lost(caught: unknown): AppError | null {
  const isLost = caught instanceof TypeError || (caught instanceof DOMException && /Abort|Timeout/.test(caught.name));
  return isLost ? { code: 'offline', title: '', text: '' } : null;
}

function notKept(): AppFailure {
  return fail(
    'not-found',
    'The file is not kept here any more',
    'The browser removed it before it was uploaded. Discard this message, and send the file again.',
  );
}
