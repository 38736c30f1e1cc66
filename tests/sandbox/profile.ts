import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from '@playwright/test';
import { type LaunchRequest, launchWithExtension } from './launch.ts';

/** What a seeded profile starts with. */
export interface ProfileSeed {
  /** Match patterns already granted, without ports: Chromium's grants cover all ports of a host. */
  hosts: string[];
  /** chrome.storage.local of the extension. */
  storage: Record<string, unknown>;
}

interface ProfileOptions extends Omit<LaunchRequest, 'profile' | 'options'> {
  /** The extension's public key: its id follows from it. */
  key: string;
  /** Folder that holds all profiles and is removed with the sandbox. */
  root: string;
}

/** Seeded profiles: each seed is made once and copied for every browser that wants it. */
export interface Profiles {
  /** A fresh copy, for one browser. */
  copy(seed: ProfileSeed): Promise<string>;
}

/**
 * A browser's grant of a host cannot be clicked without a display. But grants belong to an extension's id: a tiny
 * extension with the same key, which has the hosts by its manifest, is run once on the profile, and the production
 * build then finds them granted.
 */
export function createProfiles(options: ProfileOptions): Profiles {
  const templates = new Map<string, Promise<string>>();
  return {
    copy: async (seed) => {
      const name = JSON.stringify(seed);
      const template = templates.get(name) ?? seedProfile(seed, options);
      templates.set(name, template);
      const copy = await mkdtemp(join(options.root, 'profile-'));
      await cp(await template, copy, { recursive: true });
      return copy;
    },
  };
}

async function seedProfile(seed: ProfileSeed, options: ProfileOptions): Promise<string> {
  const profile = await mkdtemp(join(options.root, 'template-'));
  const extension = await mkdtemp(join(options.root, 'seed-'));
  await writeSeedExtension(extension, options.key, seed.hosts);
  await withWorker({ ...options, profile, extension }, (worker) => worker.evaluate(store, seed.storage));
  // Once more with the real build: it registers its scripts for the seeded sites, and registrations outlive the browser.
  // Otherwise each copy would begin with the seconds that Chromium needs, after a start, to answer storage.managed.
  const sites = seed.storage.sites;
  if (Array.isArray(sites) && sites.length > 0) {
    await withWorker({ ...options, profile }, (worker) => worker.evaluate(untilRegistered));
  }
  await rm(extension, { recursive: true, force: true });
  // Caches only cost time when the template is copied.
  for (const cache of [
    'Default/Cache',
    'Default/Code Cache',
    'Default/GPUCache',
    'GraphiteDawnCache',
    'GrShaderCache',
    'ShaderCache',
  ]) {
    await rm(join(profile, cache), { recursive: true, force: true });
  }
  return profile;
}

/** Runs a browser for as long as `act` needs its extension's worker. Closing writes grants and storage to disk. */
async function withWorker(request: LaunchRequest, act: (worker: Worker) => Promise<void>): Promise<void> {
  const context = await launchWithExtension(request);
  try {
    await act(context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 30_000 })));
  } finally {
    await context.close();
  }
}

async function writeSeedExtension(folder: string, key: string, hosts: string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Deskside sandbox seed',
    version: '0.0.1',
    key,
    permissions: ['storage'],
    host_permissions: hosts,
    background: { service_worker: 'worker.js' },
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), "chrome.runtime.onInstalled.addListener(() => console.log('seeded'));\n");
}

/** Runs in the seed's worker, where `chrome` can be a moment late. */
async function store(values: Record<string, unknown>): Promise<void> {
  const scope = globalThis as unknown as { chrome?: { storage?: { local: { set(values: object): Promise<void> } } } };
  for (let tries = 0; !scope.chrome?.storage && tries < 100; tries++) await new Promise((go) => setTimeout(go, 50));
  if (!scope.chrome?.storage) throw new Error('The seed extension got no storage.');
  await scope.chrome.storage.local.set(values);
}

/** Runs in the real worker. What never registers is left to the tests, which will say what is missing. */
async function untilRegistered(): Promise<void> {
  const scope = globalThis as unknown as {
    chrome: { scripting: { getRegisteredContentScripts(): Promise<unknown[]> } };
  };
  for (let tries = 0; tries < 100; tries++) {
    if ((await scope.chrome.scripting.getRegisteredContentScripts()).length > 0) return;
    await new Promise((go) => setTimeout(go, 100));
  }
}
