import type { Account } from '../auth/account.ts';
import type { ChatId } from '../model/ids.ts';
import { type RecordRef, recordKey, type SavedRecord } from '../model/record.ts';
import type { RecordComment } from '../model/record-comment.ts';
import { type ChatField, clearedUpTo, documentHash, readChatField } from './claim.ts';
import { type CommentLink, firstOfEach, readOurs } from './comment-link.ts';
import type { Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** What the record's field and Deskside's comments on it say to this account. */
export interface Places {
  document: string;
  field: ChatField;
  /** What counts in comments, in the order of arrival, one a person; none where the field names a chat. */
  links: CommentLink[];
  /** Seconds on ERPNext's clock at which the last claim runs out that somebody holds in either place; null without. */
  claimedUntil: number | null;
}

/** One more request to ERPNext, and only where the field names no chat. */
export async function placesOf(worker: Worker, account: Account, record: SavedRecord, erp: Erp): Promise<Places> {
  const document = await documentHash(record.ref.doctype, record.creation);
  const field = readChatField(record.chatField, record.serverTime, document);
  if (field.kind === 'chat') return { document, field, links: [], claimedUntil: null };
  const { comments, serverTime } = await ourComments(worker, account, record.ref, erp);
  const ours = readOurs(comments, serverTime, document, clearedUpTo(record.chatField));
  const claims = [field, ...ours.claims.map(({ says }) => says)].filter((says) => says.kind === 'claim');
  const ends = claims.filter(({ stale }) => !stale).map(({ claim }) => claim.leaseEnds);
  return {
    document,
    field,
    links: firstOfEach(ours.links),
    claimedUntil: ends.length > 0 ? Math.max(...ends) : null,
  };
}

/** Deskside's comments on the record but those that the person set aside, in the order of their arrival. */
export async function ourComments(worker: Worker, account: Account, ref: RecordRef, erp: Erp) {
  const { comments, serverTime } = await erp.comments(ref);
  const kept: RecordComment[] = [];
  for (const comment of comments)
    if (!(await worker.store.answers.has(account.id, aside(ref, comment)))) kept.push(comment);
  return { comments: kept, serverTime };
}

/** The person says that this comment does not name the record's chat: nobody else's comment can be taken back. */
export function setAside(worker: Worker, account: Account, ref: RecordRef, comment: RecordComment): Promise<void> {
  return worker.store.answers.agree(account.id, aside(ref, comment), worker.clock.now());
}

/** The comment's data too: what its owner makes of it later is another statement. */
function aside(ref: RecordRef, { name, data }: RecordComment): string {
  return JSON.stringify(['not-its-chat', recordKey(ref), name, data]);
}

export function linkTo(places: Places, chatId: ChatId): CommentLink | undefined {
  return places.links.find(({ says }) => says.chatId === chatId);
}
