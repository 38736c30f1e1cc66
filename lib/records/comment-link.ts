import { asChatId, type ChatId } from '../model/ids.ts';
import type { CommentText, RecordComment } from '../model/record-comment.ts';
import { arrival, type Claim, formatClaim, readChatField } from './claim.ts';

/**
 * What a comment of Deskside's says. A claim as in the field, or the link that it became:
 *
 *     deskside:chat:<nonce of the claim>:<hash of doctype and creation>:<chat id, percent-encoded>
 */
export type CommentSays =
  | { kind: 'claim'; claim: Claim; stale: boolean }
  | { kind: 'chat'; nonce: string; chatId: ChatId };

export type Ours<S = CommentSays> = { comment: RecordComment; says: S };
export type CommentLink = Ours<Extract<CommentSays, { kind: 'chat' }>>;
export type CommentClaim = Ours<Extract<CommentSays, { kind: 'claim' }>>;

/**
 * The claims and links among a record's comments, in the order of their arrival.
 * @param serverTime ERPNext's clock in ms when it gave them.
 * @param document `documentHash` of the record; a comment that was copied from another one is void.
 * @param after `clearedUpTo` of its field: what arrived up to then counts no more.
 */
export function readOurs(
  comments: readonly RecordComment[],
  serverTime: number,
  document: string,
  after: string,
): { claims: CommentClaim[]; links: CommentLink[] } {
  const claims: CommentClaim[] = [];
  const links: CommentLink[] = [];
  for (const comment of comments) {
    if (arrival(comment.creation) <= after) continue;
    const link = /^deskside:chat:([0-9a-f]{32}):([0-9a-f]{16}):([^\s:]+)$/.exec(comment.data);
    if (link) {
      const chatId = link[2] === document ? decoded(link[3]!) : '';
      if (chatId) links.push({ comment, says: { kind: 'chat', nonce: link[1]!, chatId: asChatId(chatId) } });
      continue;
    }
    const says = readChatField(comment.data, serverTime, document);
    if (says.kind === 'claim') claims.push({ comment, says });
  }
  return { claims, links };
}

/** The links worth asking Microsoft about, one a person: nobody crowds out the others, however many they write. */
export function firstOfEach(links: readonly CommentLink[]): CommentLink[] {
  const owners = new Set<string>();
  return links.filter(({ comment }) => !owners.has(comment.owner) && owners.add(comment.owner)).slice(0, MOST);
}

const MOST = 5;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** What people read in the record's timeline, with the machine's part. English, as what Deskside writes in chats. */
export const say = {
  /** True before and after: a form that is open does not follow a comment's change in versions 14 and 15. */
  claim: (claim: Claim): CommentText => ({
    data: formatClaim(claim),
    sentence: 'Deskside keeps the link to this record’s Teams chat here.',
  }),
  link: (nonce: string, document: string, chatId: ChatId, url: string, topic: string): CommentText => ({
    data: `deskside:chat:${nonce}:${document}:${encodeURIComponent(chatId)}`,
    sentence: SENTENCE,
    link: { text: topic, url },
  }),
  /** The field holds it by now: people still find it here, and no Deskside reads it. */
  moved: (url: string, topic: string): CommentText => ({ data: null, sentence: SENTENCE, link: { text: topic, url } }),
  overtaken: { data: null, sentence: 'A colleague was first to create the Teams chat of this record.' },
  givenUp: { data: null, sentence: 'Deskside did not create a Teams chat for this record after all.' },
  unlinked: { data: null, sentence: 'The Teams chat that was linked here has been unlinked from this record.' },
} as const;

const SENTENCE = 'The Teams chat of this record, linked by Deskside:';
