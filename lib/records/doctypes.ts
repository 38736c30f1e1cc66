import { SHIPPED } from '../erpnext/doctypes/registry.ts';
import { type ListedDoctype, listDoctypes, rulesOn } from '../model/doctype-list.ts';
import type { DoctypeRule } from '../model/doctype-rule.ts';
import { loadDoctypes } from '../settings/items.ts';

/** Every doctype that is known: shipped, the person's own, the policy's; those that are off too. */
export async function listedDoctypes(): Promise<ListedDoctype[]> {
  const { own, policy } = await loadDoctypes(SHIPPED);
  return listDoctypes(SHIPPED, own, policy);
}

/** The doctypes whose forms get a panel. */
export async function doctypesOn(): Promise<DoctypeRule[]> {
  return rulesOn(await listedDoctypes());
}
