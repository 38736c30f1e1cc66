import { linkTo, prepareTalk } from './records.ts';
import { ALICE, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

/** A chat that is there and cannot be shown, read or believed. */
export async function aroundTheChat(studio: Studio): Promise<void> {
  const { control, shootPanel } = studio;
  const alice = await studio.person(ALICE);
  const { page } = alice;
  await prepareTalk(studio, alice, 'EV00001', 'Lunch on Fridays');
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
  await panel.getByRole('button', { name: 'Create chat', exact: true }).click();
  await expect(panel.getByText(/sign in again/i).first()).toBeVisible();
  await shootPanel('panel-logged-out', page);

  const base = await studio.person(ALICE, { reading: false });
  await prepareTalk(studio, base, 'EV00001');
  panel = await openSignedIn(base, 'Event', 'EV00001');
  await expect(panel.getByText(/administrator/i).first()).toBeVisible();
  await shootPanel('panel-base-tier', base.page);
}
