import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from '../tests/sandbox/start.ts';
import { ROOT } from './build.ts';
import { startByHand } from './by-hand.ts';
import { startLive } from './live.ts';
import { controlClient } from './walk/control.ts';
import { launchPerson, type Person } from './walk/person.ts';
import { walkRecord } from './walk/record.ts';
import { terminalStory } from './walk/story.ts';
import { type Tier, walk } from './walk/walk.ts';

// npm start: a browser with Deskside on an ERPNext record, against the sandbox. Without a display, or with --headless,
// the walk of two people instead. --erpnext URL takes a real ERPNext, --live real everything.
const { values: options } = parseArgs({
  options: {
    headless: { type: 'boolean', default: false },
    tier: { type: 'string' },
    erpnext: { type: 'string' },
    live: { type: 'boolean', default: false },
  },
});

const ABOUT: Record<Tier, string> = {
  reading: 'With permission to read, which an administrator gives:',
  base: 'With what people can permit themselves (the base tier; history stays in Teams):',
};

try {
  if (options.live) await startLive(options.erpnext);
  else if (options.headless || !hasDisplay()) await walkAlone();
  else await startByHand(options.erpnext);
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/** On Linux a display has a name; on macOS and Windows there always is one. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function walkAlone(): Promise<void> {
  const sandbox = await startSandbox({ erpnextUrl: options.erpnext });
  process.once('SIGINT', () => void sandbox.close().finally(() => process.exit(130)));
  try {
    for (const tier of tiersOf(options.tier)) await walkTier(sandbox, tier);
    console.log('\nDone. The pictures are in .output/walkthrough/.');
  } finally {
    await sandbox.close();
  }
}

async function walkTier(sandbox: Sandbox, tier: Tier): Promise<void> {
  console.log(`\n${ABOUT[tier]}`);
  await controlClient(sandbox.control).reset();
  const record = await walkRecord(sandbox);
  const people: Person[] = [];
  try {
    await walk({
      tier,
      control: sandbox.control,
      // The reading tier has all there is to see; its pictures stand at the top.
      story: terminalStory(join(ROOT, '.output', 'walkthrough', ...(tier === 'base' ? ['base'] : []))),
      record,
      launch: async (email, more) => {
        const person = await launchPerson(sandbox, email, more);
        people.push(person);
        return person;
      },
    });
  } finally {
    await Promise.all(people.map((person) => person.close()));
    await record.remove();
  }
}

function tiersOf(named: string | undefined): Tier[] {
  if (named === undefined) return ['reading', 'base'];
  if (named === 'base' || named === 'reading') return [named];
  throw new Error(`--tier is base or reading, not "${named}".`);
}
