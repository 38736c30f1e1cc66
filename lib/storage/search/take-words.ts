import type { AccountId } from '../../model/ids.ts';
import { messagesOf } from '../block-lines.ts';
import type { Database } from '../database.ts';
import { putWords, wordsOf } from './words.ts';

/** The words of chats that an older version stored, once; a chat a transaction, so that it may be broken off anywhere. */
export async function takeWords(db: Database, account: AccountId): Promise<void> {
  const known = await db.read(['chats'], ({ chats }) => chats.list({ prefix: [account] }));
  for (const { chatId, words } of known)
    if (!words)
      await db.write(['chats', 'messages', 'words'], async ({ chats, messages, words }) => {
        const row = await chats.get([account, chatId]);
        if (!row || row.words) return;
        const blocks = await messages.list({ prefix: [row.no] });
        await putWords(words, account, wordsOf(row, blocks.flatMap(messagesOf)));
        await chats.put({ ...row, words: true });
      });
}
