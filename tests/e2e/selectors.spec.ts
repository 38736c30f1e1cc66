import { HTML_ATTRIBUTES, SELECTORS } from '../../lib/erpnext/selectors.ts';
import { walkRecord } from '../../scripts/walk/record.ts';
import { expect, type Person, test } from './fixtures/deskside.ts';

const sites = process.env.ERPNEXT_URL ? ['real'] : ['v14', 'v15', 'v16'];
/** Those that only some versions have; all others must be on every form. */
const ONLY: Partial<Record<keyof typeof SELECTORS, string[]>> = {
  unwrappedTitle: ['v16'],
  titlePath: ['v16'],
  bodySidebar: ['v16'],
  endSidebar: ['v16'],
  formMessage: ['v15', 'v16'],
  wrappedHead: ['v14', 'v15'],
};

for (const site of sites) {
  test(`every selector finds its part of a form: ${site}`, { tag: '@desk' }, async ({ sandbox, person }) => {
    test.setTimeout(300_000);
    const record = await walkRecord(sandbox);
    try {
      const me = await person(record.me.email, { flavour: site, password: record.me.password });
      await me.openRecord(record.doctype, record.name);
      const flavour = site === 'real' ? await versionOf(me) : site;
      const names = Object.keys(SELECTORS) as (keyof typeof SELECTORS)[];
      const found = () =>
        me.page.evaluate(
          (selectors) =>
            Object.entries(selectors)
              .filter(([, one]) => document.querySelector(one))
              .map(([name]) => name)
              .sort(),
          SELECTORS,
        );
      // A real Desk goes on drawing after its route is set.
      await expect.poll(found).toEqual(names.filter((name) => ONLY[name]?.includes(flavour) ?? true).sort());
      for (const name of HTML_ATTRIBUTES) await expect(me.page.locator('html')).toHaveAttribute(name, /./);
    } finally {
      await record.remove();
    }
  });
}

/** By what the site itself says, not by the marks that this test is about; forks of v16 number their own way. */
async function versionOf({ page, erp }: Person): Promise<string> {
  if (new URL(page.url()).pathname.startsWith('/desk')) return 'v16';
  const apps = (await erp.call('frappe.utils.change_log.get_versions', {})) as { frappe: { version: string } };
  return apps.frappe.version.startsWith('14.') ? 'v14' : 'v15';
}
