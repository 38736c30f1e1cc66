import { Hono } from 'hono';
import { nameTaken, readBehavior } from './drive-conflict.ts';
import { invite } from './drive-invite.ts';
import { createLink } from './drive-link.ts';
import { found, readPlace, splitName } from './drive-path.ts';
import { shapeItem } from './drive-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { readNames, readQuery } from './query.ts';
import { createSession } from './upload-session.ts';

const WRITE = ['Files.ReadWrite', 'Files.ReadWrite.All', 'Sites.ReadWrite.All'];
const READ = ['Files.Read', 'Files.Read.All', 'Sites.Read.All', ...WRITE];
const FOUR_MEGABYTES = 4 * 1024 * 1024;
const CONFLICT = '@microsoft.graph.conflictbehavior';

/**
 * One's own OneDrive, as far as files are sent with messages: get, small upload, upload session, sharing link, invitation, delete
 * (driveitem-get.md, driveitem-put-content.md, driveitem-createuploadsession.md, driveitem-createlink.md,
 * driveitem-invite.md).
 */
export function createDrive(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const { tenant } = deps;

  app.get('/me/drive/*', (c) => {
    needFiles(c, READ);
    const select = readNames(readQuery(c, ['$select']), '$select');
    const { path, action } = readPlace(c, deps);
    if (action !== '') throw unknown(c, action);
    const shaped = shapeItem(tenant, found(tenant.drives.byPath(c.get('me').id, path)));
    const picked =
      select.length === 0 ? shaped : Object.fromEntries(select.map((name) => [name, shaped[name] ?? null]));
    return c.json({ '@odata.context': ITEM, ...picked });
  });

  app.put('/me/drive/*', async (c) => {
    needFiles(c, WRITE);
    const query = readQuery(c, [CONFLICT]);
    const { path, action } = readPlace(c, deps);
    if (action !== 'content') throw unknown(c, action);
    const behavior = readBehavior(query.get(CONFLICT) ?? 'replace');
    const bytes = Buffer.from(await c.req.arrayBuffer());
    if (bytes.length > FOUR_MEGABYTES)
      throw new GraphError(413, 'RequestEntityTooLarge', 'Files of more than 4 MB need an upload session.');
    const { folder, name } = splitName(path);
    const mimeType = c.req.header('content-type')?.split(';')[0] ?? 'application/octet-stream';
    const stored = tenant.drives.store(c.get('me').id, folder, name, { bytes, mimeType }, behavior);
    if (!stored) throw nameTaken();
    return c.json({ '@odata.context': ITEM, ...shapeItem(tenant, stored.item) }, stored.created ? 201 : 200);
  });

  app.post('/me/drive/*', async (c) => {
    needFiles(c, WRITE);
    readQuery(c, []);
    const { path, action } = readPlace(c, deps);
    if (action === 'createUploadSession') return createSession(c, deps, path);
    if (action === 'invite') return invite(c, deps, found(tenant.drives.byPath(c.get('me').id, path)));
    if (action === 'createLink') return createLink(c, deps, found(tenant.drives.byPath(c.get('me').id, path)));
    throw unknown(c, action);
  });

  app.delete('/me/drive/*', (c) => {
    needFiles(c, WRITE);
    readQuery(c, []);
    const { path, action } = readPlace(c, deps);
    if (action !== '' || path === '') throw unknown(c, action);
    tenant.drives.remove(found(tenant.drives.byPath(c.get('me').id, path)));
    return c.body(null, 204);
  });

  return app;
}

const ITEM = `${GRAPH}/$metadata#users('me')/drive/items/$entity`;

function needFiles(c: GraphContext, oneOf: string[]): void {
  if (!oneOf.some((scope) => c.get('scopes').has(scope)))
    throw new GraphError(403, 'accessDenied', 'Either scp or roles claim need to be present in the token.');
}

const unknown = (c: GraphContext, action: string) =>
  badRequest(`Resource not found for the segment '${action}': the sandbox knows no ${c.req.method} ${c.req.path}.`);
