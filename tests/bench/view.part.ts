import { type BenchPart, type BenchRow, countRow, inTurns, ratioRow } from './bench-row.ts';
import { openBenchPage } from './browser-page.ts';

const MOST_DRIFT = 1;
/** A painting is short, and what else the machine does is long beside it. */
const PAINTS = 15;

/** V1 to V3, P1 and P4: the list of messages in a real browser, and the cleaning of what stands in it. */
export const viewPart: BenchPart = {
  ids: ['V1', 'V2', 'V3', 'P1', 'P4'],
  async rows(wanted) {
    const { page, close } = await openBenchPage('view-page.tsx', { dompurify: 'counted-purify.ts' });
    try {
      const rows: BenchRow[] = [];
      if (wanted.has('V1')) {
        const [many, few] = [
          await page.evaluate(() => window.view.nodes(20_000)),
          await page.evaluate(() => window.view.nodes(1_000)),
        ];
        const what = 'elements in the page of a talk of 20,000 messages; against one of 1,000';
        rows.push(ratioRow({ id: 'V1', what, unit: 'elements', atMost: 1.1 }, [many], [few]));
      }
      let blank = 0;
      if (wanted.has('V2') || wanted.has('V3')) {
        const taken = await inTurns({
          windowed: async () => {
            const found = await page.evaluate(() => window.view.windowed());
            blank += found.blank;
            return found.work;
          },
          plain: async () => (await page.evaluate(() => window.view.plain())).work,
        });
        const what = 'the median frame of a scroll of 120 px a frame among 20,000; against a plain list of 400';
        rows.push(ratioRow({ id: 'V2', what, unit: 'ms', atMost: 1.5 }, taken.windowed, taken.plain));
      }
      if (wanted.has('V3')) {
        const drift = await page.evaluate(() => window.view.drift());
        const what = 'how far a line moves at the most while older ones come above it';
        const goal = `≤ ${MOST_DRIFT} px`;
        const value = Number(drift.toPrecision(3));
        rows.push({ id: 'V3', what, value, unit: 'px', baseline: null, ratio: null, goal, pass: drift <= MOST_DRIFT });
        const none = 'frames of that scroll with nothing in the middle of the list';
        rows.push(countRow({ id: 'V3', what: none, unit: 'frames' }, blank, 0));
      }
      if (wanted.has('P1')) {
        const taken = await inTurns(
          {
            ours: () => page.evaluate(() => window.view.firstPaint(false)),
            base: () => page.evaluate(() => window.view.firstPaint(true)),
          },
          PAINTS,
        );
        const what = 'a chat’s newest 50 from the store onto the screen; against the same without cleaning their HTML';
        rows.push(ratioRow({ id: 'P1', what, unit: 'ms', atMost: 1.5 }, taken.ours, taken.base));
      }
      if (wanted.has('P4')) {
        const counts = await page.evaluate(() => window.view.cleaned());
        const [first, again, back, edited] = counts as [number, number, number, number];
        const unit = 'calls';
        rows.push(countRow({ id: 'P4', what: 'texts cleaned when 50 messages are shown first', unit }, first, 50));
        rows.push(countRow({ id: 'P4', what: 'when they are drawn again, or come back to', unit }, again + back, 0));
        rows.push(countRow({ id: 'P4', what: 'after one of them was edited', unit }, edited, 1));
      }
      return rows.filter(({ id }) => wanted.has(id));
    } finally {
      await close();
    }
  },
};
