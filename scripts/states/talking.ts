import type { Frame } from '@playwright/test';
import { prepareTalk } from './records.ts';
import { ALICE, actUntil, BOB, expect, openSignedIn, type Studio } from './studio.ts';

const composer = (panel: Frame) => panel.getByRole('textbox', { name: 'Message' });

async function say(panel: Frame, text: string): Promise<void> {
  await composer(panel).fill(text);
  await composer(panel).press('Enter');
}

/** The linked chat: what was said, what is on its way, and who is there. */
export async function talking(studio: Studio): Promise<void> {
  const { control, shootPanel } = studio;
  const alice = await studio.person(ALICE);
  const { page } = alice;
  await prepareTalk(studio, alice, 'EV00001');
  const panel = await openSignedIn(alice, 'Event', 'EV00001');
  await expect(panel.getByRole('log').getByText('contoso.test/agenda')).toBeVisible();
  await shootPanel('panel-talk', page);

  await panel.getByRole('button', { name: 'More for this chat' }).click();
  await panel.getByRole('button', { name: 'Sync now' }).click();
  await expect(panel.getByText('Up to date', { exact: true })).toBeVisible();
  await shootPanel('panel-sync', page);
  await panel.getByRole('button', { name: 'Dismiss' }).click();

  await panel.getByRole('log').getByText('revenue').hover();
  await studio.shoot('panel-talk-tools', page.locator('[data-deskside=dock]'));

  await composer(panel).fill('**Bold**, _italic_ and a list:\n- one\n- two');
  await shootPanel('panel-talk-writing', page);
  await composer(panel).fill('');

  await panel
    .getByRole('button', { name: /people|members/i })
    .first()
    .click();
  await expect(panel.locator('.panel-popover')).toBeVisible();
  await shootPanel('panel-members', page);
  await page.keyboard.press('Escape');

  await control.faults({ match: 'POST /chats/*/messages$', status: 400, times: 1 });
  await say(panel, 'This one is refused');
  await expect(
    panel
      .getByRole('article')
      .filter({ hasText: /This one is refused/ })
      .getByRole('button')
      .first(),
  ).toBeVisible();
  await control.faults(
    { match: 'POST /chats/*/messages$', drop: 'before', times: 1 },
    { match: 'GET /chats/*/messages', status: 503 },
  );
  await say(panel, 'Did this one arrive?');
  await expect(panel.getByRole('article').filter({ hasText: /Did this one arrive/ })).toContainText(
    /not (known|certain|sure)/i,
  );
  await control.clearFaults();
  await control.faults({ match: 'POST /chats/*/messages$', delay: 6000, times: 1 });
  await say(panel, 'And this one is under way');
  await expect(panel.getByRole('article').filter({ hasText: /under way/ })).toBeVisible();
  await shootPanel('panel-outgoing', page);

  const long = await prepareTalk(studio, alice, 'EV00003', { topic: 'Fabrikam kickoff · EV00003' });
  for (let i = 1; i <= 60; i++)
    await control.write({ chatId: long, from: BOB, html: `<p>Line ${i} of a long talk</p>` });
  await openSignedIn(alice, 'Event', 'EV00003');
  const log = panel.getByRole('log');
  await expect(log.getByText('Line 60 of')).toBeVisible();
  await log.hover();
  await page.mouse.wheel(0, -900);
  await expect(panel.getByRole('button', { name: 'To the newest' })).toBeVisible();
  await control.write({ chatId: long, from: BOB, html: '<p>Something new below</p>' });
  await actUntil(alice, () => expect(panel.getByText('1 new message')).toBeVisible({ timeout: 1000 }));
  await shootPanel('panel-long-talk', page);

  const lively = await prepareTalk(studio, alice, 'EV00002', { topic: 'Hiring · EV00002' });
  await control.history({ chatId: lively, count: 400, days: 60 });
  await openSignedIn(alice, 'Event', 'EV00002');
  await control.faults({ match: 'GET /chats/*/messages', delay: 5000 });
  await log.evaluate((list) => {
    list.scrollTop = 0;
  });
  await expect(panel.getByText(/^Older messages are being fetched/)).toBeVisible();
  await shootPanel('panel-filling', page);
  await control.clearFaults();
}
