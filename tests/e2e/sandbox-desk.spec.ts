import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Person, test } from './fixtures/deskside.ts';
import { ALICE } from './fixtures/talk.ts';

/** Outlines of real pages, beside the checkout where there are any. */
const OUTLINES = resolve(import.meta.dirname, '../../../shared/data/outlines');

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`the sandbox’s list is built and redrawn as a real one: ${flavour}`, async ({ person }) => {
    test.skip(!existsSync(OUTLINES), 'There are no outlines of real pages here.');
    const alice = await person(ALICE, { flavour });
    await openList(alice, flavour);
    const { page } = alice;
    const row = page.locator('.frappe-list .list-row-container:has(.list-row)').first();
    const real = outlineOf(readFileSync(`${OUTLINES}/${flavour}-event-list.txt`, 'utf8'));
    const deepest = Math.max(...real.map((line) => Number.parseInt(line, 10)));
    expect(alike(await row.evaluate(shapeOf), deepest)).toBe(alike(real, deepest));

    await test.step('what stands in its rows is gone when one of them is saved', async () => {
      await row.evaluate((element) => element.setAttribute('data-probe', ''));
      await alice.erp.update('Event', 'EV00001', { subject: 'Saved meanwhile' });
      await expect(page.locator('[data-probe]')).toHaveCount(0);
      await expect(row).toContainText('Saved meanwhile');
    });
    await test.step('a click opens the record, but not one on what has a purpose of its own', async () => {
      await row.locator('.list-row-checkbox').check();
      await expect(page.locator('body')).toHaveAttribute('data-route', 'List/Event/List');
      await row.locator('.frappe-timestamp').click();
      await expect(page.locator('body')).toHaveAttribute('data-route', 'Form/Event/EV00001');
    });
  });
}

async function openList({ page, site }: Person, flavour: string): Promise<void> {
  await page.goto(`${site}/${flavour === 'v16' ? 'desk' : 'app'}/event`);
  await page.locator('.list-row').first().waitFor();
}

/** The first row in an outline, which has one line an element, indented by its depth. */
function outlineOf(outline: string): string[] {
  const lines = outline.split('\n').map((line) => ({ indent: line.search(/\S/), words: line.trim() }));
  const from = lines.findIndex(
    ({ words }, at) => words === 'div.list-row-container' && lines[at + 1]?.words === 'div.level.list-row',
  );
  const top = lines[from]?.indent ?? 0;
  const end = lines.findIndex(({ indent }, at) => at > from && indent <= top);
  return lines.slice(from, end).map(({ indent, words }) => `${(indent - top) / 2} ${words.replace(/[[ (].*$/, '')}`);
}

/** The same of an element in the page; an outline, too, does not look into what is hidden. */
function shapeOf(top: Element): string[] {
  const walk = (element: Element, depth: number): string[] => [
    `${depth} ${[element.localName, ...element.classList].join('.')}`,
    ...(getComputedStyle(element).display === 'none' ? [] : [...element.children]).flatMap((child) =>
      walk(child, depth + 1),
    ),
  ];
  return walk(top, 0);
}

const FIELDS = new Set(['subject', 'event_type', 'event_category', 'status', 'starts_on', 'name']);

/** Down to a depth, without what names a field, and a column once however many there are. */
function alike(lines: string[], deepest: number): string {
  const kept = lines.flatMap((line) => {
    const [depth = '', element = ''] = line.split(' ');
    const [tag = '', ...classes] = element.split('.');
    const names = classes.filter((name) => !FIELDS.has(name)).sort();
    return Number(depth) > deepest ? [] : [`${depth} ${[tag, ...names].join('.')}\n`];
  });
  return kept.join('').replaceAll(/((?:\d \S+\n){1,2})\1+/g, '$1');
}
