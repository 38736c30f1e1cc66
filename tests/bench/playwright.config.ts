import { defineConfig } from '@playwright/test';
import e2e from '../../playwright.config.ts';

/** `npm run bench`: the specs' fixtures and browsers, one after the other, so that nothing else is being measured. */
export default defineConfig({
  ...e2e,
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../.output/bench-results',
  globalSetup: '../e2e/fixtures/global-setup.ts',
  globalTeardown: '../e2e/fixtures/global-teardown.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 600_000,
  reporter: [['./table.ts']],
  use: { ...e2e.use, trace: 'off' },
});
