import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, openBundle } from './real-browser.ts';

const inBrowser = describe.skipIf(!browserFound);

let page: Page;
let close = async () => {};

beforeAll(async () => {
  if (!browserFound) return;
  ({ page, close } = await openBundle('list-page.tsx', '<div id="app" style="block-size: 100%"></div>'));
}, 60_000);

afterAll(() => close());

const look = () => page.evaluate(() => window.list.look());

/** Scrolls by `dy` and waits until two frames have been drawn. */
async function wheel(dy: number) {
  await page.evaluate(async (by) => {
    document.querySelector('.chat-scroll')!.scrollBy(0, by);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, dy);
}

/** One test a story: each goes on where the one before ended. */
inBrowser('the list of messages', () => {
  it('begins at the newest, and that is marked seen', async () => {
    expect(await look()).toMatchObject({ last: 599, toEnd: 0, pill: null });
    expect(await page.evaluate(() => window.list.seen())).toBeGreaterThan(0);
  });

  it('has room beside each bubble for its tools and time: they cover nothing that is read', async () => {
    const covered = await page.evaluate(() => {
      const boxOf = (el: Element) => el.getBoundingClientRect();
      const apart = (a: DOMRect, b: DOMRect) =>
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      const scroll = boxOf(document.querySelector('.chat-scroll')!);
      const rows = [...document.querySelectorAll('.chat-row')];
      const read = rows.flatMap((row) => [...row.querySelectorAll('.chat-bubble, .chat-head, .chat-face')]).map(boxOf);
      return rows.flatMap((row) => {
        const aside = boxOf(row.querySelector('.chat-aside')!);
        const parts = [...row.querySelectorAll('.chat-aside > *')].map(boxOf);
        const outside = parts.some((part) => part.left < scroll.left || part.right > scroll.right);
        const over = [aside, ...parts].some((part) => read.some((text) => !apart(part, text)));
        return outside || over ? [row.textContent] : [];
      });
    });
    expect(covered).toEqual([]);
  });

  it('stays at the end while messages come', async () => {
    await page.evaluate(() => window.list.arrive());
    expect(await look()).toMatchObject({ last: 600, toEnd: 0, pill: null });
  });

  it('scrolls to the very first message without a jump, with at most 400 lines in the page', async () => {
    await page.mouse.move(200, 300);
    let before = await look();
    for (let i = 0; i < 400 && before.top > 0; i++) {
      await wheel(-400);
      const now = await look();
      expect(now.count).toBeLessThanOrEqual(400);
      // 400 px are at most some fifteen lines: more would be a jump, fewer than none a jump back.
      expect(before.top - now.top).toBeGreaterThanOrEqual(0);
      expect(before.top - now.top).toBeLessThanOrEqual(15);
      before = now;
    }
    expect(before.top).toBe(0);
  }, 60_000);

  it('does not move what is read when messages come, and counts them in the pill', async () => {
    await wheel(500);
    const before = await look();
    const seen = await page.evaluate(() => window.list.seen());
    await page.evaluate(() => {
      window.list.arrive();
      window.list.arrive();
    });
    const now = await look();
    expect([now.top, now.y]).toEqual([before.top, before.y]);
    expect(now.pill).toBe('2 new messages');
    expect(await page.evaluate(() => window.list.seen())).toBe(seen);
  });

  it('scrolls down again through all pages without a jump', async () => {
    let before = await look();
    for (let i = 0; i < 400 && before.pill !== null; i++) {
      await wheel(400);
      const now = await look();
      expect(now.top - before.top).toBeGreaterThanOrEqual(0);
      expect(now.top - before.top).toBeLessThanOrEqual(15);
      before = now;
    }
    expect(before).toMatchObject({ last: 602, pill: null });
  }, 60_000);

  it('goes to the newest at a click on the pill, and when the person sends', async () => {
    await wheel(-3000);
    await page.click('.chat-pill');
    await wheel(0);
    expect(await look()).toMatchObject({ last: 602, toEnd: 0, pill: null });
    await wheel(-3000);
    await page.evaluate(() => window.list.send());
    await wheel(0);
    expect(await look()).toMatchObject({ last: 602, toEnd: 0, pill: null });
  });
});
