import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FoundBrowser, findBrowser } from '../../scripts/browser.mjs';
import { copyBuild, ensureBuild } from '../../scripts/build.ts';
import { createClock } from './clock.ts';
import {
  chromiumArgs,
  ENTRA_HOST,
  extensionId,
  FLAVOURS,
  type Flavour,
  MICROSOFT_HOSTS,
  readManifest,
} from './config.ts';
import { createControl } from './control.ts';
import { createDesk } from './desk/desk.ts';
import { createSessions } from './desk/sessions.ts';
import { USERS } from './desk/users.ts';
import { createEntra } from './entra/entra.ts';
import { createFaults } from './faults.ts';
import { createGraph } from './graph/graph.ts';
import type { PushSwitches } from './graph/push.ts';
import { createProfiles, type ProfileSeed } from './profile.ts';
import { createLog } from './record.ts';
import { type Answer, type Served, serve } from './serve.ts';
import { surround } from './surround.ts';
import { TENANT_ID } from './tenant/people.ts';
import { CLIENT_ID } from './tenant/registration.ts';
import { createTenant } from './tenant/tenant.ts';
import { createTls } from './tls.ts';

export interface SandboxOptions {
  /** A real ERPNext in the place of the three stand-ins. */
  erpnextUrl?: string | undefined;
  /** Graph's throttling table: as documented (the default), or off for tests of something else. */
  throttle?: 'real' | 'off';
  /** Build the extension where the build is missing or older than its sources. True unless said otherwise. */
  build?: boolean;
  /** Where Graph may send change notifications; https alone unless said otherwise (also POST /push). */
  push?: PushSwitches;
}

export interface SandboxUser {
  name: string;
  email: string;
  password: string;
  roles: string[];
}

/** A running sandbox. URLs have no slash at the end. */
export interface Sandbox {
  /** v14, v15 and v16; or `real` alone. */
  erpnext: Record<string, string>;
  /** Folder of the production build, copied: a test of updates may change it. */
  extension: string;
  extensionId: string;
  /** For any Chromium; the profile goes by --user-data-dir. */
  chromiumArgs: string[];
  /** Where this machine serves the Microsoft hosts, over TLS: for browsers that take no such arguments. */
  microsoftPort: number;
  users: SandboxUser[];
  control: string;
  /** A fresh profile, seeded with grants of the sites and with `storage` (sites and registration unless given). */
  profile(storage?: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** Starts the stand-ins on free ports of 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  if (options.build !== false) ensureBuild();
  const root = await mkdtemp(join(tmpdir(), 'deskside-sandbox-'));
  const clearAway = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', clearAway);
  // A copy, so that a build made meanwhile does not pull the files from under running browsers.
  const extension = join(root, 'extension');
  await copyBuild(extension);
  const manifest = readManifest(extension);
  const clock = createClock();
  const log = createLog(process.env.DESKSIDE_REQUESTS);
  const faults = createFaults();
  const around = { clock, log, faults };
  const served: Served[] = [];
  const open = async (answer: Answer, tls?: { key: string; cert: string }) => {
    const server = await serve(answer, tls);
    served.push(server);
    return server.port;
  };

  const tenant = createTenant({ clock });
  // The people of a real site, so that they can sign in whatever their addresses are.
  const { ERPNEXT_USER, ERPNEXT_USER_2, ERPNEXT_ADMIN } = process.env;
  if (options.erpnextUrl)
    tenant.directory.hire(
      [ERPNEXT_USER, ERPNEXT_USER_2, ERPNEXT_ADMIN].filter((who) => who?.includes('@')) as string[],
    );
  const entra = surround(createEntra({ tenant, clock }).app, { ...around, service: 'entra' });
  // Parts of a $batch come back in by the front door, so that they are recorded and disturbed like any other call.
  const inner = createGraph({
    tenant,
    clock,
    throttle: options.throttle ?? 'real',
    dispatch: (part) => graph.fetch(part),
    push: options.push,
  });
  const graph = surround(inner.app, { ...around, service: 'graph' });
  const tls = await createTls(MICROSOFT_HOSTS);
  const tlsPort = await open(
    (request, env) => (new URL(request.url).hostname === ENTRA_HOST ? entra : graph).fetch(request, env),
    tls,
  );

  const sessions = createSessions();
  const erpnext: Record<string, string> = {};
  const desks: Record<string, ReturnType<typeof createDesk>> = {};
  for (const flavour of options.erpnextUrl ? [] : FLAVOURS) await openDesk(flavour);
  if (options.erpnextUrl) erpnext.real = options.erpnextUrl.replace(/\/+$/, '');

  async function openDesk(flavour: Flavour): Promise<void> {
    const desk = createDesk({ flavour, clock, sessions, origin: () => erpnext[flavour] ?? '' });
    desks[flavour] = desk;
    const app = surround(desk.app, { ...around, service: 'erpnext' });
    erpnext[flavour] = `http://127.0.0.1:${await open((request, env) => app.fetch(request, env))}`;
  }

  const control = createControl({ ...around, tenant, push: inner.push, desks, endSessions: () => sessions.clear() });
  const controlPort = await open((request) => control.fetch(request));

  const siteHosts = [...new Set(Object.values(erpnext).map((url) => new URL(url).hostname))];
  const openHosts = [...new Set(['127.0.0.1', ...siteHosts])];
  const seed: ProfileSeed = {
    hosts: Object.values(erpnext)
      .map((url) => `${new URL(url).protocol}//${new URL(url).hostname}/*`)
      .filter(unique),
    storage: {
      sites: Object.values(erpnext).map((origin) => ({ origin: new URL(origin).origin })),
      registration: { clientId: CLIENT_ID, tenant: TENANT_ID, cloud: 'global' },
    },
  };
  const args = chromiumArgs({ extension, tlsPort, spkiHash: tls.spkiHash, openHosts });
  const { path: executablePath, branded } = requireBrowser();
  const profiles = createProfiles({ key: manifest.key, root, extension, executablePath, branded, args });

  return {
    erpnext,
    extension,
    extensionId: extensionId(manifest.key),
    chromiumArgs: args,
    microsoftPort: tlsPort,
    users: USERS.map(({ name, email, password, roles }) => ({ name, email, password, roles })),
    control: `http://127.0.0.1:${controlPort}`,
    profile: (storage) => profiles.copy(storage ? { ...seed, storage } : seed),
    close: async () => {
      inner.push.reset();
      await Promise.all(served.map((server) => server.close()));
      process.off('exit', clearAway);
      // A browser that was just ended may still be writing its last files.
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** @throws where no browser of the Chromium family is installed */
export function requireBrowser(): FoundBrowser {
  const browser = findBrowser();
  if (!browser) throw new Error('No Chromium was found. Run "npm run setup -- --browser" first.');
  return browser;
}

function unique<T>(value: T, index: number, all: T[]): boolean {
  return all.indexOf(value) === index;
}
