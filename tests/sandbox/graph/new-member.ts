import type { NewMember } from '../tenant/chats.ts';
import type { DirectoryUser } from '../tenant/people.ts';
import type { Deps, GraphContext } from './env.ts';
import { badRequest, notFound } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';

const TYPE = '#microsoft.graph.aadUserConversationMember';
const PROPERTIES = ['roles', 'user@odata.bind', 'tenantId', 'visibleHistoryStartDateTime'];

/** A member as POST /chats and POST members take it (chat-post.md): type, one role, and the person by a bind. */
export function readNewMember(c: GraphContext, deps: Deps, value: unknown): NewMember {
  const given = asObject(value, 'members');
  if (given['@odata.type'] !== TYPE) {
    throw badRequest(
      `The '@odata.type' of a member must be '${TYPE}'; 'microsoft.graph.conversationMember' is abstract.`,
    );
  }
  checkProperties(given, 'microsoft.graph.aadUserConversationMember', PROPERTIES);
  const role = readRole(given);
  const user = boundUser(c, deps, given);
  const inTenantGuest = user.tenantId === c.get('me').tenantId && user.userType === 'Guest';
  const wanted = inTenantGuest ? 'guest' : 'owner';
  if (role !== wanted)
    throw badRequest(
      `Invalid role '${role}' specified for the member with user id '${user.id}': '${wanted}' is required.`,
    );
  return { userId: user.id, role };
}

function readRole(given: JsonObject): 'owner' | 'guest' {
  const roles = asArray(given.roles, 'roles');
  const [role] = roles;
  if (roles.length === 1 && (role === 'owner' || role === 'guest')) return role;
  throw badRequest("Each member must be assigned exactly one of the roles 'owner' and 'guest'.");
}

/** By id or UPN in the caller's tenant; by id in another one where `tenantId` names it. */
function boundUser(c: GraphContext, { tenant }: Deps, given: JsonObject): DirectoryUser {
  const key = boundKey(asString(given['user@odata.bind'], 'user@odata.bind'));
  const ownTenant = c.get('me').tenantId;
  const tenantId = given.tenantId === undefined ? ownTenant : asString(given.tenantId, 'tenantId').toLowerCase();
  const user = tenant.directory.byIdOrUpn(key, tenantId);
  const byUpnAbroad = tenantId !== ownTenant && user?.id !== key.toLowerCase();
  if (!user || byUpnAbroad) throw notFound(`Failed to find the user with id '${key}' in the tenant '${tenantId}'.`);
  if (!user.accountEnabled) throw badRequest(`The user with id '${key}' is disabled and cannot be added to the chat.`);
  return user;
}

function boundKey(bind: string): string {
  const path = bind.match(
    /^https:\/\/graph\.microsoft\.com\/(?:v1\.0|beta)\/users(?:\('((?:[^'#]|'')+)'\)|\/([^/()#?]+))$/i,
  );
  const raw = path?.[1]?.replaceAll("''", "'") ?? path?.[2];
  if (!raw) throw badRequest(`The bind '${bind}' is not the URL of a user.`);
  try {
    return decodeURIComponent(raw);
  } catch {
    throw badRequest(`The bind '${bind}' is not a valid URL.`);
  }
}
