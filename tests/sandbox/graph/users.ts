import { Hono } from 'hono';
import { TENANT_ID } from '../tenant/people.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { nextLink, readSkipToken } from './paging.ts';
import { readNames, readQuery, readTop } from './query.ts';
import { insufficientPrivileges, needDirectoryScope } from './scopes.ts';
import { byName, filterUsers } from './user-filter.ts';
import { searchUsers } from './user-search.ts';
import { seesAll, shapeUser } from './user-shape.ts';

/** GET /me, /users and /users/{id or UPN} (user-get.md, user-list.md). */
export function createUsers({ tenant }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();

  app.get('/me', (c) => {
    needDirectoryScope(c, 'User.Read', 'User.Read.All');
    const select = readNames(readQuery(c, ['$select', '$expand']), '$select');
    return c.json({ '@odata.context': `${GRAPH}/$metadata#users/$entity`, ...shapeUser(c, c.get('me'), select) });
  });

  app.get('/users', (c) => {
    needDirectoryScope(c, 'User.ReadBasic.All', 'User.Read.All');
    if (c.get('me').userType === 'Guest') throw insufficientPrivileges();
    const query = readQuery(c, ['$select', '$filter', '$search', '$top', '$orderby', '$count', '$skiptoken']);
    const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
    const counted = query.get('$count') === 'true';
    const order = query.get('$orderby') ?? 'displayName';
    if (!/^(displayName|userPrincipalName)( asc)?$/i.test(order)) throw unsupported('Unsupported sort property.');
    const filter = query.get('$filter');
    if (filter && query.has('$orderby') && !(eventual && counted))
      throw unsupported('Sorting not supported for current query.');
    const everybody = tenant.directory.inTenant(c.get('me').tenantId);
    const passing = filter ? filterUsers(c, everybody, filter, eventual && counted) : everybody;
    const search = query.get('$search');
    const found = (search === undefined ? passing : searchUsers(passing, search, eventual)).sort(byName);
    const top = readTop(query, 100, 999);
    const from = readSkipToken<number>(query) ?? 0;
    const select = readNames(query, '$select');
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#users`,
      ...(eventual && counted ? { '@odata.count': found.length } : {}),
      ...(from + top < found.length ? { '@odata.nextLink': nextLink(c, from + top) } : {}),
      value: found.slice(from, from + top).map((user) => shapeUser(c, user, select)),
    });
  });

  app.get('/users/:user', (c) => {
    const user = findUser(c, tenant);
    if (!seesAll(c, user)) needDirectoryScope(c, 'User.ReadBasic.All');
    const select = readNames(readQuery(c, ['$select', '$expand']), '$select');
    return c.json({ '@odata.context': `${GRAPH}/$metadata#users/$entity`, ...shapeUser(c, user, select) });
  });

  return app;
}

/** The person in the path: by object id or UPN alone, so a guest's mail or an alias is a 404. */
export function findUser(c: GraphContext, tenant: Deps['tenant']) {
  const key = c.req.param('user') ?? '';
  const user = tenant.directory.byIdOrUpn(key, c.get('me').tenantId ?? TENANT_ID);
  if (user) return user;
  if (key === '') throw badRequest('Resource id is missing.');
  throw new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

const unsupported = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);
