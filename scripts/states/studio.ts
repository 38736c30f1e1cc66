import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Frame, type Locator, type Page, expect as playwrightExpect } from '@playwright/test';
import type { Sandbox } from '../../tests/sandbox/start.ts';
import { type Control, controlClient } from '../walk/control.ts';
import { findPanel } from '../walk/panel.ts';
import { launchPerson, type Person, type PersonOptions } from '../walk/person.ts';

export const ALICE = 'alice@contoso.test';
export const BOB = 'bob@contoso.test';
export const CAROL = 'carol@contoso.test';

/** A busy machine is slow. */
export const expect = playwrightExpect.configure({ timeout: 20_000 });

const STILL = { animations: 'disabled', caret: 'hide' } as const;

/** Where pictures of states are taken: one sandbox, one browser at a time. */
export interface Studio {
  sandbox: Sandbox;
  control: Control;
  /** Everything as on the first day, then a browser for this person; the one before is closed. */
  person(email: string, options?: PersonOptions & { reading?: boolean }): Promise<Person>;
  /** `<folder>/<name>.png` of the whole page, a part of it, or something on it. */
  shoot(name: string, what: Page | Locator, clip?: Clip): Promise<void>;
  /** The panel as it stands in its tab. */
  shootPanel(name: string, page: Page): Promise<void>;
  /** Several pictures side by side, smaller, as `<folder>/<name>.jpg`. */
  sheet(name: string, pictures: Buffer[], scale: number): Promise<void>;
  /** The panel's picture, not written anywhere. */
  look(page: Page): Promise<Buffer>;
  /** Closes the browser. */
  strike(): Promise<void>;
}

export interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** @param folder for the pictures; made where it is missing */
export function createStudio(sandbox: Sandbox, folder: string): Studio {
  mkdirSync(folder, { recursive: true });
  const control = controlClient(sandbox.control);
  let there: Person | null = null;
  const strike = async () => {
    await there?.close();
    there = null;
  };
  const shoot: Studio['shoot'] = async (name, what, clip) => {
    const path = join(folder, `${name}.png`);
    if ('goto' in what) await what.screenshot({ ...STILL, path, ...(clip ? { clip } : {}) });
    else await what.screenshot({ ...STILL, path });
    console.log(`  ${name} (${Math.round(statSync(path).size / 1024)} kB)`);
  };
  return {
    sandbox,
    control,
    strike,
    shoot,
    async person(email, { reading = true, ...options } = {}) {
      await strike();
      await control.reset();
      if (reading) await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
      there = await launchPerson(sandbox, email, { viewport: { width: 1280, height: 720 }, ...options });
      return there;
    },
    look: (page) => page.locator('[data-deskside=dock]').screenshot(STILL),
    async sheet(name, pictures, scale) {
      const page = await there!.context.newPage();
      await page.setViewportSize({ width: 2400, height: 900 });
      const images = pictures.map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`).join('');
      await page.setContent(
        `<!doctype html><body style="margin:0"><div id="sheet" style="zoom:${scale};padding:8px;background:#8a8a8a;display:flex;align-items:start;gap:8px;width:max-content">${images}`,
      );
      // Scaled pictures have too many colours for a small PNG.
      await page.locator('#sheet').screenshot({ type: 'jpeg', quality: 60, path: join(folder, `${name}.jpg`) });
      await page.close();
    },
    shootPanel: (name, page) => shoot(name, page.locator('[data-deskside=dock]')),
  };
}

/** Opens the record beside its panel; the first time a person is signed in, later Desk's own navigation is used. */
export async function openSignedIn(person: Person, doctype: string, name: string): Promise<Frame> {
  const { page } = person;
  if (!page.url().startsWith(person.site) || !findPanel(page)) {
    await person.openRecord(doctype, name);
    const panel = await person.openPanel();
    await panel.getByRole('button', { name: 'Sign in with Microsoft' }).waitFor();
    await person.signIn();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toHaveCount(0);
    return panel;
  }
  await page.evaluate(
    (route) => {
      const { frappe } = window as unknown as { frappe: { set_route(...route: string[]): void } };
      frappe.set_route(...route);
    },
    ['Form', doctype, name],
  );
  const panel = await person.panel();
  const title = (await person.erp.get(doctype, name))[doctype === 'Event' ? 'subject' : 'project_name'];
  await expect(panel.locator('header')).toContainText(new RegExp(`${name}|${title}`));
  return panel;
}
