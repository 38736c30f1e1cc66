import { expect, test } from './fixtures/deskside.ts';
import {
  dock,
  keptSites,
  launchers,
  listening,
  NO_SITES,
  openPopup,
  ours,
  reloadExtension,
  tabsOf,
} from './fixtures/places.ts';
import { ALICE, composer, linkChat, messageRequests, openTalk, panelAgain } from './fixtures/talk.ts';

test.use({ throttle: 'off' });
test.slow();

const PATTERN = 'http://127.0.0.1/*';
const SCRIPTS = [`bridge ${PATTERN}`, `desk ${PATTERN}`];
const NOBODY = { bridge: false, content: false };

test('a site is used after the person added it in the popup, and forgotten when it is removed', async ({
  sandbox,
  person,
}) => {
  const alice = await person(ALICE, { storage: NO_SITES });
  const host = new URL(alice.site).host;
  const event = alice.page;
  await alice.openRecord('Event', 'EV00001');
  const project = await alice.context.newPage();
  await alice.openRecord('Project', 'PROJ-0001', project);
  const elsewhere = await alice.context.newPage();
  await elsewhere.goto(`${sandbox.erpnext.v14}/login`);
  const control = await alice.context.newPage();
  await control.goto(`${sandbox.control}/clock`);

  await test.step('nothing runs before', async () => {
    expect(await keptSites(alice)).toMatchObject({ sites: [], scripts: [] });
    for (const page of [event, project]) {
      await expect(ours(page)).toHaveCount(0);
      expect(await listening(page)).toEqual(NOBODY);
    }
  });

  const popup = await test.step('the popup knows an ERPNext from another page', async () => {
    const popup = await openPopup(alice, sandbox.extensionId, control);
    await expect(popup.getByText('does not look like an ERPNext site')).toBeVisible();
    await expect(popup.getByRole('button', { name: /^Use Deskside/ })).toHaveCount(0);
    await event.bringToFront();
    await popup.reload();
    return popup;
  });

  await test.step('adding starts it in tabs already open, on this port alone', async () => {
    await popup.getByRole('button', { name: `Use Deskside on ${host}` }).click();
    await expect(popup.getByText(`Deskside is on for ${host}.`)).toBeVisible();
    await expect(launchers(event)).toBeVisible();
    await expect(launchers(project)).toHaveCount(1);
    expect(await keptSites(alice)).toEqual({ sites: [alice.site], scripts: SCRIPTS, hosts: [PATTERN] });
    await elsewhere.reload();
    await event.reload();
    await expect(launchers(event)).toBeVisible();
    await expect(ours(elsewhere)).toHaveCount(0);
    await expect.poll(() => listening(elsewhere)).toEqual(NOBODY);
  });

  await test.step('removing forgets it, in open tabs too', async () => {
    await alice.openPanel(event);
    await expect(dock(event)).toBeVisible();
    await popup.getByRole('button', { name: `Remove ${alice.site}` }).click();
    for (const page of [event, project]) await expect(ours(page)).toHaveCount(0);
    await expect(event.locator('html[data-deskside-room]')).toHaveCount(0);
    await expect.poll(() => keptSites(alice)).toEqual({ sites: [], scripts: [], hosts: [] });
    for (const page of [event, project]) expect(await listening(page)).toEqual(NOBODY);
    // Desk goes on without us, and a record opened later stays alone.
    await project.reload();
    await project.locator('.page-head:visible').waitFor();
    expect(await listening(project)).toEqual(NOBODY);
    await expect(ours(project)).toHaveCount(0);
  });
});

test('two sites stand side by side, each with its own record, and one goes without the other', async ({
  sandbox,
  person,
}) => {
  const alice = await person(ALICE, { flavour: 'v16' });
  const v16 = alice.page;
  await alice.openRecord('Event', 'EV00001');
  const site14 = sandbox.erpnext.v14 ?? '';
  const v14 = await alice.context.newPage();
  // One cookie jar serves all ports of a host, so Alice is logged in here too.
  await v14.goto(`${site14}/app/project/PROJ-0001`);
  for (const page of [v16, v14]) await expect(launchers(page)).toBeVisible();
  const kept = () => tabsOf(alice);
  await expect
    .poll(async () => (await kept()).map((tab) => `${tab.origin} ${tab.shown?.ref.doctype}`).sort())
    .toEqual([`${site14} Project`, `${alice.site} Event`].sort());

  const popup = await openPopup(alice, sandbox.extensionId, v14);
  await popup.getByRole('button', { name: `Remove ${site14}` }).click();
  await expect(ours(v14)).toHaveCount(0);
  await expect(launchers(v16)).toBeVisible();
  const sites = [sandbox.erpnext.v15, alice.site];
  expect(await keptSites(alice)).toEqual({ sites, scripts: SCRIPTS, hosts: [PATTERN] });
  expect((await kept()).map((tab) => tab.origin)).toEqual([alice.site]);

  await test.step('a grant taken back in the browser’s own settings is a removal too', async () => {
    await (await alice.worker()).evaluate(async (pattern) => {
      const { chrome } = globalThis as unknown as { chrome: typeof import('wxt/browser').browser };
      await chrome.permissions.remove({ origins: [pattern] });
    }, PATTERN);
    await expect(ours(v16)).toHaveCount(0);
    await expect.poll(() => keptSites(alice)).toEqual({ sites: [], scripts: [], hosts: [] });
  });
});

test('an update starts anew in open tabs: one launcher, nothing left over, the draft kept', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  await linkChat(control, alice);
  const panel = await openTalk(alice);
  await composer(panel).fill('Half a thou');
  const project = await alice.context.newPage();
  await alice.openRecord('Project', 'PROJ-0001', project);
  await expect(launchers(project)).toBeVisible();
  const old = await alice.page.locator('[data-deskside=launcher]').elementHandle();

  await composer(panel).pressSequentially('ght');
  await reloadExtension(alice);

  await expect.poll(() => old?.evaluate((node) => node.isConnected)).toBe(false);
  for (const page of [alice.page, project]) {
    await expect(launchers(page)).toHaveCount(1);
    await expect(dock(page)).toHaveCount(1);
    await expect(page.locator('style[data-deskside=room]')).toHaveCount(1);
  }
  // Tokens went with the old version's session; Microsoft still knows her, so nobody is asked.
  const again = await panelAgain(alice);
  await expect(composer(again)).toHaveValue('Half a thought');
  await composer(again).press('Enter');
  await expect.poll(async () => (await messageRequests(control, 'POST')).length).toBe(1);
});
