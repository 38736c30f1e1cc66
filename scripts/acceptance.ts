import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.ts';
import { playwrightSkips, playwrightTally } from './report.ts';
import { runSteps } from './run-steps.ts';
import { provideChatField } from './walk/chat-field.ts';
import { keepTidy } from './walk/made.ts';
import { visitRealSite } from './walk/real-site.ts';

// npm run acceptance: the specs that need a Desk (tagged @desk), against a real ERPNext, with the sandbox's Microsoft.
// What follows `--` goes to Playwright, for example: npm run acceptance -- tests/e2e/links.spec.ts
const NEEDED = ['ERPNEXT_URL', 'ERPNEXT_USER', 'ERPNEXT_PASSWORD', 'ERPNEXT_USER_2', 'ERPNEXT_PASSWORD_2'];
const REPORTS = join(ROOT, '.output', 'reports');
const REPORT = join(REPORTS, 'acceptance.json');
/** What the tests made on the site; it outlives a run that is broken off. */
const MADE = join(REPORTS, 'acceptance-made.jsonl');

try {
  const missing = NEEDED.filter((name) => !process.env[name]);
  if (missing.length > 0)
    throw new Error(
      `Set ${missing.join(', ')} and run the command again: they name the ERPNext and two people of it. ERPNEXT_ADMIN and ERPNEXT_ADMIN_PASSWORD name an administrator, who makes the field that keeps the chat and removes what others may not.`,
    );
  const origin = process.env.ERPNEXT_URL!.replace(/\/+$/, '');
  const site = await visitRealSite(origin);
  console.log(`${origin}: ${site.apps}`);
  // Made once for the whole run, so that no spec meets a field that another takes away.
  const me = { email: process.env.ERPNEXT_USER!, password: process.env.ERPNEXT_PASSWORD! };
  mkdirSync(REPORTS, { recursive: true });
  rmSync(REPORT, { force: true });
  const tidy = await keepTidy(origin, MADE);
  for (const { doctype, there } of site.chatFields) if (!there) await provideChatField(origin, doctype, me);

  await runSteps(
    [
      {
        title: `Against ${origin}`,
        // One at a time: the site, two browsers and the sandbox share a machine that may be small.
        command: [
          'playwright',
          'test',
          '--grep',
          '@desk',
          '--workers=1',
          '--reporter=list,json',
          ...process.argv.slice(2),
        ],
        env: {
          ERPNEXT_URL: origin,
          PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT,
          DESKSIDE_MADE: MADE,
          DESKSIDE_RACES: process.env.DESKSIDE_RACES ?? '50',
        },
        tally: () => playwrightTally(REPORT),
      },
    ],
    async () => {
      await tidy();
      for (const skipped of playwrightSkips(REPORT)) console.log(`Left out: ${skipped}`);
    },
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
