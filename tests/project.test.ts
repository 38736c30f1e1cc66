import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** The repository's own rules, so that nobody has to remember them. */
const read = (path: string) => readFileSync(path, 'utf8');
const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
const code = (folder: string) => filesUnder(folder).filter((f) => /\.tsx?$/.test(f));

describe('who may import whom', () => {
  const ALLOWED: Record<string, string[]> = {
    model: [],
    util: [],
    time: ['model'],
    meetings: ['model', 'time', 'util'],
    i18n: ['model', 'util'],
    settings: ['model', 'util', 'rpc/contract'],
    erpnext: ['model', 'util', 'settings', 'rpc/contract'],
    graph: ['model', 'util', 'settings', 'time'],
    auth: ['model', 'util', 'settings'],
    storage: ['model', 'util', 'settings'],
    sync: ['storage', 'model', 'util', 'rpc/contract'],
    records: ['erpnext', 'graph', 'auth', 'storage', 'sync', 'settings', 'meetings', 'time', 'model', 'util', 'rpc'],
    rpc: ['model'],
  };
  it.each(Object.keys(ALLOWED))('lib/%s keeps to its neighbours', (folder) => {
    const strays: string[] = [];
    for (const file of code(join('lib', folder)))
      for (const [, target] of read(file).matchAll(/from '((?:\.\.\/)+[^']+)'/g)) {
        const path = join(file, '..', target!);
        if (!path.startsWith('lib/')) {
          strays.push(`${file} → ${path}`);
          continue;
        }
        const inner = path.slice('lib/'.length);
        const fine = [folder, ...ALLOWED[folder]!].some((a) => inner.startsWith(`${a}/`) || inner.startsWith(`${a}.`));
        if (!fine) strays.push(`${file} → ${path}`);
      }
    expect(strays).toEqual([]);
  });
});

describe('what the papers promise', () => {
  const manifestSource = read('wxt.config.ts');
  it('lists every permission of the manifest in PRIVACY.md and README.md', () => {
    const listed = /permissions: \[([^\]]+)\]/.exec(manifestSource)![1]!.match(/[a-zA-Z]+/g)!;
    for (const permission of [...listed, 'notifications'])
      for (const paper of ['PRIVACY.md', 'README.md']) expect(read(paper), paper).toContain(`\`${permission}\``);
  });
  it('asks for no host at install', () => {
    expect(manifestSource).not.toMatch(/[^_]host_permissions:/);
  });
  it('names every picture it shows', () => {
    for (const paper of ['README.md', 'docs/states.md'].filter(existsSync))
      for (const [, path] of read(paper).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
        expect(existsSync(join(paper, '..', path!)), `${paper}: ${path}`).toBe(true);
  });
});

describe('the styles', () => {
  it('name Frappe’s variables and plain colours in tokens.css alone', () => {
    const strays = filesUnder('components')
      .filter((f) => f.endsWith('.css') && !f.endsWith('tokens.css'))
      .filter((f) => /#[0-9a-f]{3,8}\b|rgba?\(/i.test(read(f)));
    expect(strays).toEqual([]);
  });
});

describe.skipIf(!existsSync('.output/chrome-mv3/manifest.json'))('the bundles', () => {
  const size = (path: string) => gzipSync(readFileSync(join('.output/chrome-mv3', path))).length / 1024;
  it('keep the content script and the bridge small: they run on every Desk page', () => {
    expect(size('content-scripts/desk.js')).toBeLessThan(25);
    expect(size('desk-bridge.js')).toBeLessThan(6);
  });
  // All of it in one file: 166 kB and the 10 of the chunks that it shared with the pages before, and 3 for taking old
  // messages away, a full disk and a damaged database.
  it('keep the worker within its budget (MSAL alone is 68 kB)', () => {
    expect(size('background.js')).toBeLessThan(184);
    expect(read('.output/chrome-mv3/background.js')).not.toMatch(/^import\b/);
  });
  it('hold nothing of this machine', () => {
    const built = filesUnder('.output/chrome-mv3').filter((f) => f.endsWith('.js') && statSync(f).isFile());
    for (const file of built) expect(read(file).includes(process.cwd()), file).toBe(false);
  });
});
