import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type Person, test } from './fixtures/deskside.ts';
import { configure } from './fixtures/places.ts';
import { ALICE, BOB, composer, EVENT, linkChat, log, openTalk, say } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.slow();

test('a private window says what it forgets, and nothing of it reaches the disk', async ({
  sandbox,
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const profile = await folderOf(alice);
  const ordinary = marker();
  await composer(await openTalk(alice)).fill(ordinary);
  await alice.page.goto('about:blank');

  await configure(alice, { developer: true, privateId: sandbox.extensionId });
  const page = await privateWindow(alice, `${alice.site}/login`);
  await page.evaluate((form) => fetch('/api/method/login', { method: 'POST', body: new URLSearchParams(form) }), {
    usr: ALICE,
    pwd: 'sandbox-alice',
  });
  const [read, sent, draft] = [marker(), marker(), marker()];
  await control.write({ chatId, from: BOB, html: `<p>${read}</p>` });
  const panel = await openTalk(alice, EVENT, page);
  await expect(panel.getByText('This is a private window')).toBeVisible();
  await expect(log(panel).getByText(read)).toBeVisible();
  await say(panel, sent);
  await expect.poll(async () => JSON.stringify(await control.state())).toContain(sent);
  await composer(panel).fill(draft);
  // Leaving the tab is when a draft is written down.
  await page.goto('about:blank');
  await page.goBack();
  await alice.close();

  const disk = contentsOf(profile);
  expect(holds(disk, ordinary), 'an ordinary window’s draft is kept, so looking finds what is there').toBe(true);
  for (const text of [read, sent, draft, chatId]) expect(holds(disk, text), text).toBe(text === chatId);
});

/** Random, so that no compression can hide it. */
const marker = () => `mark${randomBytes(16).toString('hex')}`;

async function folderOf(person: Person): Promise<string> {
  const page = await person.context.newPage();
  await page.goto('chrome://version');
  const folder = await page.locator('#profile_path').innerText();
  await page.close();
  return folder;
}

async function privateWindow(person: Person, url: string): Promise<Page> {
  const opened = person.context.waitForEvent('page', (page) => page.url().startsWith(url));
  const worker = await person.worker();
  await worker.evaluate(async (address) => {
    const { chrome } = globalThis as unknown as { chrome: typeof import('wxt/browser').browser };
    await chrome.windows.create({ incognito: true, url: address });
  }, url);
  return opened;
}

function contentsOf(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

const holds = (files: Buffer[], text: string) =>
  files.some((file) => file.includes(text, 0, 'latin1') || file.includes(text, 0, 'utf16le'));
