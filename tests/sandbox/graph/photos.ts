import { Hono } from 'hono';
import type { DirectoryUser } from '../tenant/people.ts';
import { solidPng } from '../tenant/png.ts';
import type { Deps, GraphContext, GraphEnv } from './env.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { readQuery } from './query.ts';
import { needDirectoryScope } from './scopes.ts';
import { findUser } from './users.ts';

const SIZES = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/** GET …/photo/$value and …/photos/{w}x{h}/$value (profilephoto-get.md): bytes, or 404 for the many without. */
export function createPhotos({ tenant }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();

  app.get('/me/photo/$value', (c) => {
    needDirectoryScope(c, 'User.Read', 'User.ReadBasic.All', 'User.Read.All');
    return photo(c, c.get('me'), 648);
  });
  app.get('/me/photos/:size/$value', (c) => {
    needDirectoryScope(c, 'User.Read', 'User.ReadBasic.All', 'User.Read.All');
    return photo(c, c.get('me'), pixels(c));
  });
  app.get('/users/:user/photo/$value', (c) => {
    needDirectoryScope(c, 'User.ReadBasic.All', 'User.Read.All');
    return photo(c, findUser(c, tenant), 648);
  });
  app.get('/users/:user/photos/:size/$value', (c) => {
    needDirectoryScope(c, 'User.ReadBasic.All', 'User.Read.All');
    return photo(c, findUser(c, tenant), pixels(c));
  });
  return app;
}

function photo(c: GraphContext, user: DirectoryUser, size: number): Response {
  readQuery(c, []);
  if (!user.hasPhoto) {
    throw new GraphError(
      404,
      'ImageNotFound',
      "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.",
    );
  }
  // A colour that tells people apart, from their id.
  const colour = Buffer.from(user.id.slice(0, 6), 'hex');
  return c.body(Uint8Array.from(solidPng(size, [colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0])), 200, {
    'Content-Type': 'image/png',
    ETag: `"${user.id}"`,
    'Cache-Control': 'private',
  });
}

function pixels(c: GraphContext): number {
  const [, width, height] = c.req.param('size')?.match(/^(\d+)x(\d+)$/i) ?? [];
  if (width === undefined || width !== height || !SIZES.includes(Number(width))) {
    throw badRequest(`The photo size '${c.req.param('size')}' is not supported.`);
  }
  return Number(width);
}
