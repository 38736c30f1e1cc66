import { type BenchExtension, openBenchExtension } from './bench-extension.ts';
import { type BenchPart, inTurns, ratioRow } from './bench-row.ts';
import { bundle } from './browser-page.ts';
import type { SearchWay } from './search-worker.ts';

const WARM = ['delivery', 'invoice', 'pump', 'lieferung', 'facture', 'price', 'order'];
const COMPANY = { count: 100_000, chats: 500 };

/** S1, S2, S5, S6 and P2: searching and reading what is stored, in the service worker of an extension. */
export const searchPart: BenchPart = {
  ids: ['S1', 'S2', 'S5', 'S6', 'P2'],
  async rows(wanted) {
    const extension = await openBenchExtension(await bundle('search-worker.ts'));
    const way = (name: SearchWay) => () => extension.ask<number>(name);
    const unit = 'ms';
    try {
      const rows = [];
      if (wanted.has('S1') || wanted.has('S2')) {
        const taken = await inTurns({ came: way('scanCame'), ordered: way('scanOrdered'), pass: way('pass') });
        const what =
          '45 searches through the words of 40,000 messages as they came; against indexOf of each longest word';
        rows.push(ratioRow({ id: 'S1', what, unit, atMost: 1.2 }, taken.came, taken.pass));
        const packed = 'the same, packed in order of time; against the same';
        rows.push(ratioRow({ id: 'S2', what: packed, unit, atMost: 0.65 }, taken.ordered, taken.pass));
      }
      if (wanted.has('S5') || wanted.has('S6')) {
        await extension.ask('fillCompany', COMPANY);
        // What filled it holds in memory all that it made.
        await extension.stop();
      }
      if (wanted.has('S5')) {
        const taken = await inTurns({ ours: () => coldSearch(extension), least: () => coldLeast(extension) });
        const what =
          'a search among 100,000 messages where the worker has to be started, until the 50 are on the page; against the worker’s start, reading all words and 50 messages';
        rows.push(ratioRow({ id: 'S5', what, unit, atMost: 1.5 }, taken.ours, taken.least));
      }
      if (wanted.has('S6')) {
        const taken = await inTurns({ ours: () => warmSearches(extension), least: () => warmLeast(extension) });
        const what =
          'seven of them where it runs; against its answering at once, a pass of indexOf over the words and 50 messages read';
        rows.push(ratioRow({ id: 'S6', what, unit, atMost: 2 }, taken.ours, taken.least));
      }
      if (wanted.has('P2')) {
        await extension.ask('fillTalks');
        const taken = await inTurns({ big: way('newestOfBig'), small: way('newestOfSmall') });
        const what = 'the newest 50 of a chat of 20,000, twenty times; against a chat of 100';
        rows.push(ratioRow({ id: 'P2', what, unit, atMost: 2 }, taken.big, taken.small));
      }
      return rows.filter(({ id }) => wanted.has(id));
    } finally {
      await extension.close();
    }
  },
};

async function coldSearch({ stop, timed }: BenchExtension): Promise<number> {
  await stop();
  return timed('find', WARM[0]);
}

/** Each measured alone, and without opening the database. */
async function coldLeast({ stop, timed, ask }: BenchExtension): Promise<number> {
  await stop();
  return (await timed('ping')) + (await ask<number>('readWords')) + (await ask<number>('fiftyGets'));
}

async function warmSearches({ timed }: BenchExtension): Promise<number> {
  let took = 0;
  for (const word of WARM) took += await timed('find', word);
  return took;
}

async function warmLeast({ timed, ask }: BenchExtension): Promise<number> {
  let took = 0;
  for (const word of WARM)
    took += (await timed('ping')) + (await ask<number>('passOver', word)) + (await ask<number>('fiftyGets'));
  return took;
}
