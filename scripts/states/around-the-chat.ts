import { linkTo, prepareTalk } from './records.ts';
import { ALICE, actUntil, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

/** A chat that is there and cannot be shown, read or believed. */
export async function aroundTheChat(studio: Studio): Promise<void> {
  const { control, shootPanel } = studio;
  const alice = await studio.person(ALICE);
  const { page } = alice;
  await prepareTalk(studio, alice, 'EV00001', { topic: 'Lunch on Fridays' });
  let panel = await openSignedIn(alice, 'Event', 'EV00001');
  await expect(panel.getByText('Lunch on Fridays')).toBeVisible();
  await shootPanel('panel-unconfirmed', page);

  const theirs = await control.createChat({ from: BOB, members: [CAROL], topic: 'Kickoff · EV00003' });
  await linkTo(alice, 'EV00003', theirs);
  panel = await openSignedIn(alice, 'Event', 'EV00003');
  await expect(panel.getByRole('link', { name: /Open in Teams/ })).toBeVisible();
  await shootPanel('panel-closed', page);

  const empty = await control.createChat({ from: ALICE, members: [BOB], topic: 'Stand-up · EV00005' });
  await linkTo(alice, 'EV00005', empty);
  panel = await openSignedIn(alice, 'Event', 'EV00005');
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await expect(panel.getByRole('log')).toBeVisible();
  await shootPanel('panel-empty', page);

  panel = await openSignedIn(alice, 'Event', 'EV00004');
  await expect(panel.getByRole('button', { name: 'Create chat', exact: true })).toBeEnabled();
  await alice.context.request.get(`${alice.site}/api/method/logout`);
  await actUntil(alice, () => expect(panel.getByText(/sign in again/i).first()).toBeVisible({ timeout: 1000 }));
  await shootPanel('panel-logged-out', page);

  const cut = await studio.person(ALICE);
  const chatId = await prepareTalk(studio, cut, 'EV00001');
  panel = await openSignedIn(cut, 'Event', 'EV00001');
  await expect(panel.getByRole('log').getByText('contoso.test/agenda')).toBeVisible();
  await control.faults({ service: 'graph', offline: true });
  await actUntil(cut, () => expect(panel.getByText('Microsoft cannot be reached')).toBeVisible({ timeout: 1000 }));
  await shootPanel('panel-offline', cut.page);
  await control.clearFaults();
  await control.tenant({ revokeWithClaims: ALICE, revokeRefreshTokens: ALICE, endSessions: ALICE });
  await control.write({ chatId, from: BOB, html: '<p>Are you there?</p>' });
  await actUntil(cut, () => expect(panel.getByText(/sign in to Microsoft again/)).toBeVisible({ timeout: 1000 }));
  await shootPanel('panel-sign-in-again', cut.page);

  const base = await studio.person(ALICE, { reading: false });
  await prepareTalk(studio, base, 'EV00001');
  panel = await openSignedIn(base, 'Event', 'EV00001');
  await expect(panel.getByText(/administrator/i).first()).toBeVisible();
  await shootPanel('panel-base-tier', base.page);
}
