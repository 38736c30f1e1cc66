import { panelOf } from '../../scripts/walk/panel.ts';
import { type Control, expect, type Person, test } from '../e2e/fixtures/deskside.ts';
import { ALICE, BOB, EVENT, linkChat, log, openTalk } from '../e2e/fixtures/talk.ts';
import { inTurns } from './ratio.ts';

test.use({ tier: 'reading', throttle: 'off' });

const TEXT = 'What the panel is opened for';

/** Alice's browser, with the panel open on a chat of 61 messages that are stored. */
async function beside(control: Control, alice: Person): Promise<void> {
  const chatId = await linkChat(control, alice);
  for (let i = 1; i <= 60; i++) await control.write({ chatId, from: BOB, html: `<p>Message ${i}</p>` });
  await control.write({ chatId, from: BOB, html: `<p>${TEXT}</p>` });
  const panel = await openTalk(alice);
  await expect(log(panel).getByText(TEXT)).toBeVisible();
}

/** Milliseconds from the navigation to the record until its chat's last message is on screen. */
async function openTheRecord({ page, url, killWorker }: Person, awake = true): Promise<number> {
  await page.goto('about:blank');
  // Only now: a panel on screen would start it again at once.
  if (!awake) await killWorker();
  const begun = performance.now();
  await page.goto(url(EVENT.doctype, EVENT.name), { waitUntil: 'commit' });
  await log(await panelOf(page))
    .getByText(TEXT)
    .waitFor();
  return performance.now() - begun;
}

test('the panel of a record shows what was said', async ({ control, person }) => {
  const alice = await person(ALICE);
  await beside(control, alice);
  await inTurns(
    'a record’s messages on screen: the worker has to be started, and it runs',
    () => openTheRecord(alice, false),
    () => openTheRecord(alice),
  );
  await inTurns(
    'a record’s messages on screen: Microsoft takes a second to answer, and answers at once',
    async () => {
      await control.faults({ service: 'graph', match: 'GET /chats', delay: 1_000 });
      const taken = await openTheRecord(alice);
      await control.clearFaults();
      return taken;
    },
    () => openTheRecord(alice),
  );
});
