import * as v from 'valibot';
import { type AppFailure, fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import type { Graph } from './client.ts';
import { GraphRefusal } from './errors.ts';
import { parsed, segment } from './pages.ts';

export interface Subscription {
  id: string;
  /** When Graph ends it, milliseconds since 1970. */
  until: number;
}

/**
 * Has Graph tell an address of each message of a chat that comes, changes or goes, without its content. Only one an app
 * and chat: 409, or 403 "has reached its limit", where a colleague has it. Takes Chat.Read.
 * Docs: api/subscription-post-subscriptions, concepts/teams-changenotifications-chatmessage.
 */
export function subscribe(
  graph: Graph,
  chatId: ChatId,
  { url, state, until }: { url: string; state: string; until: number },
): Promise<Subscription> {
  const body = {
    changeType: 'created,updated,deleted',
    notificationUrl: url,
    lifecycleNotificationUrl: url,
    resource: `/chats/${segment(chatId)}/messages`,
    expirationDateTime: new Date(until).toISOString(),
    clientState: state,
  };
  return graph.post('/subscriptions', body, toSubscription).catch((caught) => {
    throw refusedBecause(caught) ?? caught;
  });
}

/** Both answers to a second one were seen; a site that does not answer is a 400 of the validation. */
function refusedBecause(caught: unknown): AppFailure | null {
  if (!(caught instanceof GraphRefusal)) return null;
  const { status, said } = caught;
  if (status === 409 || (status === 403 && /reached its limit/i.test(said)))
    return fail('push-taken', 'A colleague’s Deskside keeps this chat’s bell', 'It rings here as well.');
  if (status === 400 && /validation/i.test(said))
    return fail(
      'push-unreachable',
      'Microsoft does not reach your ERPNext',
      'It has to be reachable from the internet over https, and its script has to answer. New messages come as you work, as before.',
      { detail: caught.error.detail ?? '' },
    );
  return null;
}

/** Renews it, and with it the right to it. `not-found` where Graph ended it. Docs: api/subscription-update. */
export function renew(graph: Graph, id: string, until: number): Promise<Subscription> {
  const body = { expirationDateTime: new Date(until).toISOString() };
  return graph.patch(`/subscriptions/${segment(id)}`, body, toSubscription);
}

/** Docs: api/subscription-delete. */
export function unsubscribe(graph: Graph, id: string): Promise<void> {
  return graph.remove(`/subscriptions/${segment(id)}`);
}

function toSubscription(data: unknown): Subscription {
  const { id, expirationDateTime } = parsed(Shape, data);
  return { id, until: Date.parse(expirationDateTime) };
}

const Shape = v.object({ id: v.pipe(v.string(), v.minLength(1)), expirationDateTime: v.string() });
