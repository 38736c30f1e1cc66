import type { Account } from '../auth/account.ts';
import { listChats } from '../graph/chats.ts';
import type { Chat } from '../model/chat.ts';
import { parseRecordKey } from '../model/record.ts';
import type { FoundChat } from '../rpc/contract.ts';
import type { LinkRow } from '../storage/schema.ts';
import { canRead, type Worker } from './worker.ts';

/** Two hundred chats are searched: four calls at most, and none while the person types on. */
const MOST_CHATS = 200;
const MOST_FOUND = 20;
const FRESH_MS = 60_000;
let last: { account: string; at: number; chats: Chat[] } | null = null;

/**
 * The person's own group and meeting chats in which each of these words is part of the topic or of a member's name or
 * address; those written in last come first where reading is allowed, and before them those
 * whose record is gone. Nothing of them is stored.
 */
export async function findChats(worker: Worker, account: Account, text: string): Promise<FoundChat[]> {
  const now = worker.clock.now();
  if (last?.account !== account.id || now - last.at > FRESH_MS) {
    const chats: Chat[] = [];
    let seen = 0;
    for await (const chat of listChats(worker.graph, { previews: await canRead(worker) })) {
      if (chat.kind !== 'oneOnOne') chats.push(chat);
      if (++seen === MOST_CHATS) break;
    }
    last = { account: account.id, at: now, chats };
  }
  const words = folded(text).split(/\s+/).filter(Boolean);
  const links = await worker.store.links.list(account.id);
  const found = last.chats
    .filter((chat) => words.every((word) => textOf(chat).includes(word)))
    .map((chat) => ({ ...chat, of: links.filter((link) => link.chatId === chat.id).map(toOwner) }));
  // A chat whose record is gone is what a person looks for here first.
  const waits = (chat: FoundChat) => chat.of.length > 0 && chat.of.every(({ gone }) => gone);
  return found.sort((a, b) => Number(waits(b)) - Number(waits(a))).slice(0, MOST_FOUND);
}

function toOwner({ recordKey: key, goneAt }: LinkRow): FoundChat['of'][number] {
  const { doctype, name } = parseRecordKey(key);
  return { key, doctype, name, gone: goneAt !== undefined };
}

function textOf({ topic, members }: Chat): string {
  return folded([topic ?? '', ...members.map((m) => `${m.displayName} ${m.email ?? ''}`)].join(' '));
}

/** Without case and accents: people type names as they come. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
