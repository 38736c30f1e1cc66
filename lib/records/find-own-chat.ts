import { bearsMarker, type Chat } from '../model/chat.ts';
import type { ChatId } from '../model/ids.ts';
import type { Creation, CreationWorld } from './creation.ts';

/** Microsoft's clock and ERPNext's need not agree to the second. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

export function mayBeOurs(chat: Chat, state: Creation): boolean {
  return chat.topic === state.topic && Date.parse(chat.createdAt) >= state.createBegunAt - CLOCKS_DIFFER_MS;
}

/** The oldest group chat that bears the record's marker, that fits, and that no other record names. */
export async function findChat(
  state: Creation,
  world: CreationWorld,
  fits: (chat: Chat) => boolean,
): Promise<ChatId | null> {
  const candidates: Chat[] = [];
  for await (const chat of world.chats())
    if (chat.kind === 'group' && bearsMarker(chat.topic, state.recordName) && fits(chat)) candidates.push(chat);
  if (candidates.length === 0) return null;
  const taken = await world.linkedElsewhere(candidates.map((c) => c.id));
  const free = candidates.filter((c) => !taken.has(c.id)).sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return free[0]?.id ?? null;
}
