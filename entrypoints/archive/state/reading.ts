import { batch, signal } from '@preact/signals';
import { keyOf, type OpenMessage } from '../../../components/archive/actions.ts';
import type { AppError, Result } from '../../../lib/model/errors.ts';
import type { AccountId, ChatId, RecordKey } from '../../../lib/model/ids.ts';
import { askPatiently } from '../../../lib/rpc/client.ts';
import type { Conversation } from '../../../lib/rpc/contract/archive.ts';
import type { ThreadPage } from '../../../lib/rpc/contract/channels.ts';
import { createMessages } from '../../panel/state/messages.ts';
import { createPictures } from '../../panel/state/pictures.ts';
import type { Ask } from '../../panel/state/session.ts';

/** The panel's calls by which a chat is read, and what they are called here. */
const CALLS = {
  'messages.page': 'archive.page',
  'messages.stretch': 'archive.stretch',
  'messages.at': 'archive.at',
  'messages.image': 'archive.image',
} as const;

const THREADS = 50;

/**
 * The conversation that is read beside what was found: a chat as the panel reads it, but by its own name in the place of
 * a record's, or a channel's threads.
 */
export function createReading() {
  const ask = ((key: keyof typeof CALLS, { shown, ...data }: { shown: RecordKey }) => {
    const [account, chatId] = JSON.parse(shown) as [AccountId, ChatId];
    // biome-ignore lint/suspicious/noExplicitAny: the same calls under another name
    return (askPatiently as any)(CALLS[key], { account, chatId, ...data });
  }) as unknown as Ask;
  const messages = createMessages(ask);
  const threads = signal<ThreadPage | null>(null);
  const problem = signal<AppError | null>(null);
  /** The message gone to cannot be shown in its place. */
  const unplaced = signal(false);
  let shown: OpenMessage | null = null;
  let count = THREADS;

  const place = () => (shown ? (keyOf({ account: shown.account, chatId: shown.chatId }) as RecordKey) : null);
  const pictures = createPictures({ ask, record: place });

  async function readThreads({ account, chatId, id }: OpenMessage): Promise<void> {
    const asked = shown;
    const of = { account, chatId };
    const answer: Result<ThreadPage> = id
      ? await askPatiently('archive.thread', { ...of, id }).then((thread) =>
          thread.ok ? { ok: true, value: { threads: thread.value ? [thread.value] : [], more: false } } : thread,
        )
      : await askPatiently('archive.threads', { ...of, count });
    if (shown !== asked) return;
    batch(() => {
      problem.value = answer.ok ? null : answer.error;
      threads.value = answer.ok ? answer.value : null;
      unplaced.value = !!id && answer.ok && answer.value.threads.length === 0;
    });
  }

  async function readChat({ id }: OpenMessage): Promise<void> {
    const asked = shown;
    if (id && (await messages.jump(id))) return;
    if (shown !== asked) return;
    unplaced.value = !!id;
    (await messages.readNewest())();
    // It says nothing of why it brought nothing.
    if (shown !== asked || messages.messages.peek()) return;
    const { account, chatId } = asked!;
    const answer = await askPatiently('archive.page', { account, chatId, before: null, count: 1 });
    if (shown === asked && !answer.ok) problem.value = answer.error;
  }

  return {
    messages,
    threads,
    problem,
    unplaced,
    pictures,
    /** Turns to a conversation, or to none; to a message of it where one is named. */
    show(open: OpenMessage | null, conversation: Conversation | null): void {
      const next = open && conversation ? open : null;
      if (JSON.stringify(next) === JSON.stringify(shown)) return;
      const same = !!next && !!shown && next.account === shown.account && next.chatId === shown.chatId;
      shown = next;
      count = THREADS;
      batch(() => {
        problem.value = null;
        unplaced.value = false;
        if (!same) threads.value = null;
      });
      if (next && conversation?.channel) {
        messages.show(null, null);
        void readThreads(next);
        return;
      }
      messages.show(place(), next?.chatId ?? null);
      if (next && (next.id || !same)) void readChat(next);
    },
    olderThreads(): void {
      if (!shown) return;
      count += THREADS;
      void readThreads(shown);
    },
    /** Something of this conversation changed. */
    hear(chatId: ChatId): void {
      if (shown?.chatId !== chatId) return;
      if (threads.peek()) void readThreads(shown);
      else void messages.readNewest().then((apply) => apply());
    },
  };
}
