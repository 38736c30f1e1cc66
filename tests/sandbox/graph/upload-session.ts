import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { UploadRecord } from '../tenant/drives.ts';
import { nameTaken, readBehavior } from './drive-conflict.ts';
import { splitName } from './drive-path.ts';
import { shapeItem, siteOf } from './drive-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { asObject, checkProperties, readBody } from './json-body.ts';

const STEP = 320 * 1024;
const MAX_RANGE = 60 * 1024 * 1024;
const LIFE = 15 * 60 * 1000;

/** POST …/createUploadSession; its body may be missing. `fail` is what happens to a taken name unless said otherwise. */
export async function createSession(c: GraphContext, { tenant, clock }: Deps, path: string): Promise<Response> {
  const given = (await c.req.raw.clone().text()) === '' ? {} : await readBody(c);
  checkProperties(given, 'microsoft.graph.createUploadSession', ['item']);
  const item = given.item === undefined ? {} : asObject(given.item, 'item');
  checkProperties(item, 'microsoft.graph.driveItemUploadableProperties', [
    '@microsoft.graph.conflictBehavior',
    'name',
    'fileSize',
    'description',
  ]);
  const { folder, name } = splitName(path);
  if (item.name !== undefined && item.name !== name) throw invalid('The name is not that of the path.');
  const upload: UploadRecord = {
    id: randomUUID(),
    ownerId: c.get('me').id,
    folder,
    name,
    behavior: readBehavior(item['@microsoft.graph.conflictBehavior'] ?? 'fail'),
    mimeType: 'application/octet-stream',
    received: [],
    total: null,
    expiresAt: clock.now() + LIFE,
  };
  tenant.drives.uploads.set(upload.id, upload);
  const uploadUrl = `${siteOf(tenant, upload)}/_api/v2.0/drive/items/${randomUUID()}/uploadSession?guid='${upload.id}'&overwrite=True&rename=False&dc=0&tempauth=v1.${randomUUID()}`;
  return c.json({ '@odata.context': `${GRAPH}/$metadata#microsoft.graph.uploadSession`, uploadUrl, ...status(upload) });
}

/**
 * The upload URL itself, which lies in SharePoint: whoever knows it may send ranges in their order, ask how far they came,
 * or give up. A token there is refused.
 */
export function createUploads({ tenant, clock }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const path = '/personal/:site/_api/v2.0/drive/items/:item/uploadSession';

  app.get(path, (c) => c.json(status(open(c))));
  app.delete(path, (c) => {
    tenant.drives.uploads.delete(open(c).id);
    return c.body(null, 204);
  });
  app.put(path, async (c) => {
    const upload = open(c);
    const bytes = Buffer.from(await c.req.arrayBuffer());
    take(upload, c.req.header('content-range'), bytes);
    upload.expiresAt = clock.now() + LIFE;
    if (size(upload) < (upload.total ?? 0)) return c.json(status(upload), 202);
    const content = { bytes: Buffer.concat(upload.received), mimeType: upload.mimeType };
    const stored = tenant.drives.store(upload.ownerId, upload.folder, upload.name, content, upload.behavior);
    if (!stored) throw nameTaken();
    tenant.drives.uploads.delete(upload.id);
    return c.json(shapeItem(tenant, stored.item), stored.created ? 201 : 200);
  });

  function open(c: GraphContext): UploadRecord {
    if (c.req.header('authorization')) throw new GraphError(401, 'unauthenticated', 'The upload URL takes no token.');
    const id = c.req.query('guid')?.replaceAll("'", '') ?? '';
    const upload = tenant.drives.uploads.get(id);
    if (!upload || upload.expiresAt < clock.now())
      throw new GraphError(404, 'itemNotFound', 'The upload session was not found');
    return upload;
  }

  return app;
}

function take(upload: UploadRecord, header: string | undefined, bytes: Buffer): void {
  const [, from, to, all] = header?.match(/^bytes (\d+)-(\d+)\/(\d+)$/)?.map(Number) ?? [];
  if (from === undefined || to === undefined || all === undefined || to < from || to >= all)
    throw invalid('The Content-Range header is missing or malformed.');
  if (to - from + 1 !== bytes.length)
    throw invalid('The Content-Range header length does not match the provided number of bytes.');
  if (upload.total !== null && upload.total !== all) throw invalid('The file size in Content-Range has changed.');
  if (bytes.length >= MAX_RANGE) throw new GraphError(413, 'invalidRequest', 'A range must be smaller than 60 MiB.');
  const done = size(upload);
  if (from < done)
    throw new GraphError(
      416,
      'invalidRange',
      'The uploaded fragment overlaps with data that has already been received.',
    );
  if (from > done) throw invalid('The uploaded fragment is out of order.');
  if (to + 1 < all && bytes.length % STEP !== 0) throw invalid('The size of a range must be a multiple of 320 KiB.');
  upload.total = all;
  upload.received.push(bytes);
}

const size = ({ received }: UploadRecord) => received.reduce((sum, { length }) => sum + length, 0);

const status = (upload: UploadRecord) => ({
  expirationDateTime: new Date(upload.expiresAt).toISOString(),
  nextExpectedRanges: [`${size(upload)}-`],
});

const invalid = (message: string) => new GraphError(400, 'invalidRequest', message);
