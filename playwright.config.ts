import { defineConfig } from '@playwright/test';

const retries = Number(process.env.DESKSIDE_RETRIES ?? 0);

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: '.output/test-results',
  globalSetup: './tests/e2e/fixtures/global-setup.ts',
  globalTeardown: './tests/e2e/fixtures/global-teardown.ts',
  // Each worker has a sandbox and browsers of its own. On two cores a third fills what the other two leave waiting.
  workers: Number(process.env.DESKSIDE_WORKERS ?? 3),
  fullyParallel: true,
  // None at a desk, where a test that fails now and then must be seen; what a build machine runs again is named at its end.
  retries,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  // Without the film of every browser: on a small machine it takes more of it than the browsers do. For the same reason
  // a build machine, which runs again what fails, records only that second run.
  use: {
    trace: { mode: retries > 0 ? 'on-first-retry' : 'retain-on-failure', screenshots: false, snapshots: true },
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
  },
});
