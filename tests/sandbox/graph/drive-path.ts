import { type ItemRecord, joined, pathOf } from '../tenant/drives.ts';
import type { Deps, GraphContext } from './env.ts';
import { GraphError } from './graph-error.ts';

/** What a URL below /me/drive names (onedrive-addressing-driveitems.md). */
export interface DrivePlace {
  /** Path from the root, without slashes around it. */
  path: string;
  /** What stands behind it: content, createUploadSession, createLink; '' for the item itself. */
  action: string;
}

/**
 * `/root`, `/root:/{path}`, `/root:/{path}:/{action}`, `/items/{id}`, `/items/{id}/{action}` and
 * `/items/{id}:/{path}:/{action}`. Read from the raw URL, since a name may hold an escaped slash or colon.
 */
export function readPlace(c: GraphContext, { tenant }: Deps): DrivePlace {
  const raw = new URL(c.req.url).pathname.replace(/^\/v1\.0\/me\/drive\//, '');
  const [, base = '', below, action = ''] =
    raw.match(/^(root|items\/[^/:]+):\/(.+?)(?::(?:\/(\w+))?)?$/) ??
    raw.match(/^(root|items\/[^/:]+)()(?:\/(\w+))?$/) ??
    fail(`Resource not found for the segment '${raw}'.`);
  const start = base === 'root' ? '' : pathOf(found(tenant.drives.byId(c.get('me').id, decode(base.slice(6)))));
  const names = (below ?? '').split('/').filter(Boolean).map(decode);
  return { path: names.reduce(joined, start), action };
}

/** @throws 404 where there is nothing */
export function found(item: ItemRecord | undefined): ItemRecord {
  if (item) return item;
  throw new GraphError(404, 'itemNotFound', 'The resource could not be found.');
}

/** The folder and the name of a new file, which must be one that OneDrive for work takes. */
export function splitName(path: string): { folder: string; name: string } {
  const names = path.split('/');
  for (const name of names) {
    if (name === '' || /[\\*<>?:|"#%]/.test(name) || /^[~ ]|[. ]$/.test(name)) {
      throw new GraphError(
        400,
        'invalidRequest',
        `The provided name cannot contain certain characters, or is empty: '${name}'.`,
      );
    }
  }
  return { folder: names.slice(0, -1).join('/'), name: names.at(-1) ?? '' };
}

function decode(text: string): string {
  try {
    const name = decodeURIComponent(text);
    if (!name.includes('/')) return name;
  } catch {
    // Told below.
  }
  return fail(`The path '${text}' is not a valid URL.`);
}

function fail(message: string): never {
  throw new GraphError(400, 'invalidRequest', message);
}
