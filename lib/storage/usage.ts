import type { AccountId } from '../model/ids.ts';
import type { Database } from './database.ts';
import type { ChatRow, Key } from './schema.ts';

export type UsageRows = ReturnType<typeof createUsage>;

/** How much of an account is stored, in bytes as they were written. */
export interface AccountUsage {
  /** `oldestAt`: when the oldest was written, milliseconds since 1970. */
  chats: { row: ChatRow; messages: number; bytes: number; oldestAt: number }[];
  words: number;
  /** Photos of people, pictures and files of drafts and of messages on their way. */
  pictures: number;
}

/** What stands beside a message's words. */
const PER_LINE = 36;

export function createUsage(db: Database) {
  return {
    /** Reads it all, a chat at a time: for a page that somebody opened for it. */
    async of(account: AccountId): Promise<AccountUsage> {
      const prefix: Key = [account];
      const rows = await db.read(['chats'], ({ chats }) => chats.list({ prefix }));
      const chats: AccountUsage['chats'] = [];
      for (const row of rows) {
        const blocks = await db.read(['messages'], ({ messages }) => messages.list({ prefix: [row.no] }));
        const bytes = blocks.reduce((sum, { lines }) => sum + lines.byteLength, 0);
        const messages = blocks.reduce((sum, { lines }) => sum + countLines(lines), 0);
        // Ids are times.
        if (messages) chats.push({ row, messages, bytes, oldestAt: Number(blocks[0]!.firstKey) });
      }
      const words = await db.read(['words'], ({ words }) => words.list({ prefix }));
      const kept = await db.read(['photos', 'pictures', 'fileParts'], async (tables) => {
        const photos = await tables.photos.list({ prefix });
        const [pictures, parts] = [await tables.pictures.list({ prefix }), await tables.fileParts.list({ prefix })];
        const seen = photos.reduce((sum, { url }) => sum + (url?.length ?? 0), 0);
        return [...pictures, ...parts].reduce((sum, { bytes }) => sum + bytes.byteLength, seen);
      });
      return {
        chats: chats.sort((a, b) => b.bytes - a.bytes),
        words: words.reduce((sum, { text, at }) => sum + text.byteLength + at.length * PER_LINE, 0),
        pictures: kept,
      };
    },
  };
}

function countLines(lines: Uint8Array): number {
  let count = lines.length ? 1 : 0;
  for (const byte of lines) if (byte === 10) count++;
  return count;
}
