import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Person, test } from './fixtures/deskside.ts';
import { ALICE } from './fixtures/talk.ts';

/** Outlines of real pages, beside the checkout where there are any. */
const OUTLINES = resolve(import.meta.dirname, '../../../shared/data/outlines');

for (const flavour of ['v14', 'v15', 'v16']) {
  test(`the sandbox’s list is built and redrawn as a real one: ${flavour}`, async ({ person, control }) => {
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
    await test.step('a page hears of the documents it subscribed to, and of none after the line has broken', async () => {
      const heard = await page.evaluateHandle(listenTo, ['Event', 'EV00004']);
      const names = () => heard.evaluate((all: string[]) => [...new Set(all)]);
      await alice.erp.update('Event', 'EV00003', { subject: 'Unheard' });
      await alice.erp.update('Event', 'EV00004', { subject: 'Heard' });
      await expect.poll(names).toEqual(['EV00004']);
      await control.desk({ socket: false });
      await expect.poll(names).toEqual(['EV00004', 'disconnect']);
      await control.desk({ socket: true });
      await expect.poll(names, { timeout: 10_000 }).toEqual(['EV00004', 'disconnect', 'connect']);
      await heard.evaluate((all: string[]) => all.splice(0));
      await alice.erp.update('Event', 'EV00004', { subject: 'Lost' });
      await page.evaluate(subscribe, ['Event', 'EV00004']);
      await alice.erp.update('Event', 'EV00004', { subject: 'Heard again' });
      await expect.poll(async () => (await heard.evaluate((all: string[]) => all)).length).toBe(2);
    });
  });
}

type Socket = {
  on(event: string, handler: (data: { name: string }) => void): void;
  emit(event: string, ...about: string[]): void;
};

/** Runs in the page: joins a document's room and notes what comes. */
function listenTo([doctype = '', name = '']: string[]): string[] {
  const { frappe } = window as unknown as { frappe: { socketio: { socket: Socket } } };
  const { socket } = frappe.socketio;
  const heard: string[] = [];
  socket.on('doc_update', (data) => heard.push(data.name));
  for (const event of ['connect', 'disconnect']) socket.on(event, () => heard.push(event));
  socket.emit('doc_subscribe', doctype, name);
  return heard;
}

/** Runs in the page, past Frappe's own throttle. */
function subscribe([doctype = '', name = '']: string[]): void {
  const { frappe } = window as unknown as { frappe: { socketio: { socket: Socket } } };
  frappe.socketio.socket.emit('doc_subscribe', doctype, name);
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
