import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.ts';
import { playwrightTally } from './report.ts';
import { runSteps } from './run-steps.ts';

// npm run acceptance: the specs that need a Desk (tagged @desk), against a real ERPNext, with the sandbox's Microsoft.
const NEEDED = ['ERPNEXT_URL', 'ERPNEXT_USER', 'ERPNEXT_PASSWORD', 'ERPNEXT_USER_2', 'ERPNEXT_PASSWORD_2'];
const missing = NEEDED.filter((name) => !process.env[name]);

if (missing.length > 0) {
  console.error(`Set ${missing.join(', ')} and run the command again: they name the ERPNext and two people of it.`);
  process.exitCode = 1;
} else {
  const report = join(ROOT, '.output', 'reports', 'acceptance.json');
  mkdirSync(join(ROOT, '.output', 'reports'), { recursive: true });
  rmSync(report, { force: true });
  await runSteps([
    {
      title: `Against ${process.env.ERPNEXT_URL}`,
      command: ['playwright', 'test', '--grep', '@desk', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      tally: () => playwrightTally(report),
    },
  ]);
}
