import type { Page } from '@playwright/test';
import { TENANT_ID } from '../../tests/sandbox/tenant/people.ts';
import { CLIENT_ID } from '../../tests/sandbox/tenant/registration.ts';
import type { Person } from '../walk/person.ts';
import { prepareTalk } from './records.ts';
import { ALICE, expect, openSignedIn, type Studio } from './studio.ts';

/** The popup behind the extension's icon. */
export async function popupStates(studio: Studio): Promise<void> {
  const fresh = await studio.person(ALICE, { storage: {} });
  await fresh.openRecord('Event', 'EV00001');
  const first = await popupOver(studio, fresh, fresh.page);
  await expect(first.getByRole('button', { name: /^Use Deskside on/ })).toBeVisible();
  await shootPopup(studio, 'popup-first', first);

  const alice = await studio.person(ALICE);
  await openSignedIn(alice, 'Event', 'EV00001');
  const popup = await popupOver(studio, alice, alice.page);
  await expect(popup.getByText(ALICE).first()).toBeVisible();
  await shootPopup(studio, 'popup-signed-in', popup);

  await prepareTalk(studio, alice, 'EV00003');
  await alice.openRecord('Event', 'EV00003');
  await expect((await alice.panel()).getByRole('textbox', { name: 'Message' })).toBeVisible();
  await studio.control.faults({ match: 'GET /me/chats', delay: 6000, times: 1 });
  await popup.getByRole('button', { name: 'Sync all conversations' }).click();
  await expect(popup.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await shootPopup(studio, 'popup-sync', popup);
  await popup.getByRole('button', { name: 'Cancel' }).click();

  // As with a policy: Chromium reads one from the machine's own folder alone, so the worker is told that there is one.
  await (await alice.worker()).evaluate(
    (policy) => {
      const scope = globalThis as unknown as { chrome: { storage: { managed: { get: unknown } } } };
      scope.chrome.storage.managed.get = async () => policy;
    },
    { clientId: CLIENT_ID, tenant: TENANT_ID, cloud: 'global', liveSeconds: 120 },
  );
  await popup.reload();
  await expect(popup.locator('input[disabled], select[disabled]').first()).toBeAttached();
  await popup.locator('summary').evaluateAll((all) => {
    for (const summary of all) (summary.parentElement as HTMLDetailsElement).open = true;
  });
  await shootPopup(studio, 'popup-managed', popup);
}

/** Its page in a tab, as wide as a popup; it asks which tab is active, and that must be the one behind it. */
async function popupOver(studio: Studio, person: Person, over: Page): Promise<Page> {
  const popup = await person.context.newPage();
  await popup.setViewportSize({ width: 380, height: 600 });
  await popup.goto(`chrome-extension://${studio.sandbox.extensionId}/popup.html`);
  await over.bringToFront();
  await popup.reload();
  await expect(popup.getByRole('heading').first()).toBeVisible();
  return popup;
}

/** All of it, which a popup would scroll. */
async function shootPopup(studio: Studio, name: string, popup: Page): Promise<void> {
  const height = await popup.evaluate(() => document.documentElement.scrollHeight);
  await popup.setViewportSize({ width: 380, height });
  await studio.shoot(name, popup.locator('body'));
}
