import type { Thread } from '../tenant/channel-records.ts';
import type { MessageRecord } from '../tenant/chat-records.ts';
import type { ChangeType, SubscriptionRecord } from '../tenant/subscriptions.ts';
import { sees } from '../tenant/teams.ts';
import type { Tenant } from '../tenant/tenant.ts';

export interface Change {
  type: ChangeType;
  message: MessageRecord;
}

/** The messages that a subscription is about, as far as its maker may see them; undefined where they may not. */
export function threadOf(tenant: Tenant, subscription: Pick<SubscriptionRecord, 'threadId' | 'teamId' | 'creatorId'>) {
  const { threadId, teamId, creatorId } = subscription;
  if (!tenant.directory.byId(creatorId)) return undefined;
  if (teamId) {
    const team = tenant.teams.get(teamId);
    const channel = team?.channels.find((one) => one.id === threadId);
    return team && channel && sees(team, channel, creatorId) ? visible(channel, 0) : undefined;
  }
  const chat = tenant.chats.get(threadId);
  const member = chat?.members.find((one) => one.userId === creatorId);
  return chat && member ? visible(chat, member.historyFrom) : undefined;
}

/** What is new, changed or gone since the last look, oldest first; undefined where nothing may be seen any more. */
export function changesOf(tenant: Tenant, subscription: SubscriptionRecord): Change[] | undefined {
  const { known } = subscription;
  const changes: Change[] = [];
  const messages = threadOf(tenant, subscription);
  for (const message of messages ?? []) {
    const before = known.get(message.id);
    if (before === message.modifiedAt) continue;
    known.set(message.id, message.modifiedAt);
    const type = before === undefined ? 'created' : message.deletedAt === message.modifiedAt ? 'deleted' : 'updated';
    changes.push({ type, message });
  }
  return messages && changes.sort((a, b) => a.message.modifiedAt - b.message.modifiedAt);
}

const visible = ({ messages }: Thread, from: number) => messages.filter((message) => message.createdAt >= from);
