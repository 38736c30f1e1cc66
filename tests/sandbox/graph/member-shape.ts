import type { ChatRecord, MemberRecord } from '../tenant/chat-records.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { iso } from './chat-shape.ts';

/** A chat's member (resources/aaduserconversationmember.md). */
export function shapeMember(tenant: Tenant, member: MemberRecord): Record<string, unknown> {
  const user = tenant.directory.byId(member.userId);
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: member.membershipId,
    roles: [member.role],
    displayName: user?.displayName ?? null,
    visibleHistoryStartDateTime: member.historyFrom === 0 ? '0001-01-01T00:00:00Z' : iso(member.historyFrom),
    userId: member.userId,
    email: user?.mail ?? null,
    tenantId: user?.tenantId ?? null,
  };
}

export const shapeMembers = (tenant: Tenant, chat: ChatRecord) => chat.members.map((m) => shapeMember(tenant, m));
