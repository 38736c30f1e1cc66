import type { LifecycleOrder } from '../../tests/sandbox/control-push.ts';
import type { PushSwitches } from '../../tests/sandbox/graph/push.ts';

/** A subscription to messages as GET /state tells it; people by e-mail. */
export interface SandboxSubscription {
  id: string;
  resource: string;
  /** Of the chat or channel. */
  threadId: string;
  creator: string;
  changeTypes: string[];
  notificationUrl: string;
  lifecycleNotificationUrl: string | null;
  clientState: string | null;
  expirationDateTime: string;
  /** It was asked to authorise again and has not. */
  challenged: boolean;
}

/** Graph's side of change notifications. */
export interface PushControl {
  /** Where notifications may go, how a second subscription is answered, whether anything is delivered. */
  push(switches: PushSwitches): Promise<void>;
  /** Sends a lifecycle notification; `subscriptionRemoved` ends the subscription, too. */
  lifecycle(order: LifecycleOrder): Promise<void>;
}

/** @param tell sends one call to the control server */
export function pushControl(tell: (method: string, path: string, body?: unknown) => Promise<void>): PushControl {
  return {
    push: (switches) => tell('POST', '/push', switches),
    lifecycle: (order) => tell('POST', '/lifecycle', order),
  };
}
