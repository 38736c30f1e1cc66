import { type AppError, AppFailure, toAppError } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Batch } from '../storage/messages.ts';
import type { ChatRow, SyncRun } from '../storage/schema.ts';
import { isUnread } from '../storage/unread.ts';
import { edge, isNew, newestChange, provenBy, unknownSpan } from './changes.ts';
import type { Me, MessagesPage, PageAsk, SyncApi } from './message-api.ts';
import type { Pull, PullDeps } from './pull.ts';

export interface ReadManyDeps extends Pick<PullDeps, 'store' | 'me' | 'changed' | 'stored'> {
  api: SyncApi;
  pull: Pick<Pull, 'states'>;
}

/** A chat to be read: what changed in it (its newest page where it was never read), or what is older than all known. */
export interface Want {
  chatId: ChatId;
  row: ChatRow | undefined;
  older: boolean;
}

/** What came of a chat. */
export interface Outcome {
  chatId: ChatId;
  /** All that was wanted is stored. */
  done: boolean;
  /** Others' new messages that were not read yet. */
  news: Message[];
  problem: AppError | null;
}

/** A run of which a read is part, and what is written of it together with the messages. */
export interface Of {
  run: string;
  /** @param written how many new messages came of this chat; `done`: it needs no more reading */
  step(run: SyncRun, chatId: ChatId, written: number, done: boolean): SyncRun;
}

interface Part {
  want: Want;
  known: ChatRow | undefined;
  page: MessagesPage;
}

interface Kept extends Omit<Outcome, 'problem'> {
  row: ChatRow | undefined;
}

/** The most that Graph takes in one request. */
export const MOST_AT_ONCE = 20;

/** Reads many chats with few requests: the first page of each in one, what does not fit into it page by page. */
export function createReadMany({ store, api, pull, me, changed, stored }: ReadManyDeps) {
  /**
   * What one request brings of at most 20 chats is one transaction, with how far the run is then; notices follow.
   * @returns null where the run was given up, or the person signed out
   * @throws AppFailure where Microsoft could not be asked at all; then nothing was stored
   */
  async function readMany(
    who: Me,
    of: Of | null,
    wants: readonly Want[],
    signal: AbortSignal,
  ): Promise<Outcome[] | null> {
    for (const { chatId, older } of wants) if (!older) await pull.states.began(who.account, chatId);
    const pages = await api.firstPages(wants.map(askOf), signal);
    const parts: Part[] = [];
    const outcomes: Outcome[] = [];
    for (const [i, want] of wants.entries()) {
      const page = pages[i];
      if (page instanceof AppFailure) outcomes.push(await refused(who, want, page.error));
      else if (page) parts.push({ want, known: want.row, page });
    }
    const kept = await keep(who, of, parts);
    if (!kept) return null;
    for (const [i, first] of kept.entries()) {
      const outcome = await follow(who, of, parts[i] as Part, first, signal);
      if (!outcome) return null;
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** What did not fit into the first page, from where that ended. */
  async function follow(who: Me, of: Of | null, part: Part, first: Kept, signal: AbortSignal): Promise<Outcome | null> {
    const { chatId, news } = first;
    let { row: known, done } = first;
    try {
      if (part.page.next && !part.want.older && part.want.row?.watermark && known)
        for await (const page of api.pagesAfter(part.page.next)) {
          signal.throwIfAborted();
          const [kept]: Kept[] = (await keep(who, of, [{ ...part, known, page }])) ?? [];
          if (!kept) return null;
          news.push(...kept.news);
          ({ row: known, done } = kept);
        }
    } catch (caught) {
      signal.throwIfAborted();
      return { ...(await refused(who, part.want, toAppError(caught))), news };
    }
    if (!part.want.older) await pull.states.succeeded(who.account, chatId);
    return { chatId, news, done, problem: null };
  }

  async function refused(who: Me, { chatId, older }: Want, problem: AppError): Promise<Outcome> {
    if (!older) await pull.states.failed(who.account, chatId, problem);
    return { chatId, news: [], done: false, problem };
  }

  /** One transaction, then what waits for it, then the notices. */
  async function keep(who: Me, of: Of | null, parts: readonly Part[]): Promise<Kept[] | null> {
    if ((await me())?.account !== who.account) return null;
    const batches = parts.map((part) => ({ chatId: part.want.chatId, batch: batchOf(part, who) }));
    let kept: (Kept & { written: number })[] = [];
    const saved = await store.syncs.save(who.account, of?.run ?? null, batches, (run, saved) => {
      kept = parts.map(({ want, known, page }, i) => {
        const written = known?.watermark ? (saved[i]?.added.filter((m) => isNew(m, known)) ?? []) : [];
        const row = saved[i]?.row;
        // An earlier read that was cut off left more than this one asked for.
        const done = !row || want.older || !known?.watermark || (!page.next && !want.row?.gap);
        const news = row && !want.older ? written.filter((m) => isUnread(m, row)) : [];
        return { chatId: want.chatId, row, done, news, written: written.length };
      });
      return of && run ? kept.reduce((run, one) => of.step(run, one.chatId, one.written, one.done), run) : run;
    });
    if (!saved) return null;
    for (const [i, { want, page }] of parts.entries()) {
      if (!saved[i]) continue;
      await stored?.(want.chatId, page.messages);
      if (saved[i].added.length || saved[i].replaced.length)
        changed({ kind: 'messages', chatId: want.chatId, outbox: false });
    }
    return kept;
  }

  return readMany;
}

function askOf({ chatId, row, older }: Want): PageAsk {
  // One millisecond later than our oldest: another of the same instant must not be passed over.
  if (older && row?.oldest) return { chatId, before: new Date(Date.parse(row.oldest.createdAt) + 1).toISOString() };
  return row?.watermark ? { chatId, changes: unknownSpan(row) } : { chatId, before: null };
}

function batchOf({ want, known, page: { messages, next } }: Part, { userId }: Me): Batch {
  const read = { messages, me: userId };
  if (want.older) return { ...read, ...edge(messages, next !== null) };
  if (known?.watermark) return { ...read, ...provenBy(known, messages, next !== null) };
  return { ...read, watermark: newestChange(messages), ...edge(messages, next !== null) };
}
