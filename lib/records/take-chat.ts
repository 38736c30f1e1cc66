import { AppFailure, fail } from '../model/errors.ts';
import type { ChatId, ErpUser } from '../model/ids.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import { askAnew } from './also-linked.ts';
import { arrival, clearedUpTo, formatNone } from './claim.ts';
import { say } from './comment-link.ts';
import type { Erp } from './erp.ts';
import { homeOf } from './home.ts';
import { endAdding } from './keep-members.ts';
import { linkTo, placesOf, setAside } from './places.ts';
import { changed } from './put-chat.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

/**
 * Takes the chat out of the record again. The chat itself, and whatever was said in it, stays as it is.
 * @param chatId the one on screen: another one by now is left alone.
 * @throws AppFailure `not-permitted` where it stands in somebody else's comment, which they alone can change.
 */
export async function takeChat(worker: Worker, shown: Shown, chatId: ChatId): Promise<void> {
  const { account, erp, ref, erpUser } = shown;
  const record = await erp.read(ref);
  const places = await placesOf(worker, account, record, erp);
  const inField = places.field.kind === 'chat' && places.field.chatId === chatId;
  const found = linkTo(places, chatId);
  if (!inField && !found) throw changed();
  const home = await homeOf(worker, record, erp);
  const mine = found?.comment.owner === erpUser;
  if (home.place === 'field') {
    await erp.writeChatField(ref, formatNone(await newestOf(erp, record)), record.modified);
  } else if (inField) throw home.place === null ? new AppFailure(home.refusal) : closed(record);
  else if (!mine) throw theirs(found!.comment.owner);
  if (found && mine) await erp.editComment(ref, found.comment.name, say.unlinked);
  await endAdding(worker, shown);
  await worker.store.links.remove(account.id, recordKey(ref));
  worker.changes.tell({ kind: 'marks' });
  askAnew(worker);
  worker.changes.tell({ kind: 'view' });
}

/** Pays no more heed, as this account, to somebody else's comment that names this chat. */
export async function ignoreChat(worker: Worker, { account, erp, ref }: Shown, chatId: ChatId): Promise<void> {
  const places = await placesOf(worker, account, await erp.read(ref), erp);
  const found = linkTo(places, chatId);
  if (!found) throw changed();
  await setAside(worker, account, ref, found.comment);
  await worker.store.links.remove(account.id, recordKey(ref));
  worker.changes.tell({ kind: 'view' });
}

/** Up to when comments are past, once the field holds nothing: their links must not come back. */
async function newestOf(erp: Erp, record: SavedRecord): Promise<string> {
  const { comments } = await erp.comments(record.ref);
  const newest = comments.at(-1);
  return newest ? arrival(newest.creation) : clearedUpTo(record.chatField);
}

function theirs(owner: ErpUser): AppFailure {
  return fail(
    'not-permitted',
    `The link stands in a comment of ${owner}`,
    `ERPNext lets nobody else change it. Ask ${owner} to unlink the chat here or to delete the comment, or ask somebody who may change the record to unlink it.`,
  );
}

function closed(record: SavedRecord): AppFailure {
  return fail(
    'erp-forbidden',
    'The link stands in the record itself',
    record.docstatus === 2
      ? 'The document is cancelled, and ERPNext takes no more changes to it.'
      : `You may read this ${record.ref.doctype}, but not change it. Ask somebody who may to unlink the chat.`,
  );
}
