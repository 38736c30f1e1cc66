import type { IDBPDatabase, IDBPTransaction } from 'idb';

/** Up to here a block held 100 messages as objects. Now it is 50, a line of JSON each behind a key of 20 digits, in UTF-8. */
export async function json(_db: IDBPDatabase, tx: IDBPTransaction<unknown, string[], 'versionchange'>): Promise<void> {
  const store = tx.objectStore('messages');
  for (let after: IDBKeyRange | null = null; ; ) {
    const old: OldBlock[] = await store.getAll(after, 20);
    const last = old.at(-1);
    if (!last) return;
    for (const { no, firstKey, messages } of old) {
      // What this very loop wrote comes by too.
      if (!messages) continue;
      const keys = messages.map(({ id }) => id.padStart(20, '0'));
      if (keys[0] !== firstKey) await store.delete([no, firstKey]);
      for (let at = 0; at < messages.length; at += 50) {
        const lines = messages.slice(at, at + 50).map((message, i) => keys[at + i] + JSON.stringify(message));
        await store.put({ no, firstKey: keys[at], lines: encoder.encode(lines.join('\n')) });
      }
    }
    after = IDBKeyRange.lowerBound([last.no, last.firstKey], true);
  }
}

const encoder = new TextEncoder();

interface OldBlock {
  no: number;
  firstKey: string;
  messages?: { id: string }[];
}
