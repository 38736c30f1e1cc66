import type { Frame } from '@playwright/test';
import { clean } from './fixtures/clean.ts';
import { create, startButton } from './fixtures/creating.ts';
import { type Control, type DeskSite, expect } from './fixtures/desk.ts';
import type { Person } from './fixtures/deskside.ts';
import { openOptions, setChats } from './fixtures/options.ts';
import { openPopup } from './fixtures/places.ts';
import { type Scene, test } from './fixtures/scene.ts';
import { ALICE, act, actUntil, BOB, composer, type Extension, passTime, said } from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
test.describe.configure({ timeout: 150_000 });

const topicOf = async (control: Control, chatId: string) =>
  (await control.state()).chats.find((chat) => chat.id === chatId)?.topic;
const membersOf = async (control: Control, chatId: string) =>
  (await control.state()).chats
    .find((chat) => chat.id === chatId)
    ?.members.map(({ email }) => email)
    .sort();
/** What an act did not bring by then takes another one. */
const SOON = { timeout: 2_000 };
const menu = (panel: Frame) => panel.getByRole('button', { name: 'More for this chat' });
const renameInTeams = (control: string, change: { chatId: string; from: string; topic: string }) =>
  fetch(`${control}/chats`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });

/** Alice has just created the record's chat from her panel. */
async function created({ site, me: alice, name, open }: Scene) {
  const panel = await open();
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  return { site, alice, name, panel, chatId: await site.chatField(name) };
}

/** The record is saved with these values by a colleague, and Alice looks at it again. */
async function savedAndSeen(site: DeskSite, alice: Person, name: string, values: Record<string, unknown>) {
  await (await site.as(site.me)).update('Event', name, values);
  await alice.page.reload();
  return alice.openPanel();
}

test('the chat’s name follows the title where that is switched on, and not a name given in Teams', async ({
  sandbox,
  control,
  scene,
}) => {
  const { site, alice, name, chatId } = await created(await scene({ subject: 'First title' }));
  expect(await topicOf(control, chatId)).toBe(`First title · ${name}`);
  const before = await savedAndSeen(site, alice, name, { subject: 'Not followed' });
  await expect(composer(before)).toBeVisible();
  expect(await topicOf(control, chatId), 'off until somebody switches it on').toBe(`First title · ${name}`);

  const options = await openOptions(alice, sandbox.extensionId, 'chats');
  await options.getByRole('switch', { name: /name follows/ }).click();
  await expect(options.getByRole('switch', { name: /name follows/ })).toBeChecked();
  await clean(options, 'how chats are treated');
  await options.close();
  await expect.poll(() => topicOf(control, chatId)).toBe(`Not followed · ${name}`);
  const panel = await savedAndSeen(site, alice, name, { subject: 'Second: title' });
  await expect.poll(() => topicOf(control, chatId)).toBe(`Second title · ${name}`);
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText(`Second title · ${name}`);

  await renameInTeams(sandbox.control, { chatId, from: BOB, topic: 'The gang' });
  await control.clock({ advance: 61_000 });
  await passTime(alice, 61_000);
  await actUntil(panel, () => expect(panel.getByRole('heading', { level: 1 })).toHaveText('The gang', SOON), 30_000);
  const last = await savedAndSeen(site, alice, name, { subject: 'Third title' });
  await expect(composer(last)).toBeVisible();
  await passTime(alice, 61_000);
  await act(last);
  expect(await topicOf(control, chatId)).toBe('The gang');
  const renames = (await control.requests()).filter((r) => r.service === 'graph' && r.method === 'PATCH');
  const topics = renames.map(({ body }) => (body as { topic: string }).topic);
  // The title that stood there when it was switched on, and the one that came.
  expect(topics).toEqual([`Not followed · ${name}`, `Second title · ${name}`]);
});

test('a chat that is muted here rings and counts nowhere, and the popup still finds it', async ({
  sandbox,
  control,
  scene,
}) => {
  const { alice, name, panel, chatId } = await created(await scene({ subject: 'Quiet please' }));
  await menu(panel).click();
  await expect(panel.getByText(/Teams lets no app mute a chat/)).toBeVisible();
  await clean(panel, 'the chat’s menu');
  await panel.getByRole('button', { name: 'Mute here' }).click();
  await expect(panel.getByRole('button', { name: 'Stop muting' })).toBeVisible();

  await alice.openRecord('Event', 'EV00001');
  await control.write({ chatId, from: BOB, html: '<p>Psst</p>' });
  await control.clock({ advance: 61_000 });
  await passTime(alice, 61_000);
  const popup = await openPopup(alice, sandbox.extensionId, alice.page);
  await expect(popup.getByRole('button', { name: new RegExp(`${name}.*Muted here`) })).toBeVisible();
  const badge = () =>
    alice
      .worker()
      .then((worker) => worker.evaluate(() => (globalThis as unknown as Extension).chrome.action.getBadgeText({})));
  expect(await badge()).toBe('');
});

test('leaving takes a permission and a question; the record keeps its chat, and says whom to ask', async ({
  control,
  scene,
}) => {
  const { site, name, panel, chatId } = await created(await scene({ subject: 'Goodbye' }));
  await menu(panel).click();
  const call = await panel.getByRole('link', { name: 'Call 1 person' }).getAttribute('href');
  expect(call).toBe(`https://teams.microsoft.com/l/call/0/0?users=${encodeURIComponent(BOB)}`);
  await panel.getByRole('button', { name: 'Leave the chat…' }).click();
  await expect(panel.getByText(/only your administrator can grant/)).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Leave', exact: true })).toHaveCount(0);

  await control.tenant({ adminConsented: ['Chat.ReadWrite', 'ChatMember.ReadWrite'] });
  await panel.getByRole('button', { name: 'I have it: look again' }).click();
  await expect(panel.getByRole('button', { name: 'Leave', exact: true })).toBeVisible();
  expect(await membersOf(control, chatId)).toEqual([ALICE, BOB]);
  await panel.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(panel.getByRole('heading', { name: "You are not in this record's chat" })).toBeVisible();
  expect(await membersOf(control, chatId)).toEqual([BOB]);
  expect(await site.chatField(name), 'colleagues still find it').toBe(chatId);

  await expect(panel.getByText(ALICE).first()).toBeVisible();
  const ask = panel.getByRole('link', { name: /^Ask Bob/ });
  const url = new URL((await ask.getAttribute('href'))!);
  expect(url.searchParams.get('users')).toBe(BOB);
  expect(url.searchParams.get('message')).toContain(`/app/event/${name}`);
  await clean(panel, 'a chat that is closed to me');

  await test.step('only after a question the record can have another chat', async () => {
    await panel.getByRole('button', { name: 'Replace the chat…' }).click();
    expect(await site.chatField(name)).toBe(chatId);
    await panel.getByRole('button', { name: 'Replace it' }).click();
    await expect(startButton(panel)).toBeEnabled();
    expect(await site.chatField(name)).toBe('');
  });
});

test('reading marks the chat read in Teams, unless the person will not have it', async ({ control, scene }) => {
  const { alice, panel, chatId } = await created(await scene({ subject: 'Read or not' }));
  const marks = async () =>
    (await control.requests()).filter((r) => /markChatReadForUser$/.test(new URL(r.url).pathname)).length;
  await control.write({ chatId, from: BOB, html: '<p>First</p>' });
  await control.clock({ advance: 16_000 });
  await passTime(alice, 16_000);
  await actUntil(panel, () => expect(panel.getByText('First')).toBeVisible(SOON), 30_000);
  await actUntil(panel, async () => expect(await marks()).toBe(1), 30_000);

  await setChats(alice, { markRead: false });
  await control.write({ chatId, from: BOB, html: '<p>Second</p>' });
  await control.clock({ advance: 16_000 });
  await passTime(alice, 16_000);
  await actUntil(panel, () => expect(panel.getByText('Second')).toBeVisible(SOON), 30_000);
  await act(panel);
  await expect(panel.getByText('Second')).toBeVisible();
  expect(await marks()).toBe(1);
});

test('a record that is over closes its panel where that is wanted; nothing is said unless somebody says it', async ({
  control,
  scene,
}) => {
  const { site, alice, name, chatId } = await created(await scene({ subject: 'Done soon' }));
  const open = await savedAndSeen(site, alice, name, { status: 'Completed' });
  await expect(composer(open), 'off until somebody switches it on').toBeVisible();
  const before = (await said(control, chatId)).length;

  await setChats(alice, { farewell: true });
  await alice.page.reload();
  const panel = await alice.openPanel();
  await expect(panel.getByRole('heading', { name: 'This record is over' })).toBeVisible();
  await expect(composer(panel)).toHaveCount(0);
  expect(await said(control, chatId)).toHaveLength(before);
  await clean(panel, 'a record that is over');
  await panel.getByRole('button', { name: 'Write a last word…' }).click();
  await panel.getByRole('textbox', { name: 'Last word in the chat' }).fill('That was it, thank you');
  await panel.getByRole('button', { name: 'Send to the chat' }).click();
  await expect(panel.getByText('Would you like to say goodbye')).toHaveCount(0);
  await expect.poll(async () => (await said(control, chatId)).at(-1)).toContain('That was it, thank you');
  await panel.getByRole('button', { name: /^Show the chat/ }).click();
  await expect(composer(panel)).toBeVisible();
  await expect(panel.getByText('That was it, thank you')).toBeVisible();

  await alice.page.reload();
  const again = await alice.openPanel();
  await expect(again.getByRole('heading', { name: 'This record is over' })).toBeVisible();
  await expect(again.getByText('Would you like to say goodbye'), 'asked once').toHaveCount(0);
  expect(await said(control, chatId)).toHaveLength(before + 1);

  const reopened = await savedAndSeen(site, alice, name, { status: 'Open' });
  await expect(composer(reopened)).toBeVisible();
});
