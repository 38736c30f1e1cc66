import AxeBuilder from '@axe-core/playwright';
import type { Frame, Page } from '@playwright/test';
import { passMicrosoft } from '../../scripts/walk/sign-in.ts';
import { type Control, expect, type Person, test } from './fixtures/deskside.ts';
import { area, database } from './fixtures/kept.ts';
import { openOptions, setPolicy } from './fixtures/options.ts';
import { ALICE, BOB, composer, EVENT, goTo, linkChat, outgoing, passTime, say } from './fixtures/talk.ts';

// An own post and what the panel reads after it may meet Graph's limit of one a second: its 429 is not what is tried here.
test.use({ throttle: 'off' });
test.describe.configure({ timeout: 180_000 });

const PROJECT = { doctype: 'Project', name: 'PROJ-0001' };
const READING = 'ChannelMessage.Read.All';
const newPost = (panel: Frame) => panel.getByRole('textbox', { name: 'New post' });
const thread = (panel: Frame, text: string) => panel.locator('.channel-thread').filter({ hasText: text });
const tab = (panel: Frame, name: string) =>
  panel.getByRole('navigation', { name: 'Chat or channel' }).getByRole('button', { name });
const search = (place: Frame | Page) => place.getByRole('combobox', { name: /Team or channel/ });

async function channelOf(control: Control, team: string, name: string) {
  const { teams } = await control.state();
  const found = teams.find(({ displayName }) => displayName === team)!;
  const channel = found.channels.find(({ displayName }) => displayName === name)!;
  return { teamId: found.id, channelId: channel.id };
}

async function posts(control: Control, { channelId }: { channelId: string }) {
  const { teams } = await control.state();
  return teams.flatMap(({ channels }) => channels).find(({ id }) => id === channelId)!.messages;
}

const teamRequests = async (control: Control) =>
  (await control.requests()).filter(({ url }) => /\/teams\/|joinedTeams/.test(url));

async function openBeside(person: Person, { doctype, name }: { doctype: string; name: string }): Promise<Frame> {
  await person.openRecord(doctype, name);
  return person.openPanel();
}

async function allow(person: Person, click: () => Promise<void>): Promise<void> {
  const opened = person.context.waitForEvent('page');
  await click();
  await passMicrosoft(await opened, { account: ALICE });
}

const axe = async (person: Person) =>
  expect((await new AxeBuilder({ page: person.page }).include('aside[data-deskside]').analyze()).violations).toEqual(
    [],
  );

test('from any record a channel is found and posted to; without reading, what was posted is kept and leads on', async ({
  control,
  person,
  sandbox,
}) => {
  const alice = await person(ALICE);
  const tenders = await channelOf(control, 'Sales Europe', 'Tenders');
  let panel = await openBeside(alice, EVENT);
  await alice.signIn();
  const { keyboard } = alice.page;

  await test.step('asked for when it is first wanted, and by the keyboard alone', async () => {
    const opens = panel.getByRole('button', { name: 'Post to a channel…' });
    await opens.waitFor();
    expect(await teamRequests(control), 'nothing of teams before').toEqual([]);
    const signIn = (await control.requests()).find(({ url }) => url.includes('/authorize?'))!;
    expect(new URL(signIn.url).searchParams.get('scope')).not.toMatch(/Channel/);
    await opens.focus();
    await keyboard.press('Enter');
    const allows = panel.getByRole('button', { name: 'Allow channels' });
    await axe(alice);
    await allow(alice, async () => {
      await allows.focus();
      await keyboard.press('Enter');
    });
    await expect(search(panel)).toBeFocused();
    await expect(panel.getByRole('option')).toHaveCount(7);
    await expect(panel.getByRole('option', { name: /Preise und Rabatte.*Private/ })).toBeVisible();
    await expect(panel.getByRole('option', { name: /Suppliers.*Shared/ })).toBeVisible();
    await expect(panel.getByText('Fair 2025'), 'archived').toHaveCount(0);
    await axe(alice);
    await keyboard.type('sales');
    await expect(panel.getByText('4 channels')).toBeVisible();
    await keyboard.press('ArrowDown');
    await expect(panel.getByRole('option', { selected: true })).toContainText('Tenders');
    await keyboard.press('Enter');
    await expect(newPost(panel)).toBeFocused();
    await expect(panel.getByText('Everybody in the team can read this: Sales Europe › Tenders.')).toBeVisible();
  });

  await test.step('posted with a subject, and nothing of the record with it', async () => {
    await axe(alice);
    await panel.getByRole('textbox', { name: /Subject/ }).fill('Price list');
    await newPost(panel).fill('Is there one for **2027**?');
    await newPost(panel).press('Enter');
    await expect(thread(panel, 'Is there one for')).toContainText('Price list');
    const [post] = await posts(control, tenders);
    expect(post).toMatchObject({ from: ALICE, subject: 'Price list', replyToId: null });
    expect(post?.content).toContain('<strong>2027</strong>');
    expect(post?.content).not.toContain(EVENT.name);
    await expect(panel.getByText('Everybody in the team can read this')).toHaveCount(0);
    await expect(newPost(panel)).toHaveValue('');
  });

  await test.step('with a link to the record where that was chosen, which is remembered', async () => {
    await panel.getByRole('checkbox', { name: `Add a link to Event ${EVENT.name}` }).check();
    await newPost(panel).fill('About this one');
    await newPost(panel).press('Enter');
    const shown = thread(panel, 'About this one').getByRole('link', { name: new RegExp(`Event ${EVENT.name}`) });
    await expect(shown).toHaveAttribute('href', alice.url(EVENT.doctype, EVENT.name));
  });

  await test.step('a lost answer is the person’s to decide, over the worker’s death, and nothing goes twice by itself', async () => {
    await control.faults({ match: 'POST /teams/*/channels/*/messages', drop: 'after', times: 1 });
    await newPost(panel).fill('Perhaps posted');
    await newPost(panel).press('Enter');
    const row = () => outgoing(panel).filter({ hasText: 'Perhaps posted' });
    await expect(row()).toContainText('Not certain that it was sent');
    await axe(alice);
    await alice.killWorker();
    await alice.page.reload();
    panel = await alice.openPanel();
    await tab(panel, 'Tenders').click();
    await expect(row()).toContainText('Not certain that it was sent');
    const sent = (await posts(control, tenders)).filter(({ content }) => content.includes('Perhaps posted'));
    expect(sent).toHaveLength(1);
    await row().getByRole('button', { name: 'Remove from here' }).click();
    await expect(row()).toHaveCount(0);
  });

  await test.step('what was posted stands there, with the way to its thread in Teams and to the channel', async () => {
    const kept = panel.getByRole('region', { name: 'Posted from here' });
    await expect(kept.locator('.channel-thread')).toHaveCount(2);
    const [post] = await posts(control, tenders);
    const link = thread(panel, 'Is there one for').getByRole('link', { name: 'Open this message in Teams' });
    const href = new URL((await link.getAttribute('href'))!);
    expect(decodeURIComponent(href.pathname)).toBe(`/l/message/${tenders.channelId}/${post?.id}`);
    expect(href.searchParams.get('groupId')).toBe(tenders.teamId);
    expect(href.searchParams.get('parentMessageId')).toBe(post?.id);
    expect(
      (await teamRequests(control)).filter(({ method, url }) => method === 'GET' && /\/messages/.test(url)),
    ).toEqual([]);
    await expect(panel.getByText('once your administrator allows it')).toBeVisible();
    await axe(alice);
  });

  await test.step('chat and channel stand side by side, each with its own text', async () => {
    await newPost(panel).fill('For the channel');
    await tab(panel, 'Chat').click();
    await linkChat(control, alice);
    await expect(async () => {
      await alice.page.mouse.move(700 + Math.random() * 50, 300);
      await panel.locator('h1').hover({ position: { x: 3 + Math.random() * 9, y: 4 } });
      await expect(composer(panel)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect(composer(panel)).toHaveValue('');
    await say(panel, 'For the chat');
    await tab(panel, 'Tenders').click();
    await expect(newPost(panel)).toHaveValue('For the channel');
    expect((await posts(control, tenders)).some(({ content }) => content.includes('For the chat'))).toBe(false);
  });

  await test.step('a doctype’s channel is set in the options, and holds for its records until one has another', async () => {
    const options = await openOptions(alice, sandbox.extensionId, 'channels');
    const projects = options.locator('.channel-default').filter({ hasText: 'Project' });
    await projects.getByRole('button', { name: 'Project: Choose…' }).click();
    await search(options).fill(
      `https://teams.microsoft.com/l/channel/${encodeURIComponent(tenders.channelId)}/Tenders?groupId=${tenders.teamId}&tenantId=x`,
    );
    await expect(options.getByText('1 channel', { exact: true })).toBeVisible();
    await search(options).press('Enter');
    await expect(projects).toContainText('Tenders');
    expect((await new AxeBuilder({ page: options }).analyze()).violations).toEqual([]);
    const saved = options.waitForEvent('download');
    await options.getByRole('button', { name: 'Export for a policy' }).click();
    const text = await (await (await saved).createReadStream()).toArray();
    const { channels } = JSON.parse(Buffer.concat(text).toString());
    expect(channels).toMatchObject({ Project: { ...tenders, name: 'Tenders', team: 'Sales Europe' } });
    await expect(options.getByRole('region', { name: 'Channels used last' })).toContainText('Tenders');
    await options.getByRole('button', { name: 'Forget them' }).click();
    await expect(options.getByRole('region', { name: 'Channels used last' })).toContainText('None.');

    await alice.page.bringToFront();
    await goTo(alice.page, PROJECT);
    await expect(panel.getByText(/^No conversation about/)).toBeVisible();
    await tab(panel, 'Tenders').click();
    await expect(newPost(panel)).toHaveValue('');
    await newPost(panel).fill('From a project');
    await newPost(panel).press('Enter');
    await expect(thread(panel, 'From a project').getByRole('link', { name: /Project PROJ-0001/ })).toBeVisible();
    await panel.getByRole('button', { name: 'More for this channel' }).click();
    await expect(panel.getByText('You set it for all records of this kind')).toBeVisible();
    await panel.getByRole('button', { name: 'No channel for this record' }).click();
    await expect(tab(panel, 'Tenders')).toHaveCount(0);

    const general = await channelOf(control, 'Projects', 'General');
    await setPolicy(alice, { channels: { Project: { ...general, name: 'General', team: 'Projects' } } });
    await options.reload();
    await expect(projects).toContainText('General');
    await expect(projects).toContainText('Set by your organisation.');
    await expect(projects.getByRole('button', { name: /Change/ })).toHaveAttribute('aria-disabled', 'true');
    await options.close();
  });

  await test.step('signing out forgets all of it', async () => {
    expect(await database(alice)).toContain(tenders.channelId);
    const popup = await alice.context.newPage();
    await popup.goto(`chrome-extension://${sandbox.extensionId}/popup.html`);
    await popup.getByRole('button', { name: 'Sign out' }).click();
    await expect(popup.getByRole('button', { name: /Sign in/ })).toBeVisible();
    for (const kept of [await database(alice), await area(alice, 'session'), await area(alice, 'local')])
      for (const trace of [tenders.channelId, tenders.teamId, 'Perhaps posted', 'Is there one for'])
        expect(kept).not.toContain(trace);
  });
});

test('with an administrator’s yes its threads show, are answered, searched and kept in step', async ({
  control,
  person,
}) => {
  await control.tenant({ adminConsented: [READING, 'Chat.ReadWrite'] });
  const alice = await person(ALICE);
  const place = await channelOf(control, 'Projects', 'Website relaunch');
  const fair = await control.postInChannel({ ...place, from: BOB, subject: 'Fair', html: '<p>Who goes to Dubai?</p>' });
  for (let i = 1; i <= 45; i++) await control.postInChannel({ ...place, from: BOB, html: `<p>Note number ${i}</p>` });
  await control.postInChannel({ ...place, from: BOB, html: '<p>The blue pump is sold</p>', replyToId: fair });
  await linkChat(control, alice);
  const panel = await openBeside(alice, EVENT);
  await alice.signIn();
  await panel.getByRole('button', { name: 'More for this chat' }).click();
  await panel.getByRole('button', { name: 'Post to a channel…' }).click();
  await allow(alice, () => panel.getByRole('button', { name: 'Allow channels' }).click());
  await search(panel).fill('relaunch');
  await panel.getByRole('option', { name: /Website relaunch/ }).click();

  await test.step('the thread written in last is on top, its answers folded up', async () => {
    const first = panel.locator('.channel-thread').first();
    await expect(first).toContainText('Who goes to Dubai?');
    await expect(first).not.toContainText('blue pump');
    await first.getByRole('button', { name: /1 reply/ }).press('Enter');
    await expect(first).toContainText('The blue pump is sold');
    await axe(alice);
  });

  await test.step('answered where it stands', async () => {
    const first = panel.locator('.channel-thread').first();
    await first.getByRole('button', { name: 'Reply', exact: true }).click();
    const answer = panel.getByRole('textbox', { name: 'Reply in this thread' });
    await expect(answer).toBeFocused();
    await answer.fill('I do');
    await answer.press('Enter');
    await expect(first.getByRole('article').filter({ hasText: 'I do' })).toBeVisible();
    await expect
      .poll(() => posts(control, place))
      .toContainEqual(
        expect.objectContaining({ from: ALICE, replyToId: fair, content: expect.stringContaining('I do') }),
      );
  });

  await test.step('a lost answer is looked for in its thread, and found', async () => {
    await control.faults({ match: 'POST /teams/*/channels/*/messages/*/replies', drop: 'after', times: 1 });
    const answer = panel.getByRole('textbox', { name: 'Reply in this thread' });
    await answer.fill('Lost on the way');
    await answer.press('Enter');
    await expect(panel.getByRole('article').filter({ hasText: 'Lost on the way' })).toHaveCount(1);
    await expect(outgoing(panel)).toHaveCount(0, { timeout: 20_000 });
    const sent = (await posts(control, place)).filter(({ content }) => content.includes('Lost on the way'));
    expect(sent).toHaveLength(1);
  });

  await test.step('what others write, change and delete comes as the person acts, with one request', async () => {
    await control.clearRequests();
    await control.postInChannel({ ...place, from: BOB, html: '<p>Me too</p>', replyToId: fair });
    const fresh = await control.postInChannel({ ...place, from: BOB, html: '<p>Brand new</p>' });
    await passTime(alice, 16_000);
    await expect(async () => {
      await newPost(panel).hover({ position: { x: 5 + Math.random() * 40, y: 8 } });
      await expect(panel.getByText('Brand new')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
    await expect(thread(panel, 'Who goes to Dubai?')).toContainText('Me too');
    const reads = (await teamRequests(control)).filter(({ method }) => method === 'GET');
    expect(reads.map(({ url }) => /messages\/delta/.test(url))).toEqual([true]);
    await control.deleteChannelMessage({ ...place, id: fresh });
    await passTime(alice, 16_000);
    await expect(async () => {
      await newPost(panel).hover({ position: { x: 5 + Math.random() * 40, y: 8 } });
      await expect(panel.getByText('Brand new')).toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 20_000 });
  });

  await test.step('older threads come as they are asked for, to the first', async () => {
    const threads = panel.locator('.channel-thread');
    await expect(threads).toHaveCount(20);
    for (const count of [40, 47]) {
      await panel.getByRole('button', { name: 'Older threads' }).click();
      await expect(threads).toHaveCount(count);
    }
    await expect(panel.getByText('The channel begins here')).toBeVisible();
    await expect(panel.getByText('Note number 1', { exact: true })).toBeAttached();
  });

  await test.step('searched, and shown in its thread', async () => {
    await panel.getByRole('button', { name: 'Search in the channel' }).click();
    await panel.getByRole('searchbox').fill('"blue pump" from:bob');
    await panel.getByRole('list', { name: 'Messages found' }).getByRole('button').first().click();
    const found = panel.getByRole('article').filter({ hasText: 'The blue pump is sold' });
    await expect(found).toBeFocused();
    await axe(alice);
    await alice.page.keyboard.press('Escape');
    await expect(panel.getByRole('searchbox')).toHaveValue('"blue pump" from:bob');
    await alice.page.keyboard.press('Escape');
    await expect(newPost(panel)).toBeVisible();
  });

  await test.step('taken back by the administrator, what was read stays and posting goes on', async () => {
    await control.tenant({ adminConsented: [] });
    await control.clock({ advance: 2 * 3600_000 });
    await newPost(panel).fill('Without reading');
    await newPost(panel).press('Enter');
    await expect(thread(panel, 'Without reading')).toBeVisible();
    await expect(panel.getByText('once your administrator allows it')).toBeVisible();
    await expect(thread(panel, 'Who goes to Dubai?')).toContainText('4 replies');
  });
});
