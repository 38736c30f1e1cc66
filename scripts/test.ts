import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findFirefox } from './browser.mjs';
import { ROOT } from './build.ts';
import { REQUESTS_FILE } from './check-requests.ts';
import { playwrightTally, vitestTally } from './report.ts';
import { runSteps, type Step } from './run-steps.ts';

// npm test: every check and every test, one after the other, ending with "N passed, N failed".
const reports = join(ROOT, '.output', 'reports');
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');
mkdirSync(reports, { recursive: true });
for (const old of [vitestReport, playwrightReport, REQUESTS_FILE]) rmSync(old, { force: true });
process.env.DESKSIDE_REQUESTS ??= REQUESTS_FILE;

const steps: Step[] = [
  // Builds come first: they write the types that the type check reads, and the pages that the browsers load.
  { title: 'Build for Chromium', command: ['wxt', 'build'] },
  { title: 'Build for Firefox', command: ['wxt', 'build', '-b', 'firefox'] },
  { title: 'Lint and format', command: ['biome', 'check', '.'] },
  { title: 'Types', command: ['tsc', '--noEmit'] },
  {
    title: 'Types of the service worker, which has no DOM',
    command: ['tsc', '--noEmit', '-p', 'tsconfig.background.json'],
  },
  {
    title: 'Unit and component tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    tally: () => vitestTally(vitestReport),
  },
  {
    title: 'In Chromium, with the production build and the sandbox',
    command: ['playwright', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport },
    tally: () => playwrightTally(playwrightReport),
  },
];

if (existsSync(join(ROOT, 'scripts', 'firefox.ts'))) {
  if (findFirefox()) steps.push({ title: 'The walk in Firefox', command: ['node', 'scripts/firefox.ts'] });
  else
    console.log(
      'No Firefox is installed, so its walk is left out. Install one, or name one by FIREFOX, to have it run.',
    );
}
steps.push({
  title: 'Every Graph request against Graph’s own model',
  command: ['node', 'scripts/check-all-requests.ts'],
});

await runSteps(steps);
