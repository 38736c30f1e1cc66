import { launcher } from '../walk/panel.ts';
import type { PersonOptions } from '../walk/person.ts';
import { untilBadge } from './launcher.ts';
import { linkTo, prepareTalk } from './records.ts';
import { ALICE, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

const FLAVOURS = ['v14', 'v15', 'v16'];
const LOOKS: Record<string, PersonOptions> = {
  light: {},
  dark: { theme: 'dark' },
  rtl: { language: 'ar' },
  narrow: { viewport: { width: 390, height: 720 } },
};

/**
 * The states that matter most, on each version, in the light, in the dark, from right to left and on a narrow screen:
 * five panels on a sheet, and the form with the launcher, its badge, and the talk.
 */
export async function variants(studio: Studio): Promise<void> {
  for (const flavour of FLAVOURS)
    for (const [look, options] of Object.entries(LOOKS))
      await variant(studio, `${flavour}-${look}`, { ...options, flavour });
}

async function variant(studio: Studio, name: string, options: PersonOptions): Promise<void> {
  const base = await studio.person(ALICE, { ...options, reading: false });
  await prepareTalk(studio, base, 'EV00001');
  const panel = await openSignedIn(base, 'Event', 'EV00001');
  await expect(panel.getByRole('textbox')).toBeVisible();
  const withoutHistory = await studio.look(base.page);
  await studio.sheet(`panel-${name}`, [...(await withHistory(studio, name, options)), withoutHistory], 0.55);
}

async function withHistory(studio: Studio, name: string, options: PersonOptions): Promise<Buffer[]> {
  const { control, look } = studio;
  const person = await studio.person(ALICE, options);
  const { page } = person;
  const chatId = await prepareTalk(studio, person, 'EV00001');
  const other = await control.createChat({ from: BOB, members: [ALICE, CAROL], topic: 'Lunch on Fridays' });
  await linkTo(person, 'EV00005', other);

  await person.openRecord('Event', 'EV00003');
  const panel = await person.openPanel();
  await panel.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
  const pictures = [await look(page)];
  await person.signIn();
  await panel.getByRole('button', { name: 'Create chat', exact: true }).click();
  await panel.locator('.people-list').waitFor();
  pictures.push(await look(page));
  await openSignedIn(person, 'Event', 'EV00005');
  await expect(panel.getByText('Lunch on Fridays')).toBeVisible();
  pictures.push(await look(page));
  await openSignedIn(person, 'Event', 'EV00001');
  await expect(panel.getByRole('log').getByText('contoso.test/agenda')).toBeVisible();
  pictures.push(await look(page));
  const open = await studio.lookAtAll(page);
  await panel.getByRole('button', { name: 'Close the Teams panel' }).click();
  await expect(launcher(page)).toHaveAttribute('aria-expanded', 'false');
  for (const html of ['<p>One more thing</p>', '<p>See the agenda</p>'])
    await control.write({ chatId, from: BOB, html });
  await untilBadge(person, '2');
  const narrow = page.viewportSize()!.width < 600;
  await studio.sheet(`desk-${name}`, [await page.screenshot(), open], narrow ? 0.7 : 0.45);
  return pictures;
}
