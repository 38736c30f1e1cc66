import type { Page } from '@playwright/test';
import { launcher } from '../../scripts/walk/panel.ts';
import { expect, FLAVOURS, test } from './fixtures/desk.ts';
import { dock } from './fixtures/places.ts';

test.describe.configure({ timeout: 300_000 });

/** CSS pixels; the last is a phone. */
const WIDTHS = [1440, 1280, 1024, 390];

for (const flavour of FLAVOURS) {
  test(`a long title, the form’s buttons and the panel leave each other room: ${flavour}`, { tag: '@desk' }, async ({
    desk,
    person,
  }) => {
    const site = await desk(flavour);
    const me = await person(site.me.email, { flavour });
    const { name } = await site.event({ subject: 'Quarterly review of the new warehouse in Hamburg with everyone' });
    await me.openRecord('Event', name);
    await expect(launcher(me.page)).toBeVisible();
    for (const width of WIDTHS) {
      await me.page.setViewportSize({ width, height: 800 });
      await test.step(`closed, ${width} px`, () => expect.poll(() => inTheWay(me.page)).toEqual([]));
    }
    await me.page.setViewportSize({ width: 1440, height: 800 });
    await me.openPanel();
    // Where a form and the panel have room, Desk gives way, however long the title is.
    await expect(dock(me.page)).toHaveAttribute('data-stance', 'push');
    for (const width of WIDTHS) {
      await me.page.setViewportSize({ width, height: 800 });
      if (width === 390) await expect(dock(me.page)).toHaveAttribute('data-stance', 'fill');
      else await test.step(`open, ${width} px`, () => expect.poll(() => inTheWay(me.page)).toEqual([]));
    }
  });
}

/** Buttons of the form’s head that the title, the panel or the window's end covers. */
function inTheWay(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shown = (element: Element) => element.getBoundingClientRect().width > 0;
    const head = [...document.querySelectorAll('.page-head')].find(shown);
    /** What is seen of it: v16 cuts its title off at the area's end, others let theirs stick out. */
    const seen = (element: Element): { left: number; right: number; top: number; bottom: number } => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let around = element.parentElement; around && around !== head; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const box = around.getBoundingClientRect();
        [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      }
      return { left, right, top, bottom };
    };
    const words = head?.querySelector('.title-text');
    const title = words && seen(words);
    const panel = [...document.querySelectorAll('[data-deskside=dock]')].find(shown)?.getBoundingClientRect();
    const overlap = (one: DOMRect, other: ReturnType<typeof seen> | null | undefined) =>
      !!other &&
      one.left < other.right - 1 &&
      other.left < one.right - 1 &&
      one.top < other.bottom - 1 &&
      other.top < one.bottom - 1;
    return [...(head?.querySelectorAll('.page-actions button, .page-actions .btn') ?? [])]
      .filter(shown)
      .flatMap((button) => {
        const box = button.getBoundingClientRect();
        const what = button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '';
        return [
          ...(overlap(box, title) ? [`${what} and the title`] : []),
          ...(overlap(box, panel) ? [`${what} and the panel`] : []),
          ...(box.left < 0 || box.right > innerWidth ? [`${what} and the window’s end`] : []),
        ];
      });
  });
}
