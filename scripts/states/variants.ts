import { launcher } from '../walk/panel.ts';
import type { PersonOptions } from '../walk/person.ts';
import { linkTo, prepareTalk } from './records.ts';
import { ALICE, BOB, CAROL, expect, openSignedIn, type Studio } from './studio.ts';

const VARIANTS: Record<string, PersonOptions> = {
  v14: { flavour: 'v14' },
  v16: { flavour: 'v16' },
  dark: { theme: 'dark' },
  rtl: { language: 'ar' },
  narrow: { viewport: { width: 390, height: 720 }, flavour: 'v16' },
};

/**
 * The states that matter most, on the other versions, in the dark, from right to left and on a narrow screen: five
 * panels on a sheet, and the form with launcher and talk.
 */
export async function variants(studio: Studio): Promise<void> {
  for (const [variant, options] of Object.entries(VARIANTS)) {
    const panels: Buffer[] = [];
    const base = await studio.person(ALICE, { ...options, reading: false });
    await prepareTalk(studio, base, 'EV00001');
    const panel = await openSignedIn(base, 'Event', 'EV00001');
    await expect(panel.getByRole('textbox')).toBeVisible();
    panels.push(await studio.look(base.page));
    panels.unshift(...(await withHistory(studio, variant, options)));
    await studio.sheet(`panel-${variant}`, panels, 0.6);
  }
}

async function withHistory(studio: Studio, variant: string, options: PersonOptions): Promise<Buffer[]> {
  const { control, look } = studio;
  const person = await studio.person(ALICE, options);
  const { page } = person;
  await prepareTalk(studio, person, 'EV00001');
  const other = await control.createChat({ from: BOB, members: [ALICE, CAROL], topic: 'Lunch on Fridays' });
  await linkTo(person, 'EV00005', other);

  await person.openRecord('Event', 'EV00003');
  await launcher(page).waitFor();
  const form = await page.screenshot();
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
  await studio.sheet(`desk-${variant}`, [form, await page.screenshot()], page.viewportSize()!.width < 600 ? 0.8 : 0.45);
  return pictures;
}
