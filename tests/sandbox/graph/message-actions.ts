import { type Handler, Hono } from 'hono';
import { setReaction, softDeleteMessage, undoSoftDelete, unsetReaction } from '../tenant/messages.ts';
import { openMessage } from './chat-access.ts';
import type { Deps, GraphContext, GraphEnv } from './env.ts';
import { badRequest, forbidden, GraphError } from './graph-error.ts';
import { asString, checkProperties, readBody } from './json-body.ts';
import { readQuery } from './query.ts';
import { needScope } from './scopes.ts';

/**
 * softDelete, undoSoftDelete, setReaction and unsetReaction (chatmessage-softdelete.md, chatmessage-setreaction.md). They
 * live under /users/{me}/chats (or /me/chats); at /chats the reactions are documented too, the others are a 405.
 */
export function createMessageActions(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const now = () => deps.clock.now();

  action('softDelete', (c) => softDeleteMessage(ownMessage(c), now()));
  action('undoSoftDelete', (c) => undoSoftDelete(ownMessage(c), now()));
  action('setReaction', async (c) => setReaction(reactable(c), now(), c.get('me').id, await readReaction(c)));
  action('unsetReaction', async (c) => unsetReaction(reactable(c), now(), c.get('me').id, await readReaction(c)));

  function action(name: string, act: (c: GraphContext) => void | Promise<void>): void {
    const handler: Handler<GraphEnv> = async (c) => {
      readQuery(c, []);
      await act(c);
      return c.body(null, 204);
    };
    app.post(`/users/:user/chats/:chat/messages/:message/${name}`, handler);
    app.post(`/me/chats/:chat/messages/:message/${name}`, handler);
    if (name.endsWith('Reaction')) app.post(`/chats/:chat/messages/:message/${name}`, handler);
    app.post(`/chats/:chat/messages/:message/${name}`, () => {
      throw new GraphError(
        405,
        'MethodNotAllowed',
        `The action '${name}' is not allowed at /chats; use /users/{id}/chats.`,
      );
    });
  }

  function ownMessage(c: GraphContext) {
    needScope(c, 'Chat.ReadWrite');
    const { message } = openMessage(c, deps);
    if (message.fromUserId !== c.get('me').id) throw forbidden('Only the sender can delete a message.');
    return message;
  }

  function reactable(c: GraphContext) {
    needScope(c, 'ChatMessage.Send', 'Chat.ReadWrite');
    const { message } = openMessage(c, deps);
    if (message.event || message.deletedAt !== null) throw badRequest('Nobody can react to this message.');
    return message;
  }

  return app;
}

export async function readReaction(c: GraphContext): Promise<string> {
  const given = await readBody(c);
  checkProperties(given, 'microsoft.graph.chatMessage', ['reactionType']);
  const type = asString(given.reactionType, 'reactionType');
  if (!isReaction(type)) throw badRequest(`Invalid reaction type '${type}'.`);
  return type;
}

/** One emoji, or one of the six names that came before them (resources/chatmessagereaction.md). */
function isReaction(type: string): boolean {
  if (['like', 'angry', 'sad', 'laugh', 'heart', 'surprised'].includes(type)) return true;
  const [first, ...more] = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(type)];
  return (
    more.length === 0 && first !== undefined && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(type)
  );
}
