import { walkRecord } from '../../scripts/walk/record.ts';
import { type Tier, walk } from '../../scripts/walk/walk.ts';
import { test } from './fixtures/deskside.ts';

const tiers: Tier[] = ['base', 'reading'];
/** The tier is Microsoft's side, the version ERPNext's: each with one of the other's is enough. */
const sitesOf = (tier: Tier) =>
  process.env.ERPNEXT_URL ? ['real'] : tier === 'base' ? ['v15'] : ['v14', 'v15', 'v16'];

for (const tier of tiers) {
  for (const flavour of sitesOf(tier)) {
    test(`open a record, sign in, create its chat and talk: ${tier} tier on ${flavour}`, { tag: '@desk' }, async ({
      sandbox,
      person,
    }) => {
      test.setTimeout(600_000);
      const record = await walkRecord(sandbox);
      try {
        await walk({
          tier,
          control: sandbox.control,
          story: { step: (title, _page, act) => test.step(title, act) },
          record,
          launch: (email, options) => person(email, { ...options, flavour }),
        });
      } finally {
        await record.remove();
      }
    });
  }
}
