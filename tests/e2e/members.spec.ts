import type { Frame } from '@playwright/test';
import { assign } from './fixtures/any-record.ts';
import { create, openBeside } from './fixtures/creating.ts';
import { type Control, type DeskSite, expect, FLAVOURS, userRow } from './fixtures/desk.ts';
import { saveRule } from './fixtures/options.ts';
import { test } from './fixtures/scene.ts';
import { ALICE, act, actUntil, BOB, composer, linkChat, messageRequests, passTime } from './fixtures/talk.ts';

test.use({ tier: 'reading' });
test.describe.configure({ timeout: 180_000 });

const CAROL = 'carol@contoso.test';
const crew = (n: number) => `crew${String(n).padStart(3, '0')}@contoso.test`;

/** Desk's form, as a page has it. */
interface Form {
  add_child(table: string, row: Record<string, string>): void;
  refresh_field(fieldname: string): void;
  dirty(): void;
}

/** Addresses of the chat's members. */
async function membersOf(control: Control, chatId: string): Promise<string[]> {
  const chat = (await control.state()).chats.find((one) => one.id === chatId);
  return (chat?.members ?? []).map((member) => member.email).sort();
}

/** A chat made in Teams by `me` and these, written into the record's field by hand. */
async function link(control: Control, site: DeskSite, doctype: string, name: string, members: string[]) {
  const chatId = await control.createChat({ from: site.me.email, members, topic: `In step · ${name}` });
  await (await site.as(site.me)).update(doctype, name, { custom_teams_chat_id: chatId });
  return chatId;
}

const saveWith = async (site: DeskSite, name: string, people: Record<string, string>[]) => {
  await (await site.as(site.me)).update('Event', name, { event_participants: people });
};
const contact = (name: string, email: string) => ({ reference_doctype: 'Contact', reference_docname: name, email });
const asked = (panel: Frame) => panel.getByText(/of this record (is|are) not in the chat/);
const page = (panel: Frame) => panel.getByRole('region', { name: 'People and members' });
/** What the panel asked of Microsoft about adding anybody. */
const adds = async (control: Control) =>
  (await control.requests()).filter((r) => r.method === 'POST' && /\/members$/.test(new URL(r.url).pathname));

test('whoever joins the record is offered for its chat, and added without what was said before', async ({
  control,
  person,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'In step' });
  const chatId = await linkChat(control, alice, { doctype: 'Event', name });
  await control.write({ chatId, from: BOB, html: '<p>Between the two of us</p>' });
  const panel = await open();
  await expect(panel.getByText('Between the two of us')).toBeVisible();
  await expect(asked(panel)).toHaveCount(0);

  await saveWith(site, name, [
    userRow(ALICE),
    userRow(BOB),
    userRow(CAROL),
    contact('Dora Dietz-Fabrikam Ltd', 'dora@fabrikam.test'),
  ]);
  await alice.page.reload();
  const again = await alice.openPanel();
  await expect(again.getByText('1 person of this record is not in the chat')).toBeVisible();
  expect(await adds(control), 'nobody is added without a click').toEqual([]);
  await again.getByRole('button', { name: 'Add…' }).click();
  await expect(page(again).getByRole('listitem').filter({ hasText: 'dora@fabrikam.test' })).toContainText('Not found');
  await page(again).getByRole('button', { name: 'Add 1 person' }).click();
  await expect(again.getByText('1 person was added to the chat')).toBeVisible();
  expect(await membersOf(control, chatId)).toEqual([ALICE, BOB, CAROL]);
  for (const { body } of await adds(control)) expect(body).not.toHaveProperty('visibleHistoryStartDateTime');
  await again.getByRole('button', { name: 'Dismiss' }).click();
  await expect(again.getByText('was added to the chat')).toHaveCount(0);
  await expect(asked(again)).toHaveCount(0);

  await test.step('Carol sees nothing of what was said before she came', async () => {
    const carol = await person(CAROL);
    const hers = await open(carol);
    await expect(hers.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expect.poll(async () => (await messageRequests(control, 'GET')).some((r) => r.caller === CAROL)).toBe(true);
    await expect(hers.getByText('Between the two of us')).toHaveCount(0);
  });
});

for (const flavour of FLAVOURS)
  test(`who joins in the form or by a colleague’s save is offered for the chat: ${flavour}`, {
    tag: '@desk',
  }, async ({ control, scene }) => {
    test.setTimeout(240_000);
    const { site, me, name, open } = await scene({ subject: 'In step' }, flavour);
    // Of two who work at Microsoft's side alone the record knows by an address in a contact.
    await control.tenant({ hireCrew: 2 });
    const contacts: Record<string, string>[] = [];
    for (const email of [crew(1), crew(2)]) {
      const more = { first_name: `Crew ${Date.now()}`, email_ids: [{ email_id: email, is_primary: 1 }] };
      const made = await site.tryMake('Contact', more);
      test.skip(!made, `${site.me.email} may make no Contact on this ERPNext.`);
      contacts.push({ reference_doctype: 'Contact', reference_docname: made!.name });
    }
    const chatId = await link(control, site, 'Event', name, [site.colleague.email]);
    const panel = await open();
    await expect(composer(panel)).toBeVisible();
    await expect(asked(panel)).toHaveCount(0);

    await test.step('added in the open form and saved there: offered without a reload', async () => {
      await me.page.evaluate((row) => {
        const { cur_frm: form } = window as unknown as { cur_frm: Form };
        form.add_child('event_participants', row);
        form.refresh_field('event_participants');
        form.dirty();
      }, contacts[0]!);
      await me.page.locator('.page-head:visible').getByRole('button', { name: 'Save', exact: true }).click();
      await expect(panel.getByText('1 person of this record is not in the chat')).toBeVisible();
    });

    await test.step('saved by a colleague: seen when the record is opened again', async () => {
      const theirs = await site.as(site.colleague);
      const { event_participants: rows } = await theirs.get('Event', name);
      await theirs.update('Event', name, { event_participants: [...(rows as object[]), contacts[1]] });
      await me.page.reload();
      const again = await me.openPanel();
      await expect(again.getByText('2 people of this record are not in the chat')).toBeVisible();
      expect(await adds(control), 'nobody is added without a click').toEqual([]);
      await again.getByRole('button', { name: 'Add…' }).click();
      await page(again).getByRole('button', { name: 'Add 2 people' }).click();
      await expect(again.getByText('2 people were added to the chat')).toBeVisible();
      expect(await membersOf(control, chatId)).toEqual([site.me.email, site.colleague.email, crew(1), crew(2)].sort());
    });
  });

test('whoever a record is assigned to later is offered for its chat', { tag: '@desk' }, async ({
  control,
  desk,
  person,
}) => {
  test.setTimeout(240_000);
  const site = await desk();
  const task = await site.tryMake('Task', { subject: 'In step' });
  test.skip(!task, `This ERPNext has no Task that ${site.me.email} may make.`);
  const { name } = task!;
  await site.giveField('Task');
  await control.tenant({ hireCrew: 1 });
  const chatId = await link(control, site, 'Task', name, [crew(1)]);
  const me = await person(site.me.email, { flavour: site.flavour });
  await saveRule(me, {
    ...{ doctype: 'Task', titleField: 'subject', dates: null },
    people: [{ from: 'assignees' }, { from: 'owner' }],
  });
  const panel = await openBeside(me, 'Task', name);
  await expect(composer(panel)).toBeVisible();
  await expect(asked(panel)).toHaveCount(0);
  await assign(site, 'Task', { name }, site.colleague.email);
  await me.page.reload();
  const again = await me.openPanel();
  await again.getByRole('button', { name: 'Add…' }).click();
  await page(again).getByRole('button', { name: 'Add 1 person' }).click();
  await expect(again.getByText('1 person was added to the chat')).toBeVisible();
  expect(await membersOf(control, chatId)).toEqual([site.me.email, site.colleague.email, crew(1)].sort());
});

test('“not now” holds: the same people are not offered again, others are', async ({ control, scene }) => {
  const { site, me: alice, name, open } = await scene({ subject: 'In step' });
  await linkChat(control, alice, { doctype: 'Event', name });
  await saveWith(site, name, [userRow(ALICE), userRow(BOB), userRow(CAROL)]);
  const panel = await open();
  await expect(asked(panel)).toBeVisible();
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await expect(asked(panel)).toHaveCount(0);
  await alice.page.reload();
  const again = await alice.openPanel();
  await again.getByRole('button', { name: /show the list/ }).click();
  await again.getByRole('button', { name: 'People of the record and members' }).click();
  await expect(page(again).getByRole('checkbox', { name: 'Carol' })).not.toBeChecked();
  await again.getByRole('button', { name: 'Back' }).click();
  await expect(asked(again)).toHaveCount(0);
});

test('six people: four now, two a minute later, though the worker dies in between', async ({ control, scene }) => {
  await control.tenant({ hireCrew: 6 });
  const { site, me: alice, name, open } = await scene({ subject: 'In step' });
  const chatId = await linkChat(control, alice, { doctype: 'Event', name });
  const six = Array.from({ length: 6 }, (_, i) => crew(i + 1));
  await saveWith(site, name, [userRow(ALICE), userRow(BOB), ...six.map(userRow)]);
  const panel = await open();
  await expect(panel.getByText('6 people of this record are not in the chat')).toBeVisible();
  await expect(panel.getByText(/Takes 70 seconds/)).toBeVisible();
  await panel.getByRole('button', { name: 'Add…' }).click();
  await page(panel).getByRole('button', { name: 'Add 6 people' }).click();
  await expect(panel.getByText('Adding people to the chat: 4 of 6')).toBeVisible();
  expect(await membersOf(control, chatId)).toHaveLength(6);

  await alice.killWorker();
  await alice.page.reload();
  const again = await alice.openPanel();
  await expect(again.getByText('Adding people to the chat: 4 of 6')).toBeVisible();
  await control.clock({ advance: 64_000 });
  await passTime(alice, 64_000);
  // A tab of the site is what such work waits for: a fresh one lets it go on.
  await alice.page.reload();
  const last = await alice.openPanel();
  await expect(last.getByText('6 people were added to the chat')).toBeVisible();
  expect(await membersOf(control, chatId)).toHaveLength(8);
  const statuses = (await adds(control)).map((r) => r.status);
  expect(statuses, 'each once, and never faster than Teams allows').toEqual(new Array(6).fill(201));
});

test('adding by itself is a switch: colleagues alone, never a guest, and only where the chat is vouched for', async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'In step' });
  const chatId = await linkChat(control, alice, { doctype: 'Event', name });
  await saveWith(site, name, [
    userRow(ALICE),
    userRow(BOB),
    userRow(CAROL),
    contact('Erin Ebert', 'erin@partner.example'),
  ]);
  const panel = await open();
  await panel.getByRole('button', { name: 'Add…' }).click();
  await expect(
    page(panel).getByRole('checkbox', { name: /Erin/ }),
    'a guest takes a deliberate tick',
  ).not.toBeChecked();
  await page(panel)
    .getByRole('switch', { name: /every Event/ })
    .click();
  await expect(page(panel).getByRole('switch', { name: /every Event/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Back' }).click();

  // The link was borne out by the chat's topic alone: whoever writes the record could have forged both.
  await control.clock({ advance: 61_000 });
  await passTime(alice, 61_000);
  await act(panel);
  await alice.page.reload();
  await alice.openPanel();
  expect(await adds(control)).toEqual([]);
  expect(await membersOf(control, chatId)).toEqual([ALICE, BOB]);
});

test('in a chat that this account made, colleagues join by themselves, and guests do not', async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'By itself' });
  const panel = await open();
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  const chatId = await site.chatField(name);
  await panel.getByRole('button', { name: /show the list/ }).click();
  await panel.getByRole('button', { name: 'People of the record and members' }).click();
  await page(panel)
    .getByRole('switch', { name: /every Event/ })
    .click();
  await expect(page(panel).getByRole('switch', { name: /every Event/ })).toBeChecked();
  await panel.getByRole('button', { name: 'Back' }).click();

  await saveWith(site, name, [
    userRow(ALICE),
    userRow(BOB),
    userRow(CAROL),
    contact('Erin Ebert', 'erin@partner.example'),
  ]);
  // Acts compare at most once a minute, on our side and on Microsoft's.
  await control.clock({ advance: 61_000 });
  await passTime(alice, 61_000);
  await actUntil(panel, async () => expect(await membersOf(control, chatId)).toEqual([ALICE, BOB, CAROL]), 30_000);
  await expect(panel.getByText('1 person was added to the chat')).toBeVisible();
});

test('who is in the chat and not on the record is shown, and nobody is taken out', async ({ control, scene }) => {
  const { me: alice, name, open } = await scene({ subject: 'In step' });
  const chatId = await linkChat(control, alice, { doctype: 'Event', name }, [CAROL, 'olivia.smith@contoso.test']);
  await control.tenant({ leaves: 'olivia.smith@contoso.test' });
  const panel = await open();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await panel.getByRole('button', { name: /show the list/ }).click();
  await panel.getByRole('button', { name: 'People of the record and members' }).click();
  await expect(page(panel).getByText('2 members are not among the record’s people'.replace('’', "'"))).toBeVisible();
  await expect(page(panel).getByRole('listitem').filter({ hasText: 'Olivia' })).toContainText('Left Microsoft 365');
  await expect(page(panel).getByRole('listitem').filter({ hasText: 'Carol' })).not.toContainText('Left');
  await expect(page(panel).getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await expect(page(panel).getByRole('link', { name: 'Open in Teams' })).toBeVisible();
  expect(await membersOf(control, chatId)).toHaveLength(4);
});

test('somebody is taken out where an administrator allowed it, after a question; else Teams is a link away', async ({
  control,
  scene,
}) => {
  const { me: alice, name, open } = await scene({ subject: 'In step' });
  const chatId = await linkChat(control, alice, { doctype: 'Event', name }, [CAROL]);
  const panel = await open();
  await expect(panel.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await panel.getByRole('button', { name: /show the list/ }).click();
  await panel.getByRole('button', { name: 'People of the record and members' }).click();
  await expect(page(panel).getByText(/only your administrator can grant/)).toBeVisible();
  await expect(page(panel).getByRole('link', { name: 'Open in Teams' })).toBeVisible();

  await control.tenant({ adminConsented: ['Chat.ReadWrite', 'ChatMember.ReadWrite'] });
  await page(panel).getByRole('button', { name: 'I have it: look again' }).click();
  await page(panel)
    .getByRole('button', { name: /^Remove Carol/ })
    .click();
  await expect(page(panel).getByText(/Remove Carol.* from the chat\?/)).toBeVisible();
  expect(await membersOf(control, chatId), 'asked first').toContain(CAROL);
  // The first answer is lost on its way back.
  await control.faults({ service: 'graph', match: 'DELETE /chats/*/members/*', times: 1, drop: 'after' });
  await page(panel).getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page(panel).getByRole('listitem').filter({ hasText: 'Carol' })).toHaveCount(0);
  expect(await membersOf(control, chatId)).toEqual([ALICE, BOB]);
});

test('a chat of sixty is compared with a record of sixty in a handful of requests', async ({ control, scene }) => {
  await control.tenant({ hireCrew: 60 });
  const { site, me: alice, name, open } = await scene({ subject: 'In step' });
  const crews = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => crew(from + i));
  const chatId = await linkChat(control, alice, { doctype: 'Event', name }, crews(1, 58));
  await saveWith(site, name, [ALICE, BOB, ...crews(3, 60)].map(userRow));
  expect(await membersOf(control, chatId)).toHaveLength(60);
  await control.clearRequests();
  const panel = await open();
  await expect(panel.getByText('2 people of this record are not in the chat')).toBeVisible();
  await expect(panel.getByText('Crew 059')).toBeVisible();
  await panel.getByRole('button', { name: 'Add…' }).click();
  await expect(page(panel).getByText("2 members are not among the record's people")).toBeVisible();
  for (const gone of ['Crew 001', 'Crew 002'])
    await expect(page(panel).getByRole('listitem').filter({ hasText: gone })).toBeVisible();
  const calls = (await control.requests()).filter((r) => r.service === 'graph');
  const paths = calls.map((r) => decodeURIComponent(new URL(r.url).pathname + new URL(r.url).search));
  const many = (part: RegExp) => paths.filter((path) => part.test(path)).length;
  // The log names a batch and, besides, each of its parts: seven addresses apiece. Faces come in batches of their own.
  const batches = calls.filter((r) => r.url.endsWith('/$batch')).map((r) => JSON.stringify(r.body));
  expect(
    batches.filter((body) => body.includes('/users?')),
    'one batch for sixty addresses',
  ).toHaveLength(1);
  expect(many(/\/users\?\$filter=mail in/)).toBe(Math.ceil(59 / 7));
  expect(many(/\/users\?\$filter=id in/), 'one look whether those who are extra left').toBe(1);
  expect(many(/\/members(\?|$)/), 'one list of members').toBe(1);
});
