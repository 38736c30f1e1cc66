import { randomUUID } from 'node:crypto';
import type { ItemRecord } from '../tenant/drives.ts';
import { siteOf } from './drive-shape.ts';
import { type Deps, GRAPH, type GraphContext } from './env.ts';
import { GraphError } from './graph-error.ts';
import { checkProperties, readBody } from './json-body.ts';

const PROPERTIES = ['type', 'scope', 'expirationDateTime', 'password', 'retainInheritedPermissions'];

/**
 * POST …/createLink (driveitem-createlink.md): 201 with a new link, 200 with the one of the same type and scope that is
 * there. Embedding and passwords are OneDrive Personal's.
 */
export async function createLink(c: GraphContext, { tenant }: Deps, item: ItemRecord): Promise<Response> {
  const given = await readBody(c);
  checkProperties(given, 'microsoft.graph.createLink', PROPERTIES);
  const { type, scope = 'organization', password, retainInheritedPermissions = true } = given;
  if (type !== 'view' && type !== 'edit') throw invalid(`The link type '${String(type)}' is not supported.`);
  if (scope !== 'organization' && scope !== 'anonymous' && scope !== 'users')
    throw invalid(`The link scope '${String(scope)}' is not supported.`);
  if (password !== undefined) throw invalid('Passwords are not supported here.');
  if (typeof retainInheritedPermissions !== 'boolean')
    throw invalid("'retainInheritedPermissions' takes true or false.");
  const known = item.links.find((link) => link.type === type && link.scope === scope);
  const token = randomUUID().replaceAll('-', '');
  const link = known ?? {
    id: randomUUID(),
    type,
    scope,
    webUrl: `${siteOf(tenant, item).replace('/personal/', '/:b:/g/personal/')}/${token}`,
  };
  if (!known) item.links.push(link);
  const permission = {
    '@odata.context': `${GRAPH}/$metadata#permission`,
    id: link.id,
    roles: [type === 'edit' ? 'write' : 'read'],
    shareId: `u!${Buffer.from(link.webUrl).toString('base64url')}`,
    hasPassword: false,
    link: { type, scope, webUrl: link.webUrl, preventsDownload: false },
  };
  return c.json(permission, known ? 200 : 201);
}

const invalid = (message: string) => new GraphError(400, 'invalidRequest', message);
