import { Hono } from 'hono';
import type { Presence } from '../tenant/presences.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { asArray, asString, checkProperties, readBody } from './json-body.ts';
import { readQuery } from './query.ts';

const MAX_IDS = 650;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const UNKNOWN: Presence = { availability: 'PresenceUnknown', activity: 'PresenceUnknown' };

/**
 * POST /communications/getPresencesByUserId (cloudcommunications-getpresencesbyuserid.md). Of whom nothing can be told
 * (gone, no such id, another organization), `PresenceUnknown`; the answer's order is nobody's promise, so it is not the question's.
 */
export function createPresence({ tenant }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.post('/communications/getPresencesByUserId', async (c) => {
    if (!c.get('scopes').has('Presence.Read.All')) throw forbidden('');
    readQuery(c, []);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.getPresencesByUserId', ['ids']);
    const ids = asArray(given.ids, 'ids').map((id) => asString(id, 'ids').toLowerCase());
    if (ids.length === 0) throw badRequest('The ids collection cannot be empty.');
    if (ids.length > MAX_IDS) throw badRequest(`The number of ids exceeds the maximum of ${MAX_IDS}.`);
    for (const id of ids) if (!GUID.test(id)) throw badRequest(`Invalid user id '${id}'.`);
    const home = c.get('me').tenantId;
    const known = new Set(tenant.directory.inTenant(home).map((user) => user.id));
    const value = [...new Set(ids)]
      .sort((left, right) => (left < right ? 1 : -1))
      .map((id) => shapePresence(id, known.has(id) ? tenant.presences.of(id) : UNKNOWN));
    return c.json({ '@odata.context': `${GRAPH}/$metadata#Collection(microsoft.graph.presence)`, value });
  });
  return app;
}

/** resources/presence.md; the words are spelt as the service spells them, not as its table of values does. */
function shapePresence(id: string, { availability, activity, outOfOffice }: Presence) {
  return {
    id,
    availability,
    activity,
    outOfOfficeSettings: { message: outOfOffice ?? null, isOutOfOffice: outOfOffice !== undefined },
    statusMessage: null,
  };
}
