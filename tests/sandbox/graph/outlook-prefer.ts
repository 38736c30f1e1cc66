import { UTC, type Zone, zoneOf } from '../tenant/zones.ts';
import type { GraphContext } from './env.ts';
import { unsupportedZone } from './outlook-errors.ts';

/** How the answer is to be told, by the header `Prefer`. */
export interface Preferences {
  zone: Zone;
  /** The zone as it was asked for, and as it is told. */
  zoneName: string;
  bodyAs: 'html' | 'text';
  maxPageSize: number | undefined;
}

/** Reads the header and says in the answer which wishes were heard. */
export function readPreferences(c: GraphContext): Preferences {
  const header = c.req.header('prefer') ?? '';
  const wish = (name: string) =>
    header.match(new RegExp(`${name.replace('.', '\\.')}\\s*=\\s*(?:"([^"]*)"|([^\\s,;]+))`, 'i'));
  const wished = (name: string) => wish(name)?.[1] ?? wish(name)?.[2];
  const zoneName = wished('outlook.timezone');
  const zone = zoneName === undefined ? UTC : zoneOf(zoneName);
  if (!zone) throw unsupportedZone(zoneName ?? '');
  const bodyType = wished('outlook.body-content-type')?.toLowerCase();
  const size = Number(wished('odata.maxpagesize'));
  const heard = [
    ...(zoneName === undefined ? [] : [`outlook.timezone="${zoneName}"`]),
    ...(bodyType === 'text' || bodyType === 'html' ? [`outlook.body-content-type="${bodyType}"`] : []),
    // Ids here never change, so they are immutable already.
    ...(wished('IdType') === 'ImmutableId' ? ['IdType="ImmutableId"'] : []),
    ...(size >= 1 ? [`odata.maxpagesize=${size}`] : []),
  ];
  if (heard.length > 0) c.header('Preference-Applied', heard.join(', '));
  return {
    zone,
    zoneName: zoneName ?? 'UTC',
    bodyAs: bodyType === 'text' ? 'text' : 'html',
    maxPageSize: size >= 1 ? size : undefined,
  };
}
