import { panelOf } from '../../scripts/walk/panel.ts';
import type { Control, Person } from '../e2e/fixtures/deskside.ts';
import { NO_SITES } from '../e2e/fixtures/places.ts';
import { ALICE, BOB, EVENT, linkChat, log, openTalk } from '../e2e/fixtures/talk.ts';
import { type BenchPart, inTurns, ratioRow } from './bench-row.ts';
import { withPerson } from './sandbox.ts';

/** D1 to D3: what Deskside costs a form, and how soon a record's messages stand on screen. No goals: to be looked at. */
export const deskPart: BenchPart = {
  ids: ['D1', 'D2', 'D3'],
  rows: (wanted) =>
    withPerson(ALICE, async (alice, control, another) => {
      const rows = [];
      if (wanted.has('D1')) {
        const without = await another(NO_SITES);
        const taken = await inTurns({ ours: () => openForm(alice), base: () => openForm(without) });
        rows.push(
          ratioRow(
            { id: 'D1', what: 'a form of ERPNext with Deskside on the site; against without', unit: 'ms' },
            taken.ours,
            taken.base,
          ),
        );
      }
      if (wanted.has('D2') || wanted.has('D3')) await beside(control, alice);
      if (wanted.has('D2')) {
        const taken = await inTurns({ ours: () => openTheRecord(alice, false), base: () => openTheRecord(alice) });
        rows.push(
          ratioRow(
            {
              id: 'D2',
              what: 'a record’s messages on screen where the worker has to be started; against where it runs',
              unit: 'ms',
            },
            taken.ours,
            taken.base,
          ),
        );
      }
      if (wanted.has('D3')) {
        const slowly = async () => {
          await control.faults({ service: 'graph', match: 'GET /chats', delay: 1_000 });
          const taken = await openTheRecord(alice);
          await control.clearFaults();
          return taken;
        };
        const taken = await inTurns({ ours: slowly, base: () => openTheRecord(alice) });
        rows.push(
          ratioRow(
            {
              id: 'D3',
              what: 'the same where Microsoft takes a second to answer; against where it answers at once',
              unit: 'ms',
            },
            taken.ours,
            taken.base,
          ),
        );
      }
      return rows;
    }),
};

/** Milliseconds from the navigation until Desk shows the form. */
async function openForm({ page, url }: Person): Promise<number> {
  await page.goto(url(EVENT.doctype, EVENT.name), { waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    (route) =>
      document.body?.dataset.route === route && document.querySelector('.page-head')?.checkVisibility()
        ? performance.now()
        : null,
    `Form/${EVENT.doctype}/${EVENT.name}`,
  );
  return (await shown.jsonValue()) as number;
}

const TEXT = 'What the panel is opened for';

/** Alice's browser, with the panel open on a chat of 61 messages that are stored. */
async function beside(control: Control, alice: Person): Promise<void> {
  const chatId = await linkChat(control, alice);
  for (let i = 1; i <= 60; i++) await control.write({ chatId, from: BOB, html: `<p>Message ${i}</p>` });
  await control.write({ chatId, from: BOB, html: `<p>${TEXT}</p>` });
  const panel = await openTalk(alice);
  await log(panel).getByText(TEXT).waitFor();
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
