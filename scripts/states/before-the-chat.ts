import { documentHash, formatClaim } from '../../lib/records/claim.ts';
import { stableGuid } from '../../tests/sandbox/tenant/people.ts';
import type { Person } from '../walk/person.ts';
import { linkTo } from './records.ts';
import { ALICE, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

const LIMITED = 'limited@contoso.test';

/** From a record without a chat to one that has it. */
export async function beforeTheChat(studio: Studio): Promise<void> {
  const { control, shootPanel } = studio;
  const alice = await studio.person(ALICE);
  const { page } = alice;
  let panel = await openSignedIn(alice, 'Event', 'EV00003');
  const start = panel.getByRole('button', { name: 'Create chat', exact: true });
  const confirm = panel.getByRole('button', { name: /^Create chat with/ });
  await expect(start).toBeEnabled();
  await shootPanel('panel-none', page);

  await control.faults({ match: 'GET /users', delay: 1500, times: 1 });
  await start.click();
  await panel.locator('main [role=status]').first().waitFor();
  await shootPanel('panel-loading', page);
  await expect(confirm).toBeVisible();
  await shootPanel('panel-confirm', page);

  const crowd = await alice.erp.create('Event', {
    subject: 'Who is who',
    event_type: 'Public',
    starts_on: '2026-12-10 10:00:00',
    event_participants: [
      { reference_doctype: 'User', reference_docname: 'chris.miller@contoso.test' },
      { reference_doctype: 'User', reference_docname: BOB },
      { reference_doctype: 'Customer', reference_docname: 'Fabrikam Ltd' },
    ],
  });
  await openSignedIn(alice, 'Event', crowd.name);
  await expect(start).toBeEnabled();
  await control.faults({ match: 'GET /users', status: 200, times: 1, body: { value: TWO_OF_ONE_ADDRESS } });
  await start.click();
  await expect(panel.getByText(/Fabrikam/).first()).toBeVisible();
  await shootPanel('panel-confirm-choose', page);

  await openSignedIn(alice, 'Project', 'PROJ-0003');
  await start.click();
  await expect(panel.getByRole('button', { name: 'There is nobody else to talk to yet' })).toBeVisible();
  await shootPanel('panel-confirm-nobody', page);

  await openSignedIn(alice, 'Event', 'EV00004');
  await start.click();
  await control.faults({ match: 'POST /chats$', delay: 4000, times: 1 });
  await confirm.click();
  await expect(panel.locator('[aria-current=step]')).toContainText(/chat/i);
  await expect(panel.locator('.panel-step-done')).toHaveCount(2);
  await shootPanel('panel-creating', page);
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();

  await control.faults({ match: 'POST /chats$', status: 403, times: 1 });
  await openSignedIn(alice, 'Event', 'EV00001');
  await start.click();
  await confirm.click();
  await expect(panel.getByRole('button', { name: 'Try again' })).toBeVisible();
  await shootPanel('panel-creating-problem', page);

  const running = await colleaguesEvent(studio, alice, 90);
  panel = await openSignedIn(alice, 'Event', running);
  await expect(panel.getByText(/creating/i).first()).toBeVisible();
  await shootPanel('panel-claimed', page);

  // Begun by Bob, never finished, and without Alice: nobody can say whether there is a chat.
  await openSignedIn(alice, 'Event', 'EV00001');
  const left = await colleaguesEvent(studio, alice, -60);
  panel = await openSignedIn(alice, 'Event', left);
  await start.click();
  await confirm.click();
  await expect(panel.getByRole('alert')).toBeVisible({ timeout: 40_000 });
  await shootPanel('panel-question', page);

  const liam = await studio.person(LIMITED);
  await openSignedIn(liam, 'Project', 'PROJ-0002');
  await expect((await liam.panel()).getByText(/not change it/).first()).toBeVisible();
  await shootPanel('panel-no-permission', liam.page);

  for (const [name, email] of [
    ['panel-field-missing', ALICE],
    ['panel-field-missing-admin', 'admin@contoso.test'],
  ] as const) {
    const who = await studio.person(email, { flavour: 'v14' });
    const there = await openSignedIn(who, 'Project', 'PROJ-0001');
    await expect(there.getByText(/no field for the chat yet/).first()).toBeVisible();
    await shootPanel(name, who.page);
  }
}

/** What Graph answers where the address of one is the sign-in name of another. */
const TWO_OF_ONE_ADDRESS = [
  { id: stableGuid('chris.miller@contoso.test'), displayName: 'Chris Miller', mail: 'chris.miller@contoso.test' },
  { id: stableGuid('cmiller2@contoso.test'), displayName: 'Chris Miller', mail: 'cmiller2@contoso.test' },
  { id: stableGuid(BOB), displayName: 'Bob Bhatt', mail: BOB },
].map((user) => ({
  ...user,
  userPrincipalName: user.mail === BOB ? BOB : 'chris.miller@contoso.test',
}));

/** Bob's Event with Carol, whose chat he began to create; `leaseLeft` in seconds, negative where it ran out. */
async function colleaguesEvent(studio: Studio, alice: Person, leaseLeft: number): Promise<string> {
  const event = await alice.erp.update('Event', 'EV00005', {
    custom_teams_chat_id: '',
    event_participants: [BOB, CAROL].map((email) => ({ reference_doctype: 'User', reference_docname: email })),
  });
  const now = (await studio.control.state()).now;
  const claim = {
    nonce: '0123456789abcdef0123456789abcdef',
    leaseEnds: Math.round(now / 1000) + leaseLeft,
    account: stableGuid(BOB),
    document: await documentHash('Event', String(event.creation)),
  };
  await linkTo(alice, event.name, formatClaim(claim));
  return event.name;
}
