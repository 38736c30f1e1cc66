import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.output/test-results',
  globalSetup: './tests/e2e/fixtures/global-setup.ts',
  globalTeardown: './tests/e2e/fixtures/global-teardown.ts',
  // Each worker has a sandbox and browsers of its own; more of them only make a small machine slow.
  workers: 2,
  fullyParallel: true,
  // None at a desk, where a test that fails now and then must be seen; what a build machine runs again is named at its end.
  retries: Number(process.env.DESKSIDE_RETRIES ?? 0),
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // Without the film of every browser: on a small machine it takes more of it than the browsers do.
  use: {
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
});
