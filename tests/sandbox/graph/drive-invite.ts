import { randomUUID } from 'node:crypto';
import type { ItemRecord } from '../tenant/drives.ts';
import { type Deps, GRAPH, type GraphContext } from './env.ts';
import { GraphError } from './graph-error.ts';
import { asObject, checkProperties, readBody } from './json-body.ts';

const PROPERTIES = [
  'recipients',
  'roles',
  'requireSignIn',
  'sendInvitation',
  'message',
  'expirationDateTime',
  'password',
  'retainInheritedPermissions',
];

/**
 * POST …/invite (driveitem-invite.md): lets people of the directory open the item; a recipient is named by one of e-mail
 * address, alias or object id (resources/driverecipient.md). One who is not known refuses them all.
 */
export async function invite(c: GraphContext, { tenant }: Deps, item: ItemRecord): Promise<Response> {
  const given = await readBody(c);
  checkProperties(given, 'microsoft.graph.invite', PROPERTIES);
  const { recipients, roles, requireSignIn = false, sendInvitation = false } = given;
  if (!Array.isArray(roles) || roles.length === 0 || !roles.every((role) => role === 'read' || role === 'write'))
    throw invalid("'roles' takes read or write.");
  if (typeof requireSignIn !== 'boolean' || typeof sendInvitation !== 'boolean')
    throw invalid("'requireSignIn' and 'sendInvitation' take true or false.");
  if (!Array.isArray(recipients) || recipients.length === 0) throw invalid('At least one recipient is needed.');
  const people = recipients.map((value) => {
    const recipient = asObject(value, 'recipients');
    checkProperties(recipient, 'microsoft.graph.driveRecipient', ['@odata.type', 'email', 'alias', 'objectId']);
    const named = [recipient.email, recipient.alias, recipient.objectId].filter((name) => name !== undefined);
    if (named.length !== 1) throw invalid('A recipient has one of email, alias and objectId.');
    const user = tenant.directory
      .inTenant(c.get('me').tenantId)
      .find(({ id, mail }) => id === named[0] || mail === named[0]);
    if (!user) throw invalid('One or more users could not be resolved.');
    return user;
  });
  for (const { id } of people) if (!item.people.includes(id)) item.people.push(id);
  const value = people.map(({ id, displayName }) => ({
    '@odata.type': '#microsoft.graph.permission',
    id: randomUUID(),
    roles,
    grantedTo: { user: { id, displayName } },
    hasPassword: false,
  }));
  return c.json({ '@odata.context': `${GRAPH}/$metadata#Collection(permission)`, value });
}

const invalid = (message: string) => new GraphError(400, 'invalidRequest', message);
