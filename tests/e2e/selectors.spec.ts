import { HTML_ATTRIBUTES, SELECTORS } from '../../lib/erpnext/selectors.ts';
import { walkRecord } from '../../scripts/walk/record.ts';
import { expect, test } from './fixtures/deskside.ts';

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
    const record = await walkRecord(sandbox);
    const me = await person(record.me.email, { flavour: site, password: record.me.password });
    await me.openRecord(record.doctype, record.name);
    const flavour = site === 'real' ? await versionOf(me.site, me.page.url()) : site;
    const found = await me.page.evaluate(
      (selectors) =>
        Object.entries(selectors)
          .filter(([, one]) => document.querySelector(one))
          .map(([name]) => name),
      SELECTORS,
    );
    const names = Object.keys(SELECTORS) as (keyof typeof SELECTORS)[];
    expect(found.sort()).toEqual(names.filter((name) => ONLY[name]?.includes(flavour) ?? true).sort());
    for (const name of HTML_ATTRIBUTES) await expect(me.page.locator('html')).toHaveAttribute(name, /./);
    await record.remove();
  });
}

/** By what the site itself says, not by the marks that this test is about. */
async function versionOf(origin: string, url: string): Promise<string> {
  if (new URL(url).pathname.startsWith('/desk')) return 'v16';
  const page = await (await fetch(`${origin}/login`)).text();
  return /frappe[^"]*"?\s*:?\s*"?v?14\./i.test(page) ? 'v14' : 'v15';
}
