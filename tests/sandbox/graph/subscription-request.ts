import { CHANGE_TYPES, type ChangeType } from '../tenant/subscriptions.ts';
import { CHANNEL_READ } from './channel-messages.ts';
import { invalid } from './endpoint-validation.ts';
import { asString, asTime, checkProperties, type JsonObject } from './json-body.ts';
import { CHAT_READ } from './scopes.ts';

const PROPERTIES = [
  'changeType',
  'notificationUrl',
  'lifecycleNotificationUrl',
  'resource',
  'expirationDateTime',
  'clientState',
  'includeResourceData',
  'latestSupportedTlsVersion',
];
const HOUR = 3_600_000;
/** "Teams chatMessage: 4,320 minutes (three days)" (change-notifications-subscription-lifetime.md). */
const LONGEST = 72 * HOUR;
const MAX_CLIENT_STATE = 128;

/** What POST /subscriptions asks for, checked as far as the body alone tells. */
export interface Wanted {
  resource: string;
  threadId: string;
  teamId: string | null;
  /** Permissions of which one is needed. */
  scopes: readonly string[];
  changeTypes: ChangeType[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expiresAt: number;
}

/** @param http whether an address may be plain http (a switch of the control server) */
export function readWanted(given: JsonObject, now: number, http: boolean): Wanted {
  checkProperties(given, 'microsoft.graph.subscription', PROPERTIES);
  const resource = required(given, 'resource');
  const changeTypes = required(given, 'changeType')
    .split(',')
    .map((one) => one.trim().toLowerCase());
  for (const one of changeTypes)
    if (!CHANGE_TYPES.includes(one as ChangeType)) throw invalid(`The changeType '${one}' is not supported.`);
  const lifecycle = given.lifecycleNotificationUrl ?? null;
  const clientState = given.clientState ?? null;
  if (clientState !== null && asString(clientState, 'clientState').length > MAX_CLIENT_STATE)
    throw invalid(`The clientState property must not be longer than ${MAX_CLIENT_STATE} characters.`);
  if (given.includeResourceData === true) throw invalid('The sandbox sends notifications without resource data only.');
  return {
    ...placeOf(resource),
    resource,
    changeTypes: changeTypes as ChangeType[],
    notificationUrl: readAddress(required(given, 'notificationUrl'), 'notificationUrl', http),
    lifecycleNotificationUrl:
      lifecycle === null
        ? null
        : readAddress(asString(lifecycle, 'lifecycleNotificationUrl'), 'lifecycleNotificationUrl', http),
    clientState: clientState as string | null,
    expiresAt: readExpiry(required(given, 'expirationDateTime'), now, lifecycle !== null),
  };
}

/** At most an hour ahead, or three days where the app hears of what becomes of its subscription. */
export function readExpiry(value: unknown, now: number, hasLifecycle: boolean): number {
  const time = asTime(value, 'expirationDateTime');
  if (time <= now) throw invalid('The expirationDateTime must be in the future.');
  if (time - now > HOUR && !hasLifecycle)
    throw invalid(
      'lifecycleNotificationUrl is a required property for subscription creation on this resource when the expirationDateTime value is set to greater than 1 hour.',
    );
  if (time - now > LONGEST) throw invalid('Subscription expiration can only be 4320 minutes in the future.');
  return time;
}

export function readAddress(text: string, name: string, http: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (http && url?.protocol === 'http:')) return text;
  throw invalid(`The ${name} '${text}' must be a valid https URL.`);
}

/** Messages of one chat, or of one channel. */
function placeOf(resource: string): Pick<Wanted, 'threadId' | 'teamId' | 'scopes'> {
  const path = decodeURIComponent(resource).replace(/^\//, '');
  const chat = path.match(/^chats\/([^/?]+)\/messages$/i);
  if (chat?.[1]) return { threadId: chat[1], teamId: null, scopes: CHAT_READ };
  const channel = path.match(/^teams\/([^/?]+)\/channels\/([^/?]+)\/messages$/i);
  if (channel?.[1] && channel[2]) return { teamId: channel[1], threadId: channel[2], scopes: CHANNEL_READ };
  throw invalid(`The sandbox knows no subscriptions to '${resource}'.`);
}

function required(given: JsonObject, name: string): string {
  if (given[name] === undefined || given[name] === null)
    throw invalid(`Subscription must contain the '${name}' property and its value.`);
  return asString(given[name], name);
}
