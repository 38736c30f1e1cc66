import AxeBuilder from '@axe-core/playwright';
import { type Control, expect, test } from './fixtures/deskside.ts';
import { openOptions } from './fixtures/options.ts';
import { ALICE, actUntil, BOB, EVENT, linkChat, log, messageRequests, OTHER, openTalk } from './fixtures/talk.ts';

test.use({ tier: 'reading' });

const ADMIN = 'admin@contoso.test';

const subscriptions = async (control: Control) => (await control.state()).subscriptions;

for (const flavour of ['v14', 'v15'])
  test(`a site that an administrator lets ring brings messages by itself, until it is undone: ${flavour}`, async ({
    control,
    person,
    sandbox,
  }) => {
    test.setTimeout(180_000);
    await control.push({ http: true });
    // As they are from version 15 on, until whoever runs the server says otherwise.
    await control.desk({ serverScripts: false });
    const admin = await person(ADMIN, { flavour });
    await admin.openRecord('Event', 'EV00001');
    const options = await openOptions(admin, sandbox.extensionId, 'push');
    const check = (what: string) => options.getByRole('listitem').filter({ hasText: what });

    await test.step('set up in one click, each part of the way looked at', async () => {
      await expect(options.getByText('This site does not ring')).toBeVisible();
      await options.getByRole('button', { name: 'Let this site ring' }).click();
      await expect(options.getByText('This site rings')).toBeVisible();
      await expect(options.getByText('Server Scripts are switched off')).toBeVisible();
      await control.desk({ serverScripts: true });
      await options.getByRole('button', { name: 'Check again' }).click();
      await expect(check('The script answers')).toContainText('yes');
      await expect(check('live updates')).toContainText('yes');
      await expect(check('Microsoft gets through')).toContainText('not known yet');
      // The sandbox's sites stand on this machine.
      await expect(check('A public https address')).toContainText('no');
      expect((await new AxeBuilder({ page: options }).analyze()).violations).toEqual([]);
    });

    const alice = await person(ALICE, { flavour });
    const chatId = await linkChat(control, alice);
    const panel = await openTalk(alice);
    await test.step('an open chat gets one subscription, of which nothing but a bell reaches the page', async () => {
      await actUntil(panel, async () => expect(await subscriptions(control)).toHaveLength(1), 30_000);
      const [one] = await subscriptions(control);
      expect(one).toMatchObject({ threadId: chatId, creator: ALICE });
      expect(one?.notificationUrl).toMatch(/\/api\/method\/deskside_bell_[0-9a-f]{32}$/);
      await control.write({ chatId, from: BOB, html: '<p>rung for</p>' });
      await expect(log(panel)).toContainText('rung for', { timeout: 15_000 });
    });

    await test.step('several at once are one read', async () => {
      await control.clearRequests();
      for (const text of ['one', 'two', 'three'])
        await control.write({ chatId, from: BOB, html: `<p>at once ${text}</p>` });
      await expect(log(panel)).toContainText('at once three', { timeout: 15_000 });
      expect((await messageRequests(control, 'GET')).length).toBeLessThanOrEqual(2);
    });

    await test.step('a chat of which a colleague has the subscription rings all the same', async () => {
      const bob = await person(BOB, { flavour });
      const his = await openTalk(bob);
      await actUntil(his, () => expect(log(his)).toContainText('at once three', { timeout: 500 }));
      await control.write({ chatId, from: ALICE, html: '<p>for both</p>' });
      for (const one of [panel, his]) await expect(log(one)).toContainText('for both', { timeout: 15_000 });
      expect(await subscriptions(control)).toHaveLength(1);
      await bob.close();
    });

    await test.step('undone: script and bell are gone, and nothing is asked for any more', async () => {
      await options.getByRole('button', { name: 'Remove it…' }).click();
      await options.getByRole('button', { name: 'Remove it', exact: true }).click();
      await expect(options.getByText('This site does not ring')).toBeVisible();
      for (const doctype of ['Server Script', 'Note'])
        expect(
          await admin.erp.list(doctype, {
            fields: ['name'],
            filters: [[doctype === 'Note' ? 'title' : 'name', '=', 'Deskside bell']],
          }),
        ).toEqual([]);
    });
  });

test('who may not write Server Scripts leaves nothing behind; who is no administrator is told who is', async ({
  control,
  person,
  sandbox,
}) => {
  await control.push({ http: true });
  const sysop = await person('sysop@contoso.test');
  await sysop.openRecord(OTHER.doctype, OTHER.name);
  const options = await openOptions(sysop, sandbox.extensionId, 'push');
  await options.getByRole('button', { name: 'Let this site ring' }).click();
  await expect(options.getByText('takes the role Script Manager')).toBeVisible();
  expect(await sysop.erp.list('Note', { fields: ['name'], filters: [['title', '=', 'Deskside bell']] })).toEqual([]);
  await sysop.close();
  const alice = await person(ALICE);
  await alice.openRecord(EVENT.doctype, EVENT.name);
  const hers = await openOptions(alice, sandbox.extensionId, 'push');
  await expect(hers.getByText('A System Manager of this ERPNext can switch it on')).toBeVisible();
  await expect(hers.getByRole('button', { name: 'Let this site ring' })).toHaveCount(0);
});
