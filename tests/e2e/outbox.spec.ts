import { type Control, expect, type Person, test } from './fixtures/deskside.ts';
import {
  ALICE,
  act,
  actUntil,
  composer,
  EVENT,
  linkChat,
  log,
  messageRequests,
  openTalk,
  outgoing,
  panelAgain,
  passTime,
  said,
  say,
  timesSaid,
} from './fixtures/talk.ts';

test.use({ tier: 'reading', throttle: 'off' });
// A browser, a sign-in and a first read before anything can be looked at.
test.describe.configure({ timeout: 120_000 });

const SEND = 'POST /chats/*/messages$';

test('a message shows as sending, then as sent, once, in every tab', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  const tab = await alice.context.newPage();
  const other = await openTalk(alice, EVENT, tab);
  await control.faults({ match: SEND, delayAnswer: 3_000, times: 1 });
  await say(panel, 'On its way');
  await expect(outgoing(panel)).toContainText('Sending…');
  await expect(outgoing(other)).toContainText('On its way');
  for (const one of [panel, other]) {
    await expect(outgoing(one)).toHaveCount(0);
    await expect(log(one).getByText('On its way')).toHaveCount(1);
  }
  expect(await said(control, chatId)).toHaveLength(1);
});

test('a lost answer is settled by reading back: one message, sent once', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.faults({ match: SEND, drop: 'after', times: 1 });
  await say(panel, 'The answer gets lost');
  await expect(log(panel).getByText('The answer gets lost')).toHaveCount(1);
  await actUntil(panel, () => expect(outgoing(panel)).toHaveCount(0, { timeout: 500 }));
  await expect(log(panel).getByText('The answer gets lost')).toHaveCount(1);
  expect(await timesSaid(control, chatId, 'The answer gets lost')).toBe(1);
  expect(await messageRequests(control, 'POST')).toHaveLength(1);

  await test.step('the same text again is another message', async () => {
    await say(panel, 'The answer gets lost');
    await expect.poll(() => timesSaid(control, chatId, 'The answer gets lost')).toBe(2);
    await expect(outgoing(panel)).toHaveCount(0);
    await expect(log(panel).getByText('The answer gets lost')).toHaveCount(2);
  });
});

test('what never arrived is looked for twice, a minute apart, and sent again only by the person', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.faults({ match: SEND, drop: 'before', times: 1 });
  await say(panel, 'Did it arrive?');
  await expect(outgoing(panel)).toContainText('Not certain that it was sent');
  const again = panel.getByRole('button', { name: 'Send again' });
  // The minute between the two looks begins with the first.
  await expect.poll(async () => (await looks(control)).length).toBe(1);
  await passTime(alice, 30_000);
  for (let i = 0; i < 3; i++) await act(panel);
  await expect(again).toHaveCount(0);
  await passTime(alice, 31_000);
  await actUntil(panel, () => expect(again).toBeVisible({ timeout: 500 }));
  await expect(outgoing(panel)).toContainText('may appear twice');
  expect(await messageRequests(control, 'POST'), 'nothing is sent again by itself').toHaveLength(1);
  expect(await said(control, chatId)).toEqual([]);

  await again.click();
  await expect.poll(() => timesSaid(control, chatId, 'Did it arrive?')).toBe(1);
  await expect(outgoing(panel)).toHaveCount(0);
  await expect(log(panel).getByText('Did it arrive?')).toHaveCount(1);
  expect(await messageRequests(control, 'POST')).toHaveLength(2);
});

for (const moment of ['delay', 'delayAnswer'] as const) {
  test(`a worker killed ${moment === 'delay' ? 'before' : 'after'} Microsoft took the message leaves exactly one`, async ({
    control,
    person,
  }) => {
    const alice = await person(ALICE);
    const chatId = await linkChat(control, alice);
    const panel = await openTalk(alice);
    await control.faults({ match: SEND, [moment]: 4_000, times: 1 });
    await say(panel, 'Killed on the way');
    await expect(outgoing(panel)).toContainText('Sending…');
    if (moment === 'delayAnswer') await expect.poll(() => timesSaid(control, chatId, 'Killed on the way')).toBe(1);
    await alice.killWorker();
    await actUntil(panel, () => expect(log(panel).getByText('Killed on the way')).toBeVisible({ timeout: 500 }));
    await expect.poll(() => timesSaid(control, chatId, 'Killed on the way'), { timeout: 15_000 }).toBe(1);
    // The worker's second look comes a minute after its first.
    await expect(async () => {
      await passTime(alice, 61_000);
      await act(panel);
      await expect(outgoing(panel)).toHaveCount(0, { timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await expect(log(panel).getByText('Killed on the way')).toHaveCount(1);
    expect(await timesSaid(control, chatId, 'Killed on the way')).toBe(1);
  });
}

test('429 is waited out to the second', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.clearRequests();
  await control.faults({ match: SEND, status: 429, retryAfter: 3, times: 2 });
  await say(panel, 'Patience');
  await expect.poll(() => timesSaid(control, chatId, 'Patience'), { timeout: 20_000 }).toBe(1);
  const posts = await messageRequests(control, 'POST');
  expect(posts.map((r) => r.status)).toEqual([429, 429, 201]);
  for (const [i, post] of posts.slice(1).entries()) {
    const waited = post.time - posts[i]!.time;
    expect(waited).toBeGreaterThanOrEqual(3_000);
    expect(waited).toBeLessThan(6_000);
  }
  await expect(outgoing(panel)).toHaveCount(0);
});

test('without a network messages wait, and leave by themselves once there is one', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await network(alice, false);
  await control.faults({ service: 'graph', offline: true });
  await control.clearRequests();
  await say(panel, 'Written in the tunnel');
  await say(panel, 'And another');
  await expect(outgoing(panel)).toHaveCount(2);
  await expect(outgoing(panel).first()).toContainText('Waiting to be sent');
  expect(await said(control, chatId)).toEqual([]);
  expect(await messageRequests(control, 'POST'), 'not even tried').toEqual([]);
  await control.clearFaults();
  await network(alice, true);
  await expect.poll(async () => (await said(control, chatId)).length, { timeout: 20_000 }).toBe(2);
  const [first, second] = await said(control, chatId);
  expect(first).toContain('Written in the tunnel');
  expect(second).toContain('And another');
  await expect(outgoing(panel)).toHaveCount(0);
});

test('what Microsoft refused says so, and can be tried again or discarded', async ({ control, person }) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.faults({ match: SEND, status: 403, times: 2 });
  await say(panel, 'Refused at first');
  await say(panel, 'To be discarded');
  await expect(outgoing(panel).filter({ hasText: 'Not sent' })).toHaveCount(2);
  await say(panel, 'Not held back');
  await expect.poll(() => timesSaid(control, chatId, 'Not held back')).toBe(1);
  await outgoing(panel).filter({ hasText: 'To be discarded' }).getByRole('button', { name: 'Discard' }).click();
  await expect(panel.getByText('To be discarded')).toHaveCount(0);
  await outgoing(panel).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => timesSaid(control, chatId, 'Refused at first')).toBe(1);
  await expect(outgoing(panel)).toHaveCount(0);
  expect(await said(control, chatId)).toHaveLength(2);
});

test('twenty quick messages arrive in their order, once each, with one read in fifteen seconds', async ({
  control,
  person,
}) => {
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.clearRequests();
  const words = Array.from({ length: 20 }, (_, i) => `Quick ${i + 1}!`);
  for (const text of words) await say(panel, text);
  await expect.poll(async () => (await said(control, chatId)).length, { timeout: 60_000 }).toBe(20);
  const order = (texts: string[]) => texts.flatMap((text) => /Quick \d+!/.exec(text)?.[0] ?? []);
  expect(order(await said(control, chatId))).toEqual(words);
  await expect(outgoing(panel)).toHaveCount(0);
  expect(order(await log(panel).getByRole('article').allTextContents())).toEqual(words);
  const reads = (await messageRequests(control, 'GET')).map((r) => r.time);
  for (const [i, time] of reads.slice(1).entries()) expect(time - reads[i]!).toBeGreaterThanOrEqual(14_900);
});

test('in the base tier a lost answer stays uncertain, and the person decides', async ({ control, person }) => {
  await control.tenant({ adminConsented: [] });
  const alice = await person(ALICE);
  const chatId = await linkChat(control, alice);
  const panel = await openTalk(alice);
  await control.faults({ match: SEND, drop: 'after', times: 1 });
  await say(panel, 'Nobody may look');
  await expect(outgoing(panel)).toContainText('may appear twice');
  await expect(outgoing(panel).getByRole('button', { name: 'Send again' })).toBeVisible();
  await alice.killWorker();
  await alice.page.reload();
  const after = await panelAgain(alice);
  await expect(outgoing(after)).toContainText('Not certain that it was sent');
  expect(await timesSaid(control, chatId, 'Nobody may look'), 'not sent again by itself').toBe(1);
  await outgoing(after).getByRole('button', { name: 'Remove from here' }).click();
  await expect(outgoing(after)).toHaveCount(0);
  await expect(composer(after)).toBeEnabled();
  expect(await messageRequests(control, 'GET')).toEqual([]);
});

/** What the browser tells its worker: Playwright's own switch reaches pages alone. */
/** Reads that look for one message: a chat's first read asks by time of creation instead. */
async function looks(control: Control) {
  return (await messageRequests(control, 'GET')).filter((r) => r.url.includes('lastModifiedDateTime%20gt'));
}

async function network(person: Person, online: boolean): Promise<void> {
  await (await person.worker()).evaluate((online) => {
    Object.defineProperty(navigator, 'onLine', { value: online, configurable: true });
    dispatchEvent(new Event(online ? 'online' : 'offline'));
  }, online);
}
