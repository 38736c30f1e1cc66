import type { Frame } from '@playwright/test';
import { prepareTalk } from './records.ts';
import { ALICE, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

const user = (email: string) => ({ reference_doctype: 'User', reference_docname: email });
const guest = { reference_doctype: 'Contact', reference_docname: 'Erin Ebert', email: 'erin@partner.example' };

/** The record's people beside the chat's members, and finding what was said. */
export async function peopleStates(studio: Studio): Promise<void> {
  const alice = await studio.person(ALICE);
  const { page } = alice;
  const crew = ['crew001@contoso.test', 'crew002@contoso.test', 'crew003@contoso.test'];
  await studio.control.tenant({ hireCrew: 3 });
  await prepareTalk(studio, alice, 'EV00001');
  await alice.erp.update('Event', 'EV00001', {
    event_participants: [user(ALICE), user(BOB), guest, ...crew.map(user)],
  });
  const panel = await openSignedIn(alice, 'Event', 'EV00001');
  await expect(panel.getByText('3 people of this record are not in the chat')).toBeVisible();
  await studio.shootPanel('panel-missing', page);

  await panel.getByRole('button', { name: 'Add…' }).click();
  const people = panel.getByRole('region', { name: 'People and members' });
  await expect(people.getByRole('button', { name: 'Add 3 people' })).toBeVisible();
  await studio.shootPanel('panel-people', page);
  await people.getByRole('button', { name: 'Add 3 people' }).click();
  await expect(panel.getByText('3 people were added to the chat')).toBeVisible();
  await studio.shootPanel('panel-added', page);

  await search(studio, panel);
}

async function search({ shootPanel }: Studio, panel: Frame): Promise<void> {
  const page = panel.page();
  await panel.getByRole('button', { name: 'Search in this chat' }).click();
  const box = panel.getByRole('searchbox', { name: 'Search in this chat' });
  await expect(panel.getByText('Find what was said')).toBeVisible();
  await shootPanel('panel-search', page);
  await box.fill('agenda');
  const hit = panel.getByRole('list', { name: 'Messages found' }).getByRole('button').first();
  await expect(hit).toBeVisible();
  await shootPanel('panel-found', page);
  await hit.click();
  await expect(panel.getByRole('log').getByRole('article').filter({ hasText: 'agenda' })).toBeFocused();
  await shootPanel('panel-in-its-place', page);
}

/** A record without a chat, and one of the person's own that could be it. */
export async function linkingStates(studio: Studio): Promise<void> {
  const alice = await studio.person(ALICE);
  const { page } = alice;
  await studio.control.createChat({ from: ALICE, members: [BOB], topic: 'Budget talk' });
  await studio.control.createChat({ from: ALICE, members: [BOB, CAROL], topic: 'Lunch on Fridays' });
  const panel = await openSignedIn(alice, 'Event', 'EV00001');
  await panel.getByRole('button', { name: 'Link an existing chat…' }).click();
  await expect(panel.getByRole('listitem').first()).toBeVisible();
  await studio.shootPanel('panel-link', page);
  await panel.getByRole('button', { name: 'Link Budget talk' }).click();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await panel.getByRole('button', { name: 'More for this chat' }).click();
  await expect(panel.getByRole('button', { name: 'Mute here' })).toBeVisible();
  await studio.shootPanel('panel-chat-menu', page);
}
