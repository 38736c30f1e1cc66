import { createContext } from 'preact';
import type { Channel } from '../../lib/model/channel.ts';
import type { AppError, ErrorAction, Result } from '../../lib/model/errors.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { ChannelView, FoundChannels, ThreadPage, ThreadView } from '../../lib/rpc/contract/channels.ts';
import type { SearchView } from '../../lib/rpc/contract.ts';
import type { ComposerProps } from '../chat/composer.tsx';
import type { DiscardedKind } from '../chat/outgoing-row.tsx';

/** The record's channel beside its chat, as the page that holds the panel has it. */
export interface ChannelSide {
  /** Null until the worker has answered, and where no record is on screen. */
  view: ChannelView | null;
  /** Null until they were read. */
  threads: ThreadPage | null;
  loadingOlder: boolean;
  /** Which of the two is in front, or whether a channel is being chosen. */
  shown: 'chat' | 'channel' | 'choosing';
  show(what: ChannelSide['shown']): void;
  /** What stands in the place of the threads. */
  page: ChannelPage | null;
  turn(page: ChannelPage | null): void;
  find(text: string): Promise<Result<FoundChannels>>;
  /** Null: none for this record. */
  choose(channel: Channel | null): Promise<Result<void>>;
  search(text: string, from: MessageId | null): Promise<Result<SearchView>>;
  /** To the search over all that is stored, in a tab of its own. */
  everywhere(query: string, teams: boolean): void;
  thread(id: MessageId): Promise<Result<ThreadView | null>>;
  older(): void;
  /** What is being written in a thread, or (null) to begin one. */
  compose(thread: MessageId | null): Compose;
  /** The line above the thread that is being begun. */
  subject: string;
  setSubject(text: string): void;
  /** Grows with each message the person sends. */
  ownSends: number;
  resend(localId: string): void;
  discard(localId: string, what: DiscardedKind): void;
  /** Microsoft's window: for posting, and for reading. */
  allow(what: 'posting' | 'reading'): Promise<Result<void>>;
  setWithRecord(on: boolean): void;
  act(action: ErrorAction): void;
}

export type ChannelPage =
  | { kind: 'search'; text: string }
  /** The thread of a message; `from`: what was searched for when it was found. */
  | { kind: 'thread'; id: MessageId; from: string | null };

type Compose = Pick<ComposerProps, 'record' | 'writing' | 'size' | 'limit' | 'onWriting' | 'onSend' | 'put'>;

/** Null where there are no channels (a page without the worker). */
export const ChannelContext = createContext<ChannelSide | null>(null);

/** What went wrong with an answer; null where nothing did. */
export function problemOf(result: Result<unknown>): AppError | null {
  return result.ok ? null : result.error;
}
