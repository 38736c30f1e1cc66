import type { AccountId, Origin } from '../model/ids.ts';
import type { Entry } from './roll.ts';

/**
 * As whom Deskside speaks on a site. One account speaks everywhere, and nobody is asked. Once there are several, each
 * site has its own, and a site without one asks: what was meant for one company never goes out as another's.
 */
export function speakerOn(entries: readonly Entry[], origin: Origin): Entry | null {
  const own = entries.find((entry) => entry.sites.includes(origin));
  if (own) return own;
  const [only, another] = entries;
  return only && !another && only.sites.length === 0 ? only : null;
}

/**
 * Somebody signed in: on this site, or (null) on none in particular. As soon as that makes several, whoever was alone
 * before keeps the sites they spoke on.
 * @param listed all sites there are.
 */
export function withSignedIn(
  entries: readonly Entry[],
  entry: Omit<Entry, 'sites'>,
  site: Origin | null,
  listed: readonly Origin[],
): Entry[] {
  const { id } = entry.account;
  const known = entries.some((one) => one.account.id === id);
  const all = known
    ? entries.map((one) => (one.account.id === id ? { ...one, ...entry } : one))
    : [...settled(entries, listed), { ...entry, sites: [] }];
  return site && speakerOn(all, site)?.account.id !== id ? withSite(all, id, site) : all;
}

/** From now on this account speaks on the site. */
export function withSite(entries: readonly Entry[], id: AccountId, site: Origin): Entry[] {
  return entries.map((entry) => {
    const others = entry.sites.filter((one) => one !== site);
    return { ...entry, sites: entry.account.id === id ? [...others, site] : others };
  });
}

/**
 * Somebody signed out. Their sites ask again; where whoever is left speaks on every site anyhow, they are one account for
 * all again.
 */
export function withoutAccount(entries: readonly Entry[], id: AccountId, listed: readonly Origin[]): Entry[] {
  const rest = settled(entries, listed).filter((entry) => entry.account.id !== id);
  const [only, another] = rest;
  return only && !another && listed.every((site) => only.sites.includes(site)) ? [{ ...only, sites: [] }] : rest;
}

/** Whoever spoke everywhere without having said so: said for each site. */
function settled(entries: readonly Entry[], listed: readonly Origin[]): Entry[] {
  return entries.map((entry) => {
    const spoken = listed.filter((site) => speakerOn(entries, site) === entry);
    return { ...entry, sites: [...new Set([...entry.sites, ...spoken])] };
  });
}
