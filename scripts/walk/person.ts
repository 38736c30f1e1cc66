import type { BrowserContext, BrowserContextOptions, Frame, Page, Worker } from '@playwright/test';
import { launchWithExtension } from '../../tests/sandbox/launch.ts';
import { requireBrowser, type Sandbox } from '../../tests/sandbox/start.ts';
import { type ErpClient, erpClient } from './erp.ts';
import { openPanel, panelOf } from './panel.ts';
import { type MicrosoftAccount, signInFrom } from './sign-in.ts';
import { killWorker, workerOf } from './worker.ts';

export interface PersonOptions {
  /** Which ERPNext; v15 unless said, or the real one where the sandbox has that. */
  flavour?: string;
  password?: string;
  viewport?: { width: number; height: number };
  /** Desk's theme of this user. */
  theme?: 'light' | 'dark';
  /** Desk's language of this user, for example "ar". */
  language?: string;
  /** chrome.storage.local of a fresh profile, in the place of the sandbox's sites and registration. */
  storage?: Record<string, unknown>;
  headless?: boolean;
  /** False leaves ERPNext's login out. */
  login?: boolean;
  /** Anything else that Playwright can set, for example timezoneId. */
  browser?: BrowserContextOptions;
}

/** One person at one browser with its own profile, logged into ERPNext. */
export interface Person {
  email: string;
  /** Origin of the ERPNext that this person uses. */
  site: string;
  context: BrowserContext;
  /** The first tab; other tabs go by `context.newPage()` and the `page` parameters. */
  page: Page;
  erp: ErpClient;
  /** Address of a record's form. */
  url(doctype: string, name: string): string;
  /** Opens a record's form and waits until Desk shows it. */
  openRecord(doctype: string, name: string, page?: Page): Promise<void>;
  /** Clicks the launcher and answers the panel's frame, which takes locators like a page. */
  openPanel(page?: Page): Promise<Frame>;
  panel(page?: Page): Promise<Frame>;
  /** Signs in with Microsoft from the open panel; the account is the person's e-mail unless said. */
  signIn(page?: Page, account?: Partial<MicrosoftAccount>): Promise<void>;
  worker(): Promise<Worker>;
  /** Ends the service worker as the browser may at any time. */
  killWorker(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a browser for a person on a fresh, seeded profile. */
export async function launchPerson(sandbox: Sandbox, email: string, options: PersonOptions = {}): Promise<Person> {
  const flavour = options.flavour ?? (sandbox.erpnext.real ? 'real' : 'v15');
  const site = sandbox.erpnext[flavour];
  if (!site)
    throw new Error(`This sandbox has no ERPNext "${flavour}"; there is ${Object.keys(sandbox.erpnext).join(', ')}.`);
  const { path, branded } = requireBrowser();
  const context = await launchWithExtension({
    profile: await sandbox.profile(options.storage),
    extension: sandbox.extension,
    executablePath: path,
    branded,
    // Without a screen there is no GPU either: emulating one costs more than painting does.
    args: [...sandbox.chromiumArgs, ...(options.headless === false ? [] : ['--disable-gpu'])],
    options: {
      headless: options.headless ?? true,
      // A spinner that turns for nobody costs a small machine half of it.
      reducedMotion: 'reduce',
      viewport: options.viewport ?? { width: 1440, height: 900 },
      ...(options.theme ? { colorScheme: options.theme } : {}),
      ...options.browser,
    },
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const erp = erpClient(context.request, site);
  const url = (doctype: string, name: string) =>
    `${site}/${flavour === 'v16' ? 'desk' : 'app'}/${doctype.toLowerCase().replaceAll(' ', '-')}/${encodeURIComponent(name)}`;
  const person: Person = {
    email,
    site,
    context,
    page,
    erp,
    url,
    openRecord: (doctype, name, tab = page) => openRecord(tab, url(doctype, name), `Form/${doctype}/${name}`),
    openPanel: (tab = page) => openPanel(tab),
    panel: (tab = page) => panelOf(tab),
    signIn: async (tab = page, account = {}) => signInFrom(await panelOf(tab), context, { account: email, ...account }),
    worker: () => workerOf(context),
    killWorker: () => killWorker(page),
    close: () => context.close(),
  };
  try {
    if (options.login !== false) await erp.login(email, options.password ?? passwordOf(sandbox, email));
    if (options.theme || options.language) await erp.update('User', email, preferences(options));
  } catch (error) {
    await context.close();
    throw error;
  }
  return person;
}

async function openRecord(page: Page, url: string, route: string): Promise<void> {
  // Not its `load`: a real Desk loads for long, and what counts is the route that is waited for below.
  await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
  // Desk sets the attribute up to a quarter of a second after the address; a real one on a busy machine takes its time.
  await page.waitForFunction((wanted) => document.body.dataset.route === wanted, route, { timeout: 90_000 });
  await page.locator('.page-head:visible').first().waitFor({ timeout: 60_000 });
}

function passwordOf(sandbox: Sandbox, email: string): string {
  if (sandbox.erpnext.real) return realPasswordOf(email);
  const user = sandbox.users.find((candidate) => candidate.email === email);
  if (!user) throw new Error(`The sandbox has no user ${email}.`);
  return user.password;
}

/** The people of a real site are named by the environment. */
function realPasswordOf(email: string): string {
  const { env } = process;
  const passwords = new Map([
    [env.ERPNEXT_ADMIN, env.ERPNEXT_ADMIN_PASSWORD],
    [env.ERPNEXT_USER_2, env.ERPNEXT_PASSWORD_2],
    [env.ERPNEXT_USER, env.ERPNEXT_PASSWORD],
  ]);
  const password = passwords.get(email);
  if (!password) throw new Error(`The environment names no password of ${email}.`);
  return password;
}

function preferences({ theme, language }: PersonOptions): Record<string, string> {
  return {
    ...(theme ? { desk_theme: theme === 'dark' ? 'Dark' : 'Light' } : {}),
    ...(language ? { language } : {}),
  };
}
