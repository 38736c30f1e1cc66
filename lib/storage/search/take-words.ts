import type { AccountId } from '../../model/ids.ts';
import { messagesOf } from '../block-lines.ts';
import type { Database } from '../database.ts';
import { putWords, wordsOf } from './words.ts';

/**
 * The words of chats that an older version stored, once; a chat a transaction, so that it may be broken off anywhere.
 * @returns whether there were any
 */
export async function takeWords(db: Database, account: AccountId): Promise<boolean> {
  const known = await db.read(['chats'], ({ chats }) => chats.list({ prefix: [account] }));
  const without = known.filter(({ words }) => !words);
  for (const { chatId } of without)
    await db.write(['chats', 'messages', 'words'], async ({ chats, messages, words }) => {
      const row = await chats.get([account, chatId]);
      if (!row || row.words) return;
      const blocks = await messages.list({ prefix: [row.no] });
      await putWords(words, account, wordsOf(row, blocks.flatMap(messagesOf)));
      await chats.put({ ...row, words: true });
    });
  return without.length > 0;
}
