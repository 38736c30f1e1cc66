import { AppFailure } from '../model/errors.ts';
import type { ChatId, ErpUser } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { CommentText, RecordComment } from '../model/record-comment.ts';
import { type ChatField, type Claim, clearedUpTo, documentHash, LEASE_SECONDS, readChatField } from './claim.ts';
import { type CommentClaim, type CommentLink, readOurs } from './comment-link.ts';

/** Which creation it is: what a claim holds, and which document it was begun for. */
export interface Claimant {
  nonce: string;
  account: string;
  recordCreation: string;
  /** A chat was made, or may have been. */
  createBegun: boolean;
}

/** How far a link in a comment is to be trusted, as this account sees it. */
export type Belief = 'yes' | 'no' | 'unseen';

/** ERPNext as a place writes to it. */
export interface PlaceWorld {
  read(): Promise<SavedRecord>;
  /** Compare-and-set of the chat field; throws `erp-conflict` when `modified` is no longer the record's. */
  write(value: string, modified: string): Promise<SavedRecord>;
  /** Deskside's comments, but those that the person set aside; and ERPNext's clock, ms. */
  comments(): Promise<{ comments: RecordComment[]; serverTime: number }>;
  addComment(text: CommentText): Promise<void>;
  editComment(name: string, text: CommentText): Promise<void>;
  /** Whose comments are ours: a nonce alone can be copied. */
  erpUser: ErpUser;
  /** The link that people click in a comment. */
  linkText(chatId: ChatId): Promise<{ url: string; topic: string }>;
}

/** What both places say to one creation, now. */
export interface Standing {
  record: SavedRecord;
  /** ERPNext's clock when it gave the last of it, ms. */
  serverTime: number;
  document: string;
  /** `clearedUpTo` of the field, which whoever writes there keeps. */
  after: string;
  field: ChatField;
  /** Links that comments hold, in the order of their arrival, this creation's own left out. */
  links: CommentLink[];
  /** Our own comments: those with a claim that holds, then links, then the rest. Several where an answer was lost. */
  own: RecordComment[];
  /** Our own claim where it belongs, while its lease runs. */
  mine: Claim | null;
  /** A claim that goes before ours: there is nothing to do but to stand back. */
  ahead: boolean;
  /** A claim that may still become a chat, and that gives way to ours if it comes to see it in time. */
  beside: boolean;
  /** Somebody's claim ran out, and may have left a chat behind. */
  abandoned: boolean;
}

/** Where a creation keeps its claim, and then its link. */
export interface Place {
  /** Milliseconds that a claim stands there before it counts. */
  settles: number;
  look(who: Claimant, world: PlaceWorld): Promise<Standing>;
  /** Sets or renews our claim. False: not surely taken, look again. */
  claim(who: Claimant, standing: Standing, world: PlaceWorld): Promise<boolean>;
  /** Puts the chat where the claim stands. False: not surely taken, look again. */
  link(who: Claimant, standing: Standing, world: PlaceWorld, chatId: ChatId): Promise<boolean>;
  /** Takes our claim or link back where it stands, and nobody else's. */
  withdraw(who: Claimant, standing: Standing, world: PlaceWorld, text: CommentText): Promise<void>;
}

/** The parts of a standing that are seen from either place. */
export function compare(
  who: Claimant,
  world: PlaceWorld,
  record: SavedRecord,
  document: string,
  { comments, serverTime }: Awaited<ReturnType<PlaceWorld['comments']>>,
) {
  // A lid may be closed between two answers: what ran out by the later one has run out.
  const now = Math.max(record.serverTime, serverTime);
  const after = clearedUpTo(record.chatField);
  const field = readChatField(record.chatField, now, document);
  const { claims, links } = readOurs(comments, now, document, after);
  const isOwn = (nonce: string, { owner }: RecordComment) => nonce === who.nonce && owner === world.erpUser;
  const ownClaims = claims.filter(({ comment, says }) => isOwn(says.claim.nonce, comment));
  const ownLinks = links.filter(({ comment, says }) => isOwn(says.nonce, comment));
  return {
    record,
    serverTime: now,
    document,
    after,
    field,
    links: links.filter((link) => !ownLinks.includes(link)),
    own: [...ownClaims.filter(isLive), ...ownLinks, ...ownClaims.filter((claim) => !isLive(claim))].map(
      ({ comment }) => comment,
    ),
    ownClaims,
    others: claims.filter((claim) => !ownClaims.includes(claim)),
  };
}

export function isLive({ says }: CommentClaim): boolean {
  return !says.stale;
}

/** The claim to be written now. */
export function freshClaim(who: Claimant, { serverTime, document }: Standing): Claim {
  return {
    nonce: who.nonce,
    leaseEnds: Math.floor(serverTime / 1000) + LEASE_SECONDS,
    account: who.account,
    document,
  };
}

/** @throws AppFailure `record-changed` where another document bears the record's name by now. */
export async function hashOf(record: SavedRecord, who: Claimant): Promise<string> {
  if (record.creation === who.recordCreation) return documentHash(record.ref.doctype, record.creation);
  throw new AppFailure({
    code: 'record-changed',
    title: 'This is another document now',
    text: `The record was deleted and another one now bears the name ${record.ref.name}. Open it again to create its chat.`,
  });
}

/** True when the write was taken; false when it was refused for what others did, or the answer was lost. */
export async function taken(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (caught) {
    if (caught instanceof AppFailure && READ_AGAIN.has(caught.error.code)) return false;
    throw caught;
  }
}

/** Not found: renamed in this very moment, or a comment that somebody removed, which the next reading finds out. */
const READ_AGAIN = new Set(['erp-conflict', 'outcome-unknown', 'erp-not-found']);
