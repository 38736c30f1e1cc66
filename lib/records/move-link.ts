import type { Chat } from '../model/chat.ts';
import { AppFailure } from '../model/errors.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import { type CommentLink, say } from './comment-link.ts';
import type { Erp } from './erp.ts';
import { wordsOf } from './put-chat.ts';
import type { Worker } from './worker.ts';

/** Versions of records that ERPNext would not take the link into: not tried again before somebody has saved them. */
const refused = new Map<string, string>();

/**
 * Takes a link that is borne out from a comment over into the record's field, for somebody who may write that. By
 * compare-and-set: where anybody else saves meanwhile, nothing happens, and the next look tries again.
 * @returns the record as saved; null where it stays in the comment.
 */
export async function moveToField(
  worker: Worker,
  record: SavedRecord,
  erp: Erp,
  { comment, says }: CommentLink,
  chat: Chat,
): Promise<SavedRecord | null> {
  const key = recordKey(record.ref);
  if (refused.get(key) === record.modified) return null;
  let saved: SavedRecord;
  try {
    saved = await erp.writeChatField(record.ref, says.chatId, record.modified);
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    // A mandatory field that is empty, a hook that says no, a colleague who was quicker: the comment does as well.
    if (caught.error.code !== 'erp-conflict') refused.set(key, record.modified);
    return null;
  }
  if (comment.owner === record.erpUser) {
    const { url, topic } = await wordsOf(worker, record, says.chatId, chat.topic);
    // Left as it is it does no harm: the field comes first.
    await erp.editComment(record.ref, comment.name, say.moved(url, topic)).catch((caught) => {
      if (!(caught instanceof AppFailure)) throw caught;
    });
  }
  return saved;
}
