import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import type { JsonObject } from './json-body.ts';
import { type Content, readContent } from './message-content.ts';

/** What Graph gives with a message and takes back in a PATCH without looking at it (chatmessage-update.md, example 2). */
const READ_ONLY = ['from', 'reactions', 'messageHistory', 'deletedDateTime'];

/**
 * What a PATCH leaves of a message: "specifying the properties that need to be changed", so that all others stay. What
 * then stands there must hold together like a new message: whoever takes a mention out of the text takes it out of
 * `mentions` too. Images that were there stay.
 */
export function readChange(given: JsonObject, message: MessageRecord, chat?: ChatRecord): Content {
  const changes = Object.fromEntries(Object.entries(given).filter(([name]) => !READ_ONLY.includes(name)));
  const content = readContent(
    {
      body: { contentType: message.contentType, content: message.content },
      mentions: message.mentions,
      attachments: message.attachments,
      importance: message.importance,
      subject: message.subject,
      ...changes,
    },
    chat,
  );
  const hosted = [...message.hosted, ...content.hosted];
  // What was not sent anew is not rewritten anew.
  return given.body === undefined ? { ...content, hosted, content: message.content } : { ...content, hosted };
}
