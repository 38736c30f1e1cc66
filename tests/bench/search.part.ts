import { type BenchPart, inTurns, ratioRow } from './bench-row.ts';
import { openBenchPage } from './browser-page.ts';
import type { searchBench } from './search-page.ts';

/** S1, S2, S6 and P2: searching and reading what is stored, in a real browser. */
export const searchPart: BenchPart = {
  ids: ['S1', 'S2', 'S6', 'P2'],
  async rows(wanted) {
    const { page, close } = await openBenchPage('search-page.ts');
    const way = (name: keyof typeof searchBench) => () => page.evaluate((name) => window.searchBench[name](), name);
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
      if (wanted.has('S6')) {
        const taken = await inTurns({ ours: way('warmSearch'), least: way('warmLeast') });
        const what = 'seven searches, each with its 50 messages; against a pass over the words and 50 reads';
        rows.push(ratioRow({ id: 'S6', what, unit, atMost: 2 }, taken.ours, taken.least));
      }
      if (wanted.has('P2')) {
        const taken = await inTurns({ big: way('newestOfBig'), small: way('newestOfSmall') });
        const what = 'the newest 50 of a chat of 20,000, twenty times; against a chat of 100';
        rows.push(ratioRow({ id: 'P2', what, unit, atMost: 2 }, taken.big, taken.small));
      }
      return rows.filter(({ id }) => wanted.has(id));
    } finally {
      await close();
    }
  },
};
