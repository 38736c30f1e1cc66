import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

export default defineConfig({
  plugins: [WxtVitest()],
  test: {
    mockReset: true,
    restoreMocks: true,
    // A machine that does other things beside must not make a right test fail; what hangs is still told.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        // Logic shares nothing but its modules; to load those anew for each file takes as long as all tests together.
        test: { name: 'unit', include: ['tests/unit/**/*.test.ts', 'tests/project.test.ts'], isolate: false },
      },
      // A page of its own for each file: whatever one leaves in its document, the next one would find.
      { extends: true, test: { name: 'components', include: ['tests/components/**/*.test.{ts,tsx}'] } },
    ],
  },
});
