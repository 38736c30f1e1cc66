import { type Context, type Handler, Hono } from 'hono';
import type { MessageRecord } from '../tenant/chat-records.ts';
import { settleHosted } from '../tenant/hosted.ts';
import {
  createMessage,
  editMessage,
  setReaction,
  softDeleteMessage,
  undoSoftDelete,
  unsetReaction,
} from '../tenant/messages.ts';
import type { Place } from './channel-messages.ts';
import { channelContext, shapeChannelMessage } from './channel-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { badRequest, forbidden } from './graph-error.ts';
import { readBody } from './json-body.ts';
import { readReaction } from './message-actions.ts';
import { readContent } from './message-content.ts';
import { checkFiles } from './message-files.ts';
import { readChange } from './message-patch.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';
import { CHANNEL, openChannel, openPost } from './team-access.ts';

/** A post and, one level below it, a reply. */
const MESSAGES = [`${CHANNEL}/messages/:message`, `${CHANNEL}/messages/:message/replies/:reply`];

/**
 * Posting and replying (channel-post-messages.md, chatmessage-post-replies.md: anybody may consent), changing and
 * deleting one's own (chatmessage-update.md, chatmessage-softdelete.md: an administrator must), reactions.
 */
export function createChannelWrite(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const now = () => deps.clock.now();

  app.post(`${CHANNEL}/messages`, async (c) => {
    needScope(c, 'ChannelMessage.Send');
    readQuery(c, []);
    return post(c, openChannel(c, deps), null);
  });
  app.post(`${CHANNEL}/messages/:message/replies`, async (c) => {
    needScope(c, 'ChannelMessage.Send');
    readQuery(c, []);
    const { message, ...place } = openPost(c, deps);
    return post(c, place, message.id);
  });

  async function post(c: GraphContext, { team, channel }: Place, replyToId: string | null): Promise<Response> {
    const content = readContent(await readBody(c));
    // Not documented; in Teams nobody can write there.
    if (channel.isArchived) throw forbidden('The channel is archived.');
    if (replyToId !== null && content.subject) throw badRequest('Replies cannot have a subject.');
    checkFiles(deps.tenant, content.attachments);
    const message = createMessage(channel, now(), { ...content, fromUserId: c.get('me').id, replyToId });
    settleHosted(message, urlOf({ team, channel }, message));
    const path = replyToId === null ? '/messages' : `/messages('${replyToId}')/replies`;
    c.header('Location', `/teams('${team.id}')/channels('${channel.id}')${path}('${message.id}')`);
    const context = channelContext(team, channel, `${path}/$entity`);
    return c.json(
      { '@odata.context': context, ...shapeChannelMessage(c, deps.tenant, { team, channel }, message) },
      201,
    );
  }

  for (const path of MESSAGES) {
    app.patch(path, async (c) => {
      const { message, ...place } = own(c);
      if (message.deletedAt !== null) throw badRequest('The message was deleted.');
      const change = readChange(await readBody(c), message);
      checkFiles(deps.tenant, change.attachments);
      editMessage(message, now(), change);
      settleHosted(message, urlOf(place, message));
      return c.body(null, 204);
    });
    action(path, 'softDelete', (c) => softDeleteMessage(own(c).message, now()));
    action(path, 'undoSoftDelete', (c) => undoSoftDelete(own(c).message, now()));
    action(path, 'setReaction', async (c) => setReaction(reactable(c), now(), c.get('me').id, await readReaction(c)));
    action(path, 'unsetReaction', async (c) =>
      unsetReaction(reactable(c), now(), c.get('me').id, await readReaction(c)),
    );
  }

  function action(path: string, name: string, act: (c: Context<GraphEnv>) => void | Promise<void>): void {
    const handler: Handler<GraphEnv> = async (c) => {
      await act(c);
      return c.body(null, 204);
    };
    app.post(`${path}/${name}`, handler);
  }

  function own(c: GraphContext): Place & { message: MessageRecord } {
    needScope(c, 'ChannelMessage.ReadWrite');
    readQuery(c, []);
    const post = openPost(c, deps);
    if (post.message.fromUserId !== c.get('me').id) throw forbidden('Only the sender can change or delete a message.');
    return post;
  }

  function reactable(c: GraphContext): MessageRecord {
    needScope(c, 'ChannelMessage.Send');
    readQuery(c, []);
    const { message } = openPost(c, deps);
    if (message.event || message.deletedAt !== null) throw badRequest('Nobody can react to this message.');
    return message;
  }

  return app;
}

function urlOf({ team, channel }: Place, { id, replyToId }: MessageRecord): string {
  const messages = `${GRAPH}/teams/${team.id}/channels/${channel.id}/messages`;
  return replyToId ? `${messages}/${replyToId}/replies/${id}` : `${messages}/${id}`;
}
