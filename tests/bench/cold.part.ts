import { workerOf } from '../../scripts/walk/worker.ts';
import type { Person } from '../e2e/fixtures/deskside.ts';
import { ALICE, BOB, linkChat, log, openTalk } from '../e2e/fixtures/talk.ts';
import { type BenchPart, inTurns, ratioRow } from './bench-row.ts';
import { openEmptyExtension } from './empty-extension.ts';
import { withPerson } from './sandbox.ts';

/** What is waited for is short beside what else a machine does. */
const PAINTS = 11;
const TEXT = 'The last of what was said';

/** P3: what a worker that has to be started adds to the first painting of a chat. */
export const coldPart: BenchPart = {
  ids: ['P3'],
  rows: () =>
    withPerson(ALICE, async (alice, control) => {
      const chatId = await linkChat(control, alice);
      for (let i = 1; i <= 60; i++) await control.write({ chatId, from: BOB, html: `<p>Message ${i}</p>` });
      await control.write({ chatId, from: BOB, html: `<p>${TEXT}</p>` });
      await log(await openTalk(alice))
        .getByText(TEXT)
        .waitFor();
      // A panel on screen would start the worker again at once.
      await alice.page.goto('about:blank');
      await alice.page.goto(new URL('/archive.html', (await workerOf(alice.context)).url()).href);
      await alice.page.locator('.archive-line').first().click();
      await alice.page.getByText(TEXT).last().waitFor();
      const address = alice.page.url();
      const empty = await openEmptyExtension();
      try {
        const taken = await inTurns(
          {
            cold: () => firstPaint(alice, address, false),
            warm: () => firstPaint(alice, address, true),
            ping: () => empty.coldPing(),
          },
          PAINTS,
        );
        const added = taken.cold.map((value, round) => value - taken.warm[round]!);
        const what =
          'what the start of the worker adds to a chat’s first painting on a page of ours; against the answer of an empty one that starts';
        return [ratioRow({ id: 'P3', what, unit: 'ms', atMost: 3 }, added, taken.ping)];
      } finally {
        await empty.close();
      }
    }),
};

/** Milliseconds from the navigation until the chat's last message stands in the page. */
async function firstPaint({ page, killWorker }: Person, address: string, awake: boolean): Promise<number> {
  await page.goto('about:blank');
  if (!awake) await killWorker();
  await page.goto(address);
  const shown = await page.waitForFunction(
    (text) => (document.querySelector('.chat-scroll')?.textContent?.includes(text) ? performance.now() : null),
    TEXT,
  );
  return (await shown.jsonValue()) as number;
}
