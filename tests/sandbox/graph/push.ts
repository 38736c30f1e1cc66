import type { Clock } from '../shell.ts';
import type { ChangeType, SubscriptionRecord } from '../tenant/subscriptions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Change, changesOf } from './changes.ts';
import { createPost, type Post } from './notification-post.ts';

/** What POST /push of the control server can change. */
export interface PushSwitches {
  /** Addresses may be plain http, as the sandbox's ERPNext sites are. Graph wants https, and so does this unless told. */
  http?: boolean;
  /** Where a public address really lies, by origin: `{"https://erp.contoso.test": "http://127.0.0.1:8015"}`. */
  hosts?: Record<string, string>;
  /** What a second subscription to the same messages is answered: both were seen in the wild. */
  duplicates?: 403 | 409;
  /** Nothing is delivered, as when Graph falls silent; what happens meanwhile is lost. */
  silent?: boolean;
}

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed';

export type Push = ReturnType<typeof createPush>;

const USUAL = { http: false, hosts: {} as Record<string, string>, duplicates: 409 as 403 | 409, silent: false };
/** Undelivered notifications are tried again, and those of a subscription without a good token kept, for so long. */
const PATIENCE = 4 * 3_600_000;

export interface PushParts {
  tenant: Tenant;
  clock: Clock;
  post?: Post | undefined;
  /** What a reset comes back to. */
  initial?: PushSwitches | undefined;
}

/**
 * Change notifications of Graph (change-notifications-delivery-webhooks.md, …-lifecycle-events.md). Changes are found by
 * looking at subscribed chats after each call that may have changed one, so nobody else has to tell of them.
 */
export function createPush({ tenant, clock, post, initial }: PushParts) {
  const first = { ...USUAL, ...initial };
  const switches = { ...first };
  const send = post ?? createPost();
  const held: { subscription: SubscriptionRecord; item: object; at: number }[] = [];

  const target = (url: string): string => {
    const { origin } = new URL(url);
    return switches.hosts[origin] ? switches.hosts[origin] + url.slice(origin.length) : url;
  };
  const common = (subscription: SubscriptionRecord) => ({
    subscriptionId: subscription.id,
    subscriptionExpirationDateTime: new Date(subscription.expiresAt).toISOString(),
    tenantId: subscription.tenantId,
    clientState: subscription.clientState,
  });
  const deliver = (url: string, item: object) => {
    if (!switches.silent) send(target(url), { value: [item] });
  };
  const sleeps = (one: SubscriptionRecord) => one.challenged || one.authorizedUntil <= clock.now();

  function tell(subscription: SubscriptionRecord, change: Change): void {
    const item = { ...common(subscription), ...shapeChange(subscription, change) };
    if (sleeps(subscription)) held.push({ subscription, item, at: clock.now() });
    else deliver(subscription.notificationUrl, item);
  }

  function lifecycle(subscription: SubscriptionRecord, lifecycleEvent: LifecycleEvent): void {
    if (lifecycleEvent === 'reauthorizationRequired') subscription.challenged = true;
    if (lifecycleEvent === 'subscriptionRemoved') tenant.subscriptions.remove(subscription.id);
    const url = subscription.lifecycleNotificationUrl;
    if (url) deliver(url, { ...common(subscription), lifecycleEvent });
  }

  return {
    switches,
    target,
    lifecycle,
    set(given: PushSwitches): void {
      for (const name of Object.keys(given))
        if (!(name in USUAL)) throw new Error(`No switch "${name}"; there are ${Object.keys(USUAL).join(', ')}.`);
      Object.assign(switches, given);
    },
    /** Finds what has changed since the last look and tells those who asked for it. */
    scan(): void {
      for (const subscription of tenant.subscriptions.live(clock.now())) {
        const found = changesOf(tenant, subscription);
        // Whoever may no longer read is told no more (the chat was left, the account is gone).
        if (!found) lifecycle(subscription, 'subscriptionRemoved');
        for (const change of found ?? [])
          if (subscription.changeTypes.includes(change.type)) tell(subscription, change);
      }
    },
    /** After a renewal or `reauthorize`: what was held back goes out. */
    awake(subscription: SubscriptionRecord): void {
      subscription.challenged = false;
      for (const one of held.splice(0)) {
        if (one.subscription !== subscription) held.push(one);
        else if (clock.now() - one.at < PATIENCE) deliver(subscription.notificationUrl, one.item);
      }
    },
    reset(): void {
      Object.assign(switches, first);
      held.length = 0;
      send.stop();
    },
  };
}

/** A change without content, by its address alone (teams-changenotifications-chatmessage.md, "without resource data"). */
function shapeChange(subscription: SubscriptionRecord, { type, message }: Change) {
  const thread = subscription.teamId
    ? `teams('${subscription.teamId}')/channels('${subscription.threadId}')`
    : `chats('${subscription.threadId}')`;
  const place = message.replyToId
    ? `messages('${message.replyToId}')/replies('${message.id}')`
    : `messages('${message.id}')`;
  const resource = `${thread}/${place}`;
  const changeType: ChangeType = type;
  const resourceData = { id: message.id, '@odata.type': '#Microsoft.Graph.chatMessage', '@odata.id': resource };
  return { changeType, resource, resourceData };
}
