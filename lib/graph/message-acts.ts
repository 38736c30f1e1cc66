import type { MessageId, UserId } from '../model/ids.ts';
import type { Message, MessagePlace } from '../model/message.ts';
import type { MessageAct } from '../model/message-act.ts';
import type { Graph } from './client.ts';
import { PREFER, toPosted } from './messages.ts';
import { segment } from './pages.ts';
import { toMessage } from './transform.ts';

/** One message as it stands now. Docs: api/chatmessage-get. */
export async function getMessage(graph: Graph, place: MessagePlace, id: MessageId): Promise<Message> {
  return toMessage(await graph.get(pathOf(place, id), { headers: PREFER }));
}

/**
 * Changes a message of one's own, or reacts to any. Editing and deleting need Chat.ReadWrite, reacting ChatMessage.Send.
 * Whoever reacts twice has reacted once; a lost answer to the others is `outcome-unknown`, settled by `getMessage`.
 * Docs: api/chatmessage-update, -softdelete, -undosoftdelete, -setreaction, -unsetreaction.
 */
export async function changeMessage(graph: Graph, place: MessagePlace, act: MessageAct, me: UserId): Promise<void> {
  const path = pathOf(place, act.id);
  if (act.kind === 'edit') return graph.patch(path, toPosted(act.content), () => {}, { safe: false });
  const [name, body] = act.kind === 'react' ? reaction(act) : [ACTIONS[act.kind], undefined];
  await graph.post(`${place.channel ? '' : `/users/${segment(me)}`}${path}/${name}`, body, () => {}, {
    safe: act.kind === 'react',
  });
}

const ACTIONS = { delete: 'softDelete', restore: 'undoSoftDelete' };

function reaction({ on, reaction }: Extract<MessageAct, { kind: 'react' }>): [string, object] {
  return [on ? 'setReaction' : 'unsetReaction', { reactionType: reaction }];
}

function pathOf({ chatId, channel }: MessagePlace, id: MessageId): string {
  if (!channel) return `/chats/${segment(chatId)}/messages/${segment(id)}`;
  const { teamId, channelId, threadId } = channel;
  const messages = `/teams/${segment(teamId)}/channels/${segment(channelId)}/messages`;
  return threadId && threadId !== id
    ? `${messages}/${segment(threadId)}/replies/${segment(id)}`
    : `${messages}/${segment(id)}`;
}
