import type { Chat } from '../model/chat.ts';
import type { Clock } from '../model/clock.ts';
import type { ChatId } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { ChosenMember, CreationQuestion } from '../rpc/contract.ts';
import type { CommentLink } from './comment-link.ts';
import type { Belief, PlaceWorld } from './place.ts';

/** A chat being created, as it is written down before each step (`open-chat.ts`). */
export interface Creation {
  step: 'claim' | 'settle' | 'look' | 'create' | 'write' | 'greet' | 'watch';
  place: 'field' | 'comment';
  nonce: string;
  /** Object id of the account that creates. */
  account: string;
  /** `creation` of the record when the person pressed the button: another one now is another document. */
  recordCreation: string;
  recordName: string;
  topic: string;
  members: ChosenMember[];
  /** The account is among the record's own people, so that it would be in any chat a colleague made of it. */
  amParticipant: boolean;
  /** When our claim was set, or we began to wait for another to give way (ms); null before. */
  waitsSince: number | null;
  /** A stale claim of somebody else was taken over. */
  tookOver: boolean;
  /** POST /chats has left, or may have. */
  createBegun: boolean;
  /** When it left, by ERPNext's clock (ms): a chat that is older was not made by it. */
  createBegunAt: number;
  /** Empty looks for a chat that may exist, since the question last arose. */
  looks: number;
  /** The person said to go on although a chat may exist that cannot be seen from here. */
  goOn: boolean;
  chatId: ChatId | null;
  /** Our own write of the id has left, or may have. */
  linkBegun: boolean;
  /** A POST that was given up may still reach Microsoft: a chat that turns up later has to point to the real one. */
  mayTurnUp: boolean;
  /** When watching for it began (ms); null before. */
  watchedSince: number | null;
}

/** What a creation begins with, whatever it is of. */
export const NOTHING_DONE = {
  waitsSince: null,
  tookOver: false,
  createBegun: false,
  createBegunAt: 0,
  looks: 0,
  goOn: false,
  chatId: null,
  linkBegun: false,
  mayTurnUp: false,
  watchedSince: null,
} satisfies Partial<Creation>;

/** The record has its chat; what the job still stands for keeps nobody waiting. */
export function isOver(step: string): boolean {
  return step === 'told' || step === 'watch';
}

export interface CreationWorld extends PlaceWorld {
  /** All chats of the account, newest first. */
  chats(): AsyncIterable<Chat>;
  /** Which of these chats another record names already. */
  linkedElsewhere(chatIds: ChatId[]): Promise<Set<ChatId>>;
  /** Whether the chat that a comment names is borne out by its own topic and members. */
  believes(link: CommentLink): Promise<Belief>;
  create(topic: string, members: ChosenMember[]): Promise<Chat>;
  /** The link is in the record: remember it, and put the first message into the outbox. */
  greet(chatId: ChatId, record: SavedRecord): Promise<void>;
  /** Our chat lost: point its members to the real one, tell the person. */
  retire(own: ChatId, real: ChatId, record: SavedRecord): Promise<void>;
  clock: Clock;
}

export type CreationOutcome =
  | { kind: 'done' }
  /** Another person's chat or claim stands in the record: nothing more to do here. */
  | { kind: 'overtaken' }
  | { kind: 'wait'; ms: number }
  | { kind: 'ask'; question: CreationQuestion };

/** Resolves only after the new state is on disk. */
export type Save = (state: Creation) => Promise<void>;
