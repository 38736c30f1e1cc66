import type { Account } from '../auth/account.ts';
import type {
  ArchiveAccount,
  ArchiveView,
  Conversation,
  ConversationId,
  LatestMessage,
} from '../rpc/contract/archive.ts';
import { unreadOf } from '../storage/unread.ts';
import { foldText } from '../util/fold-text.ts';
import { conversationsOf, nameOf, type StoredConversation } from './conversations.ts';
import { canRead, type Worker } from './worker.ts';

/** Of the newest message so much is shown (UTF-16 units). */
const LENGTH = 140;

/** Who is signed in, and what is stored of whom, the latest first. From the disk alone. */
export async function archiveView(worker: Worker): Promise<ArchiveView> {
  const known = (await worker.accounts.known()).map(({ account }) => account);
  const conversations: Conversation[] = [];
  for (const account of known)
    for (const one of await conversationsOf(worker.store, account)) conversations.push(viewOf(one, account));
  return {
    accounts: await Promise.all(known.map((account) => accountView(worker.as(account.id), account))),
    conversations: conversations.sort((a, b) => timeOf(b) - timeOf(a)),
    settings: await worker.settings(),
    problem: worker.store.problem,
  };
}

/** The newest stored message of each. */
export async function latestOf({ store, accounts }: Worker, of: readonly ConversationId[]): Promise<LatestMessage[]> {
  const known = new Set((await accounts.known()).map(({ account }) => account.id));
  const found: LatestMessage[] = [];
  for (const { account, chatId } of of) {
    if (!known.has(account)) continue;
    const [message, row] = [await store.messages.newest(account, chatId), await store.chats.get(account, chatId)];
    if (!message || message.event || message.deletedAt) continue;
    const own = !!row?.me && message.from?.userId === row.me;
    const words = foldText(message.html) || message.attachments.find(({ name }) => name)?.name || '';
    found.push({ account, chatId, from: message.from?.name ?? null, own, text: words.slice(0, LENGTH) });
  }
  return found;
}

async function accountView(own: Worker, { id, name, username, userId, tenantId }: Account): Promise<ArchiveAccount> {
  const reads = await canRead(own);
  // Making the link takes Microsoft's whole client, and nobody is kept waiting for what is not shown.
  const consentUrl = reads ? '' : await own.auth.adminConsentUrl('reading');
  return { id, name, email: username, me: userId, canRead: reads, consentUrl, tenant: tenantId };
}

function viewOf({ row, teamId, records }: StoredConversation, account: Account): Conversation {
  return {
    account: account.id,
    chatId: row.chatId,
    name: nameOf(row),
    records,
    members: row.members,
    channel: teamId ? { teamId } : null,
    webUrl: row.webUrl,
    newestAt: row.newestAt,
    unread: row.muted ? 0 : unreadOf(row),
    since: row.complete ? null : (row.oldest?.createdAt ?? null),
  };
}

function timeOf({ newestAt }: Conversation): number {
  return newestAt ? Date.parse(newestAt) : 0;
}
