import { join } from 'node:path';
import { request } from '@playwright/test';
import { startSandbox } from '../tests/sandbox/start.ts';
import { findFirefox } from './browser.mjs';
import { ensureBuild, FIREFOX_EXTENSION, ROOT } from './build.ts';
import { launchFirefox } from './firefox/launch.ts';
import { walkInFirefox } from './firefox/walk.ts';
import { controlClient } from './walk/control.ts';
import { erpClient } from './walk/erp.ts';
import { walkRecord } from './walk/record.ts';
import { terminalStory } from './walk/story.ts';

// The walk in an installed Firefox (FIREFOX names another), with the production build for it and the sandbox: a line a
// step, a picture of each in .output/walkthrough-firefox/. Ends with 1 where a step failed.
try {
  await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const executable = findFirefox();
  if (!executable) throw new Error('No Firefox was found. Install one, or name one by FIREFOX, and run this again.');
  ensureBuild('firefox');
  const sandbox = await startSandbox();
  const site = sandbox.erpnext.v15 ?? '';
  const witness = await request.newContext();
  try {
    const { me, colleague, doctype, name } = await walkRecord(sandbox);
    const erp = erpClient(witness, site);
    await erp.login(me.email, me.password);
    const firefox = await launchFirefox({
      executable,
      extension: FIREFOX_EXTENSION,
      microsoftPort: sandbox.microsoftPort,
    });
    try {
      console.log(`Firefox ${firefox.version}:`);
      await walkInFirefox({
        firefox,
        control: controlClient(sandbox.control),
        site,
        me,
        colleague,
        chatField: async () => (await erp.get(doctype, name)).custom_teams_chat_id,
        story: terminalStory(join(ROOT, '.output', 'walkthrough-firefox')),
      });
      console.log('\nDone. The pictures are in .output/walkthrough-firefox/.');
    } finally {
      await firefox.close();
    }
  } finally {
    await witness.dispose();
    await sandbox.close();
  }
}
