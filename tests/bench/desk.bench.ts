import { type Person, test } from '../e2e/fixtures/deskside.ts';
import { NO_SITES } from '../e2e/fixtures/places.ts';
import { ALICE, EVENT } from '../e2e/fixtures/talk.ts';
import { inTurns } from './ratio.ts';

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

test('a form opens with Deskside', async ({ person }) => {
  const [withIt, without] = [await person(ALICE), await person(ALICE, { storage: NO_SITES })];
  await inTurns(
    'a form of ERPNext: with Deskside on the site, and without',
    () => openForm(withIt),
    () => openForm(without),
  );
});
