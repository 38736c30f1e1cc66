import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../tests/sandbox/start.ts';
import { ROOT } from './build.ts';
import { archiveStates } from './states/archive.ts';
import { aroundTheChat } from './states/around-the-chat.ts';
import { beforeTheChat } from './states/before-the-chat.ts';
import { launcherStates } from './states/launcher.ts';
import { optionsStates } from './states/options.ts';
import { linkingStates, peopleStates } from './states/people.ts';
import { popupStates } from './states/popup.ts';
import { projects } from './states/projects.ts';
import { signingIn } from './states/signing-in.ts';
import { createStudio, type Studio } from './states/studio.ts';
import { talking } from './states/talking.ts';
import { variants } from './states/variants.ts';

// node scripts/states.ts [part …]: drives the production build through every state a person can meet and writes their
// pictures, which docs/states.md shows. With --out they go elsewhere than docs/pictures/; with --large the sheets of
// several are in full size.
const PARTS: Record<string, (studio: Studio) => Promise<void>> = {
  launcher: launcherStates,
  'signing-in': signingIn,
  'before-the-chat': beforeTheChat,
  talking,
  'around-the-chat': aroundTheChat,
  people: peopleStates,
  linking: linkingStates,
  archive: archiveStates,
  popup: popupStates,
  options: optionsStates,
  projects,
  variants,
};

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, large: { type: 'boolean' } },
  allowPositionals: true,
});
const named = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = named.filter((part) => !PARTS[part]);
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}.`);

const sandbox = await startSandbox({ throttle: 'off' });
try {
  const studio = createStudio(sandbox, values.out ?? join(ROOT, 'docs', 'pictures'), values.large);
  for (const part of named) {
    console.log(`\n${part}`);
    try {
      await PARTS[part]?.(studio);
    } catch (error) {
      // The other parts can be looked at all the same.
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
    await studio.strike();
  }
} finally {
  await sandbox.close();
}
