import { type BenchPart, countRow, inTurns, ratioRow } from './bench-row.ts';
import { openBenchPage } from './browser-page.ts';
import type { bench } from './storage-page.ts';

/** I1 to I5: messages into IndexedDB, in a real browser. */
export const storagePart: BenchPart = {
  ids: ['I1', 'I2', 'I3', 'I4', 'I5'],
  async rows(wanted) {
    const { page, close } = await openBenchPage('storage-page.ts');
    const way = (name: keyof typeof bench) => () => page.evaluate((name) => window.bench[name](), name);
    const unit = 'messages/s';
    try {
      const rows = [];
      if (wanted.has('I1') || wanted.has('I2') || wanted.has('I3')) {
        const into = await inTurns({
          rows: way('rows'),
          pages: way('pages'),
          batches: way('batches'),
          blobs: way('blobs'),
        });
        const what = 'messages stored with their words, 50 of a chat a transaction; against a row a message';
        rows.push(ratioRow({ id: 'I1', what, unit, atLeast: 1.8 }, into.pages, into.rows));
        const more = 'the same, 50 of each of 20 chats a transaction; against a row a message, 50 a transaction';
        rows.push(ratioRow({ id: 'I2', what: more, unit, atLeast: 4 }, into.batches, into.rows));
        const floor = 'the same; against 50 in one row, written blindly';
        rows.push(ratioRow({ id: 'I3', what: floor, unit, atLeast: 0.5 }, into.batches, into.blobs));
      }
      if (wanted.has('I4')) {
        const what = 'writes for pages that come once more, unchanged';
        rows.push(countRow({ id: 'I4', what, unit: 'calls' }, await way('redelivered')(), 0));
      }
      if (wanted.has('I5')) {
        const grown = await inTurns({ ours: way('growOurs'), rows: way('growRows') });
        const what = 'three more messages in each of 240 chats, 20 chats a transaction; against a row a message';
        rows.push(ratioRow({ id: 'I5', what, unit, atLeast: 1 }, grown.ours, grown.rows));
      }
      return rows.filter(({ id }) => wanted.has(id));
    } finally {
      await close();
    }
  },
};
