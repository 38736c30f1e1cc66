import { messagesOf } from './block-lines.ts';
import { type Database, everything } from './database.ts';
import type { ChatRow, MessageBlock } from './schema.ts';

/**
 * The same database, which mends itself: where messages do not read any more, those of their chats are forgotten, so that
 * they are read from Microsoft again, and what was asked is asked once more.
 */
export function mending(db: Database): Database {
  const again = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch(async (caught) => {
      if (!(caught instanceof SyntaxError) || !(await forgetDamaged(db))) throw caught;
      return work();
    });
  return {
    read: (stores, work) => again(() => db.read(stores, work)),
    write: (stores, work, durability) => again(() => db.write(stores, work, durability)),
    close: () => db.close(),
  };
}

/** Gives how many chats that were. */
async function forgetDamaged(db: Database): Promise<number> {
  return db.write(['chats', 'messages', 'counters'], async ({ chats, messages, counters }) => {
    const damaged = new Set<number>();
    const rows = await chats.list(everything);
    for (const { no } of rows)
      if ((await messages.list({ prefix: [no] })).some((block) => !isSound(block))) damaged.add(no);
    for (const row of rows) {
      if (!damaged.has(row.no)) continue;
      await messages.clear({ prefix: [row.no] });
      await chats.put(unread(row));
    }
    if (damaged.size) await counters.put({ name: 'rebuilt', last: 1 });
    return damaged.size;
  });
}

function isSound(block: MessageBlock): boolean {
  try {
    messagesOf(block);
    return true;
  } catch {
    return false;
  }
}

/** As if nothing of it had been read yet. */
function unread({ gap, runs, span, evicted, unreadAfter, ...row }: ChatRow): ChatRow {
  return { ...row, me: null, watermark: null, oldest: null, complete: false, unread: 0 };
}
