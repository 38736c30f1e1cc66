import { describe, expect, it } from 'vitest';
import { browserFound, openBundle } from './real-browser.ts';

type Seen = {
  type: string;
  width: number;
  height: number;
  size: number;
  real: number[];
  tells: boolean;
  before: number;
} | null;

describe.skipIf(!browserFound)('a picture before it is sent', () => {
  it('is drawn anew, small enough, the right way up, and tells nothing of where it was taken', async () => {
    const { page, close } = await openBundle('./prepare-image-page.ts', '<p>pictures</p>');
    try {
      const all = await page.evaluate(() =>
        (window as unknown as { pictures: { all(): Promise<Record<string, Seen>> } }).pictures.all(),
      );
      expect(all.screenshot).toMatchObject({ type: 'image/png', width: 800, height: 600 });
      expect(all.large).toMatchObject({ type: 'image/png', width: 2048, height: 1024 });
      expect(all.photo).toMatchObject({ type: 'image/jpeg' });
      expect(all.photo!.before).toBeGreaterThan(1_000_000);
      expect(all.photo!.size).toBeLessThanOrEqual(300_000);
      expect(all.photo!.width / all.photo!.height).toBeCloseTo(4 / 3, 1);
      expect(all.turned).toMatchObject({ type: 'image/jpeg', width: 200, height: 300, tells: false });
      expect(all.gif).toMatchObject({ type: 'image/gif', width: 1, height: 1 });
      expect(all.gif!.size).toBe(all.gif!.before);
      expect([all.words, all.script]).toEqual([null, null]);
      for (const one of Object.values(all)) if (one) expect(one.real).toEqual([one.width, one.height, one.size]);
    } finally {
      await close();
    }
  });
});
