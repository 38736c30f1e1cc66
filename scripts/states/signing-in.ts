import type { Frame, Page } from '@playwright/test';
import { passMicrosoft } from '../walk/sign-in.ts';
import { ALICE, expect, type Studio } from './studio.ts';

/** Before anybody is signed in, and what can stand in the way. */
export async function signingIn(studio: Studio): Promise<void> {
  const { control, shootPanel } = studio;
  const bare = await studio.person(ALICE, { storage: { sites: sitesOf(studio) } });
  await bare.openRecord('Event', 'EV00001');
  let panel = await bare.openPanel();
  await expect(panel.getByRole('heading').nth(1)).toBeVisible();
  await shootPanel('panel-not-configured', bare.page);

  const alice = await studio.person(ALICE);
  await alice.openRecord('Event', 'EV00001');
  // The worker's first answer is held back for as long as the picture takes.
  await control.faults({ match: 'GET /api/resource/Event', delay: 3000, times: 1 });
  panel = await alice.openPanel();
  const button = panel.getByRole('button', { name: 'Sign in with Microsoft' });
  await expect(button).toBeVisible();
  await control.clearFaults();
  await shootPanel('panel-signed-out', alice.page);

  const window = await windowOf(alice.page, panel);
  await expect(panel.getByText(/Microsoft.s window/).first()).toBeVisible();
  await shootPanel('panel-signing-in', alice.page);
  await window.close();
  await expect(panel.getByText('Sign-in was not finished')).toBeVisible();
  await shootPanel('panel-sign-in-cancelled', alice.page);

  await control.tenant({ consent: 'none' });
  const approval = await windowOf(alice.page, panel);
  await approval.locator('input[type=email]').fill(ALICE);
  await approval.getByRole('button', { name: 'Sign in' }).click();
  await approval.getByRole('link', { name: /Return to the application/ }).click();
  await expect(panel.getByText('An administrator must approve this first')).toBeVisible();
  await shootPanel('panel-sign-in-admin', alice.page);
  await control.tenant({ consent: 'managed' });

  await control.tenant({ blocked: [ALICE] });
  const blocked = await windowOf(alice.page, panel);
  await blocked.getByRole('link', { name: /Return to the application/ }).click();
  await expect(panel.getByText(/organisation.s rules stopped/)).toBeVisible();
  await shootPanel('panel-sign-in-blocked', alice.page);
  await control.tenant({ blocked: [] });
  await passMicrosoft(await windowOf(alice.page, panel), { account: ALICE });
}

async function windowOf(page: Page, panel: Frame): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await panel.getByRole('button', { name: 'Sign in with Microsoft' }).click();
  return opened;
}

function sitesOf(studio: Studio): { origin: string }[] {
  return Object.values(studio.sandbox.erpnext).map((origin) => ({ origin }));
}
