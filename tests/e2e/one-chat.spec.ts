import type { Frame } from '@playwright/test';
import type { FaultRule } from '../sandbox/faults.ts';
import { chatsOf, confirmButton, create, lookAtPeople, openBeside, written } from './fixtures/creating.ts';
import { type Control, expect } from './fixtures/desk.ts';
import { type Disturbance, disturb, setErpClockAhead } from './fixtures/erp-way.ts';
import { test } from './fixtures/scene.ts';
import { composer } from './fixtures/talk.ts';

test.describe.configure({ timeout: 300_000 });

/** `npm run acceptance` races fifty times; the thousands of races are in tests/unit/records. */
const ROUNDS = Number(process.env.DESKSIDE_RACES ?? 8);

test(`two people who press the button at once, ${ROUNDS} times, get one chat each time`, { tag: '@desk' }, async ({
  control,
  desk,
  person,
}) => {
  test.setTimeout(ROUNDS * 40_000 + 120_000);
  const site = await desk();
  const people = await Promise.all(
    [site.me, site.colleague].map(({ email, password }) => person(email, { password, flavour: site.flavour })),
  );
  const first = await site.event();
  const panels: Frame[] = [];
  for (const one of people) panels.push(await openBeside(one, 'Event', first.name));
  for (let round = 1; round <= ROUNDS; round++) {
    const { name } = await site.event({ subject: `Race ${round}` });
    await Promise.all(
      people.map(({ page }) =>
        page.evaluate((record) => {
          (window as unknown as { frappe: { set_route(...to: string[]): void } }).frappe.set_route(
            'Form',
            'Event',
            record,
          );
        }, name),
      ),
    );
    await Promise.all(
      panels.map(async (panel) => {
        await expect(panel.getByRole('heading', { name: `Race ${round}`, exact: true })).toBeVisible();
        await lookAtPeople(panel);
      }),
    );
    await Promise.all(panels.map((panel) => confirmButton(panel).click()));
    await Promise.all(panels.map((panel) => expect(composer(panel)).toBeVisible()));
    await test.step(`round ${round}`, async () => {
      const chats = await chatsOf(control, name);
      expect(chats, `chats of ${name} in round ${round}`).toHaveLength(1);
      expect(await site.chatField(name)).toBe(chats[0]?.id);
      for (const panel of panels) {
        const link = await panel
          .getByRole('link', { name: /Open in Teams/ })
          .first()
          .getAttribute('href');
        expect(decodeURIComponent(link ?? '')).toContain(chats[0]?.id);
      }
      await expect.poll(async () => written((await chatsOf(control, name))[0]!).length).toBe(1);
    });
  }
});

/** Lays a fault, acts, and resolves while the request that it catches is under way. */
async function holding(control: Control, rule: FaultRule, act: () => Promise<void>): Promise<void> {
  await control.clearFaults();
  await control.faults({ times: 1, ...rule });
  await act();
  await expect.poll(async () => (await control.listFaults())[0]?.used, { intervals: [20] }).toBe(1);
}

/** One chat, named by the record, with so many messages of Deskside's in it. */
async function expectOneChat(control: Control, name: string, field: () => Promise<string>, greetings = 1) {
  await expect.poll(field).toMatch(/^19:/);
  const chats = await chatsOf(control, name);
  expect(chats).toHaveLength(1);
  expect(await field()).toBe(chats[0]?.id);
  await expect.poll(async () => written((await chatsOf(control, name))[0]!)).toHaveLength(greetings);
}

/** What a worker may die over: the request never arrives, arrives after its death, or was done and not answered. */
const DEATHS: { when: string; rule: Pick<Disturbance, 'drop' | 'delay' | 'delayAnswer'> }[] = [
  { when: 'before', rule: { delay: 1500, drop: 'before' } },
  { when: 'while it is on its way', rule: { delay: 1500 } },
  { when: 'after', rule: { delayAnswer: 1500 } },
];

test('a worker killed around each step leaves one chat and one greeting, or says so', { tag: '@desk' }, async ({
  control,
  desk,
  person,
}) => {
  test.setTimeout(1_800_000);
  const site = await desk();
  const alice = await person(site.me.email);
  /** Saves of the record: the claim is the first, the link the second. */
  const saves = { 'the claim': 0, 'the chat': null, 'the link': 1 };
  for (const [what, skip] of Object.entries(saves)) {
    for (const { when, rule } of DEATHS) {
      await test.step(`killed ${when}: ${what}`, async () => {
        const { name } = await site.event({ subject: `Killed ${when} ${what}` });
        const panel = await openBeside(alice, 'Event', name);
        if (skip === null) await holding(control, { match: 'POST /chats$', ...rule }, () => create(panel));
        else {
          const caught = await disturb(alice.page, 'Event', { method: 'PUT', skip, ...rule });
          await create(panel);
          await expect.poll(caught, { intervals: [20] }).toBe(1);
        }
        await alice.killWorker();
        if (what === 'the chat' && when === 'before') {
          await expect(panel.getByText('It is not certain whether the chat was created')).toBeVisible({
            timeout: 30_000,
          });
          expect(await chatsOf(control, name)).toEqual([]);
          await panel.getByRole('button', { name: 'Create the chat' }).click();
        }
        await expect(composer(panel)).toBeVisible({ timeout: 60_000 });
        await expectOneChat(control, name, () => site.chatField(name));
        await alice.page.unrouteAll({ behavior: 'ignoreErrors' });
      });
    }
  }
  for (const { when, rule } of DEATHS) {
    await test.step(`killed ${when}: the first message`, async () => {
      const { name } = await site.event({ subject: `Killed ${when} the first message` });
      const panel = await openBeside(alice, 'Event', name);
      await holding(control, { match: 'POST /chats/*/messages$', ...rule }, () => create(panel));
      await alice.killWorker();
      await expect(composer(panel)).toBeVisible({ timeout: 30_000 });
      await expectOneChat(control, name, () => site.chatField(name), when === 'before' ? 0 : 1);
      // This tier cannot read back, so nobody knows: it is said and not sent again.
      await expect(panel.getByText('Not certain that it was sent').first()).toBeVisible();
    });
  }
});

test('a lost answer of Microsoft: the chat is found again; without one the person is asked', { tag: '@desk' }, async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'Lost answer' });
  let panel = await open();
  await holding(control, { match: 'POST /chats$', drop: 'after' }, () => create(panel));
  await expect(composer(panel)).toBeVisible({ timeout: 30_000 });
  await expectOneChat(control, name, () => site.chatField(name));

  const second = (await site.event({ subject: 'Lost order' })).name;
  panel = await openBeside(alice, 'Event', second);
  await holding(control, { match: 'POST /chats$', drop: 'before' }, () => create(panel));
  await expect(panel.getByText('It is not certain whether the chat was created')).toBeVisible({ timeout: 30_000 });
  expect(await chatsOf(control, second)).toEqual([]);
  await panel.getByRole('button', { name: 'Create the chat' }).click();
  await expect(composer(panel)).toBeVisible();
  await expectOneChat(control, second, () => site.chatField(second));
});

test('a holder who was only slow: their orphan points to the real chat, and they are told', { tag: '@desk' }, async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open, colleague } = await scene({ subject: 'Slow holder' });
  const bob = await colleague();
  const slow = await open();
  const quick = await open(bob);
  await holding(control, { match: 'POST /chats$', caller: site.me.email, delay: 23_000 }, () => create(slow));
  // The lease runs out on ERPNext's clock, which is one for both.
  for (const { context } of [alice, bob]) await setErpClockAhead(context, 'Event', 125_000);
  await create(quick);
  await expect(composer(quick)).toBeVisible();
  const [real] = await chatsOf(control, name);
  expect(await site.chatField(name)).toBe(real?.id);

  await expect(slow.getByText(/^Two chats were created for this record at once/)).toBeVisible({ timeout: 40_000 });
  await expect(composer(slow)).toBeVisible();
  const chats = await chatsOf(control, name);
  expect(chats).toHaveLength(2);
  expect(await site.chatField(name)).toBe(real?.id);
  const orphan = chats.find((chat) => chat.id !== real?.id)!;
  await expect
    .poll(async () => written((await chatsOf(control, name)).find((c) => c.id === orphan.id)!))
    .toHaveLength(1);
  const [farewell] = written((await chatsOf(control, name)).find((c) => c.id === orphan.id)!);
  expect(decodeURIComponent(farewell ?? '')).toContain(real?.id);
  const link = await slow
    .getByRole('link', { name: /Open in Teams/ })
    .first()
    .getAttribute('href');
  expect(decodeURIComponent(link ?? '')).toContain(real?.id);

  await slow.getByRole('button', { name: 'Dismiss' }).click();
  await expect(slow.getByText(/^Two chats were created/)).toHaveCount(0);
  await alice.openRecord('Event', name);
  await expect(composer(await alice.openPanel())).toBeVisible();
  await expect((await alice.panel()).getByText(/^Two chats were created/)).toHaveCount(0);
});

test('a holder who froze after the chat was made: the next person finds it and makes no other', {
  tag: '@desk',
}, async ({ control, scene }) => {
  const { site, me: alice, name, open, colleague } = await scene({ subject: 'Frozen holder' });
  const bob = await colleague();
  const frozen = await open();
  const next = await open(bob);
  await holding(control, { match: 'POST /chats$', caller: site.me.email, delayAnswer: 20_000 }, () => create(frozen));
  for (const { context } of [alice, bob]) await setErpClockAhead(context, 'Event', 125_000);
  await create(next);
  await expect(composer(next)).toBeVisible();
  await expect(composer(frozen)).toBeVisible({ timeout: 40_000 });
  await expectOneChat(control, name, () => site.chatField(name));
});

test('a tab closed in the middle: the chat waits for the next tab, and is linked there', { tag: '@desk' }, async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'Tab closed' });
  const panel = await open();
  const later = await alice.context.newPage();
  await holding(control, { match: 'POST /chats$', delay: 2000 }, () => create(panel));
  await alice.page.close();
  await expect.poll(async () => (await chatsOf(control, name)).length).toBe(1);
  expect(await site.chatField(name)).toMatch(/^deskside:1:/);
  await alice.openRecord('Event', name, later);
  await expect(composer(await alice.openPanel(later))).toBeVisible();
  await expectOneChat(control, name, () => site.chatField(name));
});

test('renamed in the middle: the chat is linked under the new name', { tag: '@desk' }, async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const project = await site.project();
  test.skip(!project, `This ERPNext has no Project that ${site.me.email} may create, and an Event cannot be renamed.`);
  const { name } = project!;
  const alice = await person(site.me.email);
  const panel = await openBeside(alice, 'Project', name);
  await holding(control, { match: 'POST /chats$', delayAnswer: 4000 }, () => create(panel));
  // As a colleague does it in the form's title, which this tab does not see.
  const newName = `Migration ${name}`;
  await site.rename('Project', name, newName);
  await expect.poll(() => site.chatField(newName, 'Project')).toMatch(/^19:/);
  await expectOneChat(control, name, () => site.chatField(newName, 'Project'));
  await expect(composer(await openBeside(alice, 'Project', newName))).toBeVisible();
});

test('logged in to ERPNext as somebody else in the middle: nothing is written as them', { tag: '@desk' }, async ({
  control,
  scene,
}) => {
  const { site, me: alice, name, open } = await scene({ subject: 'Another login' });
  const panel = await open();
  await holding(control, { match: 'POST /chats$', delay: 3000 }, () => create(panel));
  const { modified } = await (await site.as(site.me)).get('Event', name);
  await alice.erp.login(site.colleague.email, site.colleague.password);
  await expect.poll(async () => (await chatsOf(control, name)).length).toBe(1);
  await expect(panel.getByText(/^Somebody else is (logged|signed) in to ERPNext now/)).toBeVisible();
  expect(await site.chatField(name)).toMatch(/^deskside:1:/);
  expect(await (await site.as(site.me)).get('Event', name)).toMatchObject({ modified, modified_by: site.me.email });
  await alice.erp.login(site.me.email, site.me.password);
  await alice.openRecord('Event', name);
  await expect(composer(await alice.openPanel())).toBeVisible();
  await expectOneChat(control, name, () => site.chatField(name));
  expect(await (await site.as(site.me)).get('Event', name)).toMatchObject({ modified_by: site.me.email });
});
