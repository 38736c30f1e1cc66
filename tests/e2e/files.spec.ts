import { createHash } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Frame, Locator } from '@playwright/test';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { type Control, expect, test } from './fixtures/deskside.ts';
import {
  ALICE,
  BOB,
  composer,
  linkChat,
  log,
  openTalk,
  outgoing,
  panelAgain,
  passTime,
  said,
} from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

const FOLDER = 'Microsoft Teams Chat Files';
const filesOf = async (control: Control) => (await control.state()).files;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function pick(panel: Frame, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await panel.getByLabel('File', { exact: true }).setInputFiles(files);
}

/** As the browser drops a file that was dragged here. */
async function drop(field: Locator, name: string, text: string): Promise<void> {
  await field.evaluate(
    (el, { name, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type: 'application/pdf' }));
      el.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    { name, text },
  );
}

test('a file by OneDrive: asked for at the first one, uploaded once whatever happens, opened to the chat’s people', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice, undefined, ['erin@partner.example']);
  let panel = await openTalk(alice);
  const axe = async () =>
    expect((await new AxeBuilder({ page: alice.page }).include('[data-deskside=dock]').analyze()).violations).toEqual(
      [],
    );
  const strip = () => panel.getByRole('list', { name: 'Files that go along' });

  await test.step('without the permission it waits, with what would make it go, also after a reload', async () => {
    await drop(composer(panel), 'Hall: plan #1.pdf', 'The plan');
    await expect(strip()).toContainText('Hall: plan #1.pdf');
    await expect(panel.getByText('Sending files needs your permission')).toBeVisible();
    await expect(panel.getByText(/There are people from outside here/)).toBeVisible();
    await expect(panel.getByRole('button', { name: 'Send' })).toBeDisabled();
    await axe();
    await alice.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await panel.getByRole('button', { name: 'Copy link for administrator' }).click();
    const link = new URL(await alice.page.evaluate(() => navigator.clipboard.readText()));
    expect(link.searchParams.get('scope')).toContain('Files.ReadWrite');
    await expect(async () => {
      await alice.page.reload();
      panel = await panelAgain(alice);
      await expect(strip()).toContainText('Hall: plan #1.pdf', { timeout: 3000 });
    }).toPass();
    expect((await control.requests()).filter((r) => r.url.includes('/me/drive'))).toEqual([]);
  });

  await test.step('allowed, it goes with its message, under a name that OneDrive takes', async () => {
    const window = alice.context.waitForEvent('page');
    await panel.getByRole('button', { name: 'Allow OneDrive' }).click();
    await passMicrosoft(await window, { account: ALICE });
    await expect(panel.getByText(/Goes into your OneDrive/)).toBeVisible();
    await composer(panel).fill('See the plan');
    await composer(panel).press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length).toBe(1);
    const [file] = await filesOf(control);
    expect(file).toMatchObject({ path: `${FOLDER}/Hall_ plan _1.pdf`, size: 8, people: [BOB, 'erin@partner.example'] });
    expect((await said(control, chatId))[0]).toMatch(/See the plan.*<attachment id="[0-9a-f-]{36}">/s);
    await expect(log(panel).getByRole('link', { name: 'Hall_ plan _1.pdf' })).toHaveAttribute(
      'href',
      /sharepoint\.com/,
    );
    await expect(strip()).toHaveCount(0);
  });

  await test.step('a big one goes on where OneDrive has it, after its worker was killed and answers got lost', async () => {
    const big = Buffer.alloc(9_000_000, 'Deskside ');
    await control.faults(
      { match: 'PUT /personal/**', drop: 'after', skip: 2, times: 1 },
      { match: 'PUT /personal/**', delay: 400 },
    );
    await pick(panel, { name: 'film.mp4', mimeType: 'video/mp4', buffer: big });
    await expect(strip()).toContainText('film.mp4');
    await panel.getByRole('button', { name: 'Send' }).click();
    const bar = outgoing(panel).getByRole('progressbar', { name: 'film.mp4 is being uploaded' });
    await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(300_000);
    await expect(outgoing(panel)).toContainText('Uploading');
    await axe();
    await alice.killWorker();
    await composer(panel).fill('Meanwhile');
    await composer(panel).press('Enter');
    await expect.poll(async () => (await said(control, chatId)).length, { timeout: 40_000 }).toBe(3);
    await expect(outgoing(panel)).toHaveCount(0);
    const films = (await filesOf(control)).filter(({ path }) => path.includes('film'));
    expect(films).toMatchObject([{ path: `${FOLDER}/film.mp4`, size: big.length, sha256: sha256(big) }]);
    const puts = (await control.requests()).filter((r) => r.method === 'PUT' && r.url.includes('sharepoint.com'));
    expect(puts.filter((r) => r.headers?.authorization)).toEqual([]);
  });

  await test.step('cancelled, had back, and cancelled for good: nothing is left in OneDrive', async () => {
    const before = (await filesOf(control)).length;
    await control.faults({ match: 'POST /me/drive/items/*/invite', status: 503 });
    await pick(panel, { name: 'secret.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await panel.getByRole('button', { name: 'Send' }).click();
    await expect.poll(async () => (await filesOf(control)).length).toBe(before + 1);
    await outgoing(panel).getByRole('button', { name: 'Cancel' }).click();
    await expect(outgoing(panel)).toHaveCount(0);
    await panel.getByRole('button', { name: 'Undo' }).click();
    await expect(outgoing(panel)).toContainText('secret.txt');
    await outgoing(panel).getByRole('button', { name: 'Cancel' }).click();
    await expect(panel.getByText(/What was uploaded is taken back/)).toBeVisible();
    await passTime(alice, 61_000);
    await expect(async () => {
      await alice.page.mouse.move(300 + Math.random() * 50, 300);
      await composer(panel).hover();
      expect(await filesOf(control)).toHaveLength(before);
    }).toPass({ timeout: 20_000 });
    expect(await said(control, chatId)).toHaveLength(3);
  });
});
