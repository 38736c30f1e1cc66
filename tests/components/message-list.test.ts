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

  it('does not move what is read when what stands above the lines says more or less by itself', async () => {
    const drift = await page.evaluate(async () => {
      const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const box = document.querySelector('.chat-scroll')!;
      const top = document.querySelector<HTMLElement>('.chat-top')!;
      const line = [...box.querySelectorAll('[data-line]')].find(
        (one) => one.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 40,
      )!;
      const before = line.getBoundingClientRect().top;
      const drifts = [];
      for (const height of ['120px', '90px', '']) {
        top.style.height = height;
        await frames();
        drifts.push(Math.abs(line.getBoundingClientRect().top - before));
      }
      return Math.max(...drifts);
    });
    expect(drift).toBeLessThanOrEqual(1);
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

inBrowser('a talk of 20,000 messages', () => {
  it('moves nothing that is read, wherever one reads on, and holds no more nodes than one of 1,000', async () => {
    const read = async (count: number, places: number[]) => {
      await page.evaluate((n) => window.list.begin(n, 0, true), count);
      const found = { drift: 0, took: 0, nodes: 0, count: 0 };
      for (const place of places) {
        await page.evaluate((i) => window.list.jump(i), place);
        for (let i = 0; i < 4; i++) {
          const { drift, took } = await page.evaluate(() => window.list.climb());
          const { nodes, count } = await look();
          found.drift = Math.max(found.drift, drift);
          found.took = Math.max(found.took, took);
          found.nodes = Math.max(found.nodes, nodes);
          found.count = Math.max(found.count, count);
        }
      }
      return found;
    };
    const short = await read(1_000, [950, 700]);
    const long = await read(20_000, [19_950, 10_000, 800]);
    expect(long.drift).toBeLessThanOrEqual(1);
    expect(long.count).toBe(400);
    expect(long.nodes).toBeLessThanOrEqual(short.nodes * 1.1);
  }, 120_000);

  it('is read down from its first message without a gap', async () => {
    await page.evaluate(() => window.list.jump(0));
    let before = await look();
    for (let i = 0; i < 12; i++) {
      await wheel(2_000);
      const now = await look();
      expect(now.top).toBeGreaterThanOrEqual(before.top);
      expect(now.top - before.top).toBeLessThanOrEqual(80);
      before = now;
    }
    expect(before.top).toBeGreaterThan(250);
  }, 60_000);

  it('leads anywhere at once, and on from there both ways', async () => {
    await page.evaluate(() => window.list.jump(10_000));
    await wheel(0);
    const there = await look();
    expect(Math.abs(there.top - 10_000)).toBeLessThan(20);
    let before = there;
    for (let i = 0; i < 8; i++) {
      await wheel(1_000);
      const now = await look();
      expect(now.top - before.top).toBeGreaterThan(0);
      expect(now.top - before.top).toBeLessThanOrEqual(40);
      before = now;
    }
    await page.evaluate(() => window.list.jump(10_000));
    await wheel(-1_000);
    expect((await look()).top).toBeLessThan(there.top);
    expect((await look()).top).toBeGreaterThan(there.top - 60);
  });
});

inBrowser('messages that were not read', () => {
  it('begin at a line, and are told of above where it lies off the screen', async () => {
    await page.evaluate(() => window.list.begin(300, 50));
    await page.locator('.chat-pill-new').waitFor();
    // Every fifth is the person's own.
    expect((await look()).above).toMatch(/^50 new, from /);
    await page.locator('.chat-pill-go').click();
    await wheel(0);
    const line = await page.locator('.chat-new').boundingBox();
    expect(line!.y).toBeGreaterThan(0);
    expect(line!.y).toBeLessThan(600);
    expect(await page.locator('.chat-new + article').textContent()).toContain('No 251.');
    expect((await look()).above).toBeNull();
  });

  it('are not told of where they are all on screen', async () => {
    await page.evaluate(() => window.list.begin(301, 2));
    await page.locator('.chat-new').waitFor();
    await wheel(0);
    expect((await look()).above).toBeNull();
  });

  it('that begin before what is loaded are asked for', async () => {
    await page.evaluate(() => window.list.begin(1_000, 400));
    await page.locator('.chat-pill-go').click();
    expect((await page.evaluate(() => window.list.told)).at(-1)).toMatch(/^go to /);
    expect(await page.locator('.chat-new').count()).toBe(0);
  });
});

inBrowser('a day', () => {
  it('leads to another day', async () => {
    await page.locator('.chat-day button').first().click();
    expect((await page.evaluate(() => window.list.told)).at(-1)).toMatch(/^day \d{4}-\d\d-\d\d$/);
  });
});
