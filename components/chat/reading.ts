import { createContext } from 'preact';
import type { AppError } from '../../lib/model/errors.ts';
import type { HostedContent } from '../../lib/model/hosted-content.ts';
import type { MessageId, UserId } from '../../lib/model/ids.ts';

/** What messages need to be read, wherever in the panel they are drawn. */
export interface Reading {
  /** Who reads: mentions of them stand out. */
  me: UserId | null;
  /** To a message in its place; false where it cannot be shown there. */
  onJump(id: MessageId): Promise<boolean>;
  pictures: Pictures;
}

/** The pictures that lie with messages at Microsoft. */
export interface Pictures {
  /** How one stands; asks nobody. */
  stateOf(content: HostedContent): PictureState;
  /** It is on screen, or nearly: it is fetched as its turn comes, the last one wanted first. Returns the undo. */
  want(content: HostedContent): () => void;
  /** Once more, after it failed. */
  again(content: HostedContent): void;
}

export type PictureState = { kind: 'waiting' } | { kind: 'there'; url: string } | { kind: 'failed'; problem: AppError };

export const ReadingContext = createContext<Reading>({
  me: null,
  onJump: async () => false,
  pictures: { stateOf: () => ({ kind: 'waiting' }), want: () => () => {}, again: () => {} },
});
