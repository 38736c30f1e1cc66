import type { Account } from '../auth/account.ts';
import type { ChatId } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { CommentLink } from './comment-link.ts';
import { type Trust, trust } from './link-chat.ts';
import type { Places } from './places.ts';
import type { Worker } from './worker.ts';

/** The chat that a record names, and how far this account trusts that; `link`: a comment names it. */
export interface Named {
  chatId: ChatId;
  trust: Trust;
  link: CommentLink | null;
}

/**
 * The field's, else the earliest of the comments' that is borne out, so that a comment made up by somebody hides no real
 * one; where none is, the earliest. Null where the record names none.
 */
export async function namedChat(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  { field, links }: Places,
): Promise<Named | null> {
  if (field.kind === 'chat')
    return { chatId: field.chatId, trust: await trust(worker, account, record, field.chatId), link: null };
  let first: Named | null = null;
  for (const link of links) {
    const { chatId } = link.says;
    const named = { chatId, trust: await trust(worker, account, record, chatId, link.comment), link };
    if (named.trust.kind === 'confirmed') return named;
    first ??= named;
  }
  return first;
}
