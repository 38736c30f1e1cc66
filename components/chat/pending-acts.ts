import type { MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { afterAct, type PendingAct } from '../../lib/model/message-act.ts';

/**
 * The messages as they will be once everything that waits is done: what was refused is left out, so that it is put back.
 * Those with nothing waiting stay the same objects.
 * @param at ISO time
 */
export function withActs(messages: Message[], acts: readonly PendingAct[], me: UserId, at: string): Message[] {
  const waiting = actsByMessage(acts.filter(({ state }) => state !== 'failed'));
  if (!waiting.size) return messages;
  return messages.map((message) =>
    (waiting.get(message.id) ?? []).reduce((before, { act }) => versioned(afterAct(before, act, me, at), act), message),
  );
}

export function actsByMessage(acts: readonly PendingAct[]): ReadonlyMap<MessageId, PendingAct[]> {
  return Map.groupBy(acts, ({ act }) => act.id);
}

/** Its text is drawn anew only with another etag. */
function versioned(message: Message, act: PendingAct['act']): Message {
  return act.kind === 'edit' ? { ...message, etag: `${message.etag} ${act.content.html}` } : message;
}
