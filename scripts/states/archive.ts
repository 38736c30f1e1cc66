import { prepareTalk } from './records.ts';
import { ALICE, expect, openSignedIn, type Studio } from './studio.ts';

/** The search over everything, in a tab of its own. */
export async function archiveStates(studio: Studio): Promise<void> {
  const alice = await studio.person(ALICE);
  await prepareTalk(studio, alice, 'EV00001');
  await prepareTalk(studio, alice, 'EV00003', { topic: 'Kickoff · EV00003' });
  for (const name of ['EV00001', 'EV00003']) {
    const panel = await openSignedIn(alice, 'Event', name);
    await expect(panel.getByRole('log').getByText('contoso.test/agenda')).toBeVisible();
  }
  const page = await alice.context.newPage();
  await page.setViewportSize({ width: 1100, height: 640 });
  await page.goto(`chrome-extension://${studio.sandbox.extensionId}/archive.html`);
  await expect(page.getByText('contoso.test/agenda').first()).toBeVisible();
  await studio.shoot('archive', page);
  await page.getByRole('combobox').fill('agenda');
  await page.getByRole('list', { name: 'Messages found' }).getByRole('button').first().click();
  await expect(page.getByRole('article').filter({ hasText: 'agenda' })).toBeFocused();
  await studio.shoot('archive-found', page);
}
