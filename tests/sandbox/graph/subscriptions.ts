import { Hono } from 'hono';
import { CLIENT_ID } from '../tenant/registration.ts';
import type { SubscriptionRecord } from '../tenant/subscriptions.ts';
import { threadOf } from './changes.ts';
import { invalid, validateEndpoint } from './endpoint-validation.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { asString, checkProperties, readBody } from './json-body.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';
import { readAddress, readExpiry, readWanted, type Wanted } from './subscription-request.ts';

const CONTEXT = `${GRAPH}/$metadata#subscriptions`;

/**
 * Subscriptions to messages of chats and channels: made after both addresses have answered, one an app and chat, seen
 * by their maker alone (subscription-post-subscriptions.md, …-list, …-update, …-delete, …-reauthorize).
 */
export function createSubscriptions(deps: Deps): Hono<GraphEnv> {
  const { tenant, clock, push } = deps;
  const app = new Hono<GraphEnv>();

  app.post('/subscriptions', async (c) => {
    readQuery(c, []);
    const wanted = readWanted(await readBody(c), clock.now(), push.switches.http);
    allow(c, wanted);
    const addresses = [wanted.notificationUrl, wanted.lifecycleNotificationUrl].filter((one) => one !== null);
    for (const address of addresses) await validateEndpoint(push.target(address));
    refuseSecond(c, wanted);
    const { scopes: _, ...kept } = wanted;
    const owner = { tenantId: c.get('me').tenantId, creatorId: c.get('me').id };
    const made = tenant.subscriptions.add({
      ...kept,
      ...owner,
      authorizedUntil: c.get('tokenUntil'),
      challenged: false,
      known: new Map(),
    });
    for (const message of threadOf(tenant, made) ?? []) made.known.set(message.id, message.modifiedAt);
    return c.json({ '@odata.context': `${CONTEXT}/$entity`, ...shape(made, made.clientState) }, 201);
  });

  app.get('/subscriptions', (c) => {
    readQuery(c, []);
    return c.json({ '@odata.context': CONTEXT, value: own(c).map((one) => shape(one, null)) });
  });
  app.get('/subscriptions/:id', (c) => {
    readQuery(c, []);
    return c.json({ '@odata.context': `${CONTEXT}/$entity`, ...shape(find(c), null) });
  });

  app.patch('/subscriptions/:id', async (c) => {
    readQuery(c, []);
    const one = find(c);
    const given = await readBody(c);
    checkProperties(given, 'microsoft.graph.subscription', ['expirationDateTime', 'notificationUrl']);
    if (given.expirationDateTime === undefined && given.notificationUrl === undefined)
      throw invalid(
        "Subscription must contain either the 'expirationDateTime' or 'notificationUrl' property and its value.",
      );
    allow(c, one);
    const hasLifecycle = one.lifecycleNotificationUrl !== null;
    const expiresAt =
      given.expirationDateTime === undefined
        ? one.expiresAt
        : readExpiry(given.expirationDateTime, clock.now(), hasLifecycle);
    if (given.notificationUrl !== undefined) {
      const address = asString(given.notificationUrl, 'notificationUrl');
      readAddress(address, 'notificationUrl', push.switches.http);
      await validateEndpoint(push.target(address));
      one.notificationUrl = address;
    }
    one.expiresAt = expiresAt;
    one.authorizedUntil = c.get('tokenUntil');
    push.awake(one);
    return c.json({ '@odata.context': `${CONTEXT}/$entity`, ...shape(one, one.clientState) });
  });

  app.post('/subscriptions/:id/reauthorize', (c) => {
    readQuery(c, []);
    const one = find(c);
    allow(c, one);
    one.authorizedUntil = c.get('tokenUntil');
    push.awake(one);
    return c.body(null, 204);
  });

  app.delete('/subscriptions/:id', (c) => {
    readQuery(c, []);
    tenant.subscriptions.remove(find(c).id);
    return c.body(null, 204);
  });

  const own = (c: GraphContext) =>
    tenant.subscriptions.live(clock.now()).filter((one) => one.creatorId === c.get('me').id);

  function find(c: GraphContext): SubscriptionRecord {
    const found = own(c).find((one) => one.id === c.req.param('id'));
    if (!found) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    return found;
  }

  /** The right to read, and the chat itself. What the resource's own service refuses comes wrapped. */
  function allow(c: GraphContext, wanted: Pick<Wanted, 'threadId' | 'teamId'>): void {
    const scopes = wanted.teamId ? ['ChannelMessage.Read.All'] : ['Chat.Read', 'Chat.ReadWrite'];
    try {
      needScope(c, ...scopes);
    } catch (error) {
      throw error instanceof GraphError ? refused(403, 'Forbidden', error.message) : error;
    }
    const known = wanted.teamId ? tenant.teams.get(wanted.teamId) : tenant.chats.get(wanted.threadId);
    if (!known) throw refused(404, 'NotFound', 'NotFound');
    if (!threadOf(tenant, { ...wanted, creatorId: c.get('me').id }))
      throw refused(403, 'Forbidden', 'The calling user is not a member.');
  }

  /** Whoever has it, and under whatever address. Documented is the 409; Teams was seen to say 403 (limit of '1'). */
  function refuseSecond(c: GraphContext, { threadId, resource }: Wanted): void {
    const { tenantId } = c.get('me');
    const other = tenant.subscriptions
      .live(clock.now())
      .find((one) => one.threadId === threadId && one.tenantId === tenantId);
    if (!other) return;
    if (push.switches.duplicates === 409)
      throw new GraphError(409, 'Conflict', `Subscription Id ${other.id} already exists for the requested combination`);
    const what = resource.replace(/^\//, '').toUpperCase();
    throw refused(
      403,
      'Forbidden',
      `App '${CLIENT_ID}' has reached its limit of '1' '${what}' subscription on tenant '${tenantId}'.`,
    );
  }

  return app;
}

const refused = (status: 403 | 404, name: string, reason: string) =>
  new GraphError(status, 'ExtensionError', `Operation: Create; Exception: [Status Code: ${name}; Reason: ${reason}]`);

/** resources/subscription.md. The secret is told to whoever just wrote it, never on reading. */
function shape(one: SubscriptionRecord, clientState: string | null): Record<string, unknown> {
  return {
    id: one.id,
    resource: one.resource,
    applicationId: CLIENT_ID,
    changeType: one.changeTypes.join(','),
    clientState,
    notificationUrl: one.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: one.lifecycleNotificationUrl,
    expirationDateTime: new Date(one.expiresAt).toISOString(),
    creatorId: one.creatorId,
    includeResourceData: null,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: null,
    notificationUrlAppId: null,
  };
}
