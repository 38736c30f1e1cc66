import type { ChatId } from '../model/ids.ts';
import { byArrival } from '../model/record-comment.ts';
import { firstOfEach, say } from './comment-link.ts';
import { COMMENT } from './comment-place.ts';
import type { Creation, CreationWorld } from './creation.ts';
import type { Standing } from './place.ts';

/**
 * The chat that the record has without us, or that ours has to give way to, now that ours is made; null where ours is
 * to be it. Comments can be forged: a chat that its topic and members do not bear out turns nobody away, nor does one
 * that cannot be seen, unless it was there before our own.
 */
export async function realChat(state: Creation, standing: Standing, world: CreationWorld): Promise<ChatId | null> {
  if (standing.field.kind === 'chat') return standing.field.chatId;
  const [own] = standing.own;
  for (const link of firstOfEach(standing.links)) {
    if (link.says.chatId === state.chatId) return state.chatId;
    const before = state.place === 'comment' && !!own && byArrival(link.comment, own) < 0;
    // Once both stand there, the earlier one is the record's.
    if (state.linkBegun && state.place === 'comment' && !before) continue;
    const belief = await world.believes(link);
    if (belief === 'yes' || (belief === 'unseen' && before)) return link.says.chatId;
  }
  return null;
}

/** The record's chat, now that ours has stood in a comment for a while; where it is another, ours points to it. */
export async function verified(state: Creation, world: CreationWorld): Promise<ChatId> {
  const standing = await COMMENT.look(state, world);
  const ours = state.chatId!;
  const real = await realChat(state, standing, world);
  if (real === ours && standing.field.kind === 'chat') {
    const { url, topic } = await world.linkText(ours);
    await COMMENT.withdraw(state, standing, world, say.moved(url, topic));
  } else if (real && real !== ours) {
    await world.retire(ours, real, standing.record);
    await COMMENT.withdraw(state, standing, world, say.overtaken);
  }
  // An edit that was held back on its way has put our claim over our link.
  else if (!real && standing.mine) await COMMENT.link(state, standing, world, ours);
  return real ?? ours;
}
