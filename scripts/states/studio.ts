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
export const ADMIN = 'admin@contoso.test';

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
  /** Several pictures side by side, smaller unless the studio takes them large, as `<folder>/<name>.jpg`. */
  sheet(name: string, pictures: Buffer[], scale: number): Promise<void>;
  /** The panel's picture, not written anywhere. */
  look(page: Page): Promise<Buffer>;
  /** The page's picture, the same way. */
  lookAtAll(page: Page): Promise<Buffer>;
  /** Closes the browser. */
  strike(): Promise<void>;
}

export interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * @param folder for the pictures; made where it is missing
 * @param large sheets in full size, for looking at
 */
export function createStudio(sandbox: Sandbox, folder: string, large = false): Studio {
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
    async look(page) {
      await pointAtNothing(page);
      return page.locator('[data-deskside=dock]').screenshot(STILL);
    },
    async lookAtAll(page) {
      await pointAtNothing(page);
      return page.screenshot(STILL);
    },
    async sheet(name, pictures, scale) {
      const page = await there!.context.newPage();
      await page.setViewportSize({ width: 2700, height: 900 });
      const images = pictures.map((png) => `<img src="data:image/png;base64,${png.toString('base64')}">`).join('');
      await page.setContent(
        `<!doctype html><body style="margin:0"><div id="sheet" style="zoom:${large ? 1 : scale};padding:8px;background:#8a8a8a;display:flex;align-items:start;gap:8px;width:max-content">${images}`,
      );
      // Scaled pictures have too many colours for a small PNG.
      const path = join(folder, `${name}.jpg`);
      await page.locator('#sheet').screenshot({ type: 'jpeg', quality: 60, path });
      await page.close();
      console.log(`  ${name} (${Math.round(statSync(path).size / 1024)} kB)`);
    },
    async shootPanel(name, page) {
      await pointAtNothing(page);
      await shoot(name, page.locator('[data-deskside=dock]'));
    },
  };
}

/** What the pointer is over looks different. A frame that it leaves goes on thinking that it is there: so, to its edge. */
async function pointAtNothing(page: Page): Promise<void> {
  const dock = page.locator('[data-deskside=dock]');
  const { x, y } = ((await dock.isVisible()) && (await dock.boundingBox())) || { x: 200, y: 0 };
  await page.mouse.move(x + 40, y + 2);
}

/** So much time passes for the worker at once: what is read at most every 15 seconds may be read again. */
export async function passTime(person: Person, ms = 16_000): Promise<void> {
  await (await person.worker()).evaluate((by) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + by;
  }, ms);
}

/** The person does something in the panel, until what a colleague did is there. */
export async function actUntil(person: Person, hoped: () => Promise<void>): Promise<void> {
  const { page } = person;
  const main = (await person.panel()).locator('main');
  await passTime(person);
  await expect(async () => {
    await main.hover({ position: { x: 8 + Math.random() * 20, y: 12 } });
    await page.waitForTimeout(200);
    await main.hover({ position: { x: 8 + Math.random() * 20, y: 30 } });
    await hoped();
  }).toPass({ timeout: 40_000, intervals: [900] });
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
