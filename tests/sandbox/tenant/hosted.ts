import { randomUUID } from 'node:crypto';
import type { MessageRecord } from './chat-records.ts';

/** A hosted content's id as Teams makes them: base64 of where its bytes lie, and no word that a client may rely on. `newId` makes GUIDs. */
export function hostedId(newId: () => string = randomUUID): string {
  const object = `0-weu-d1-${newId().replaceAll('-', '')}`;
  const place = `id=x_${object},type=1,url=https://eu-api.asm.skype.com/v1/objects/${object}/views/imgo`;
  return Buffer.from(place).toString('base64url');
}

/** @param at the message's own URL, or `..` as long as it has none */
export const hostedUrl = (at: string, id: string): string => `${at}/hostedContents/${id}/$value`;

/**
 * Makes the URLs of a new message's images absolute, in its HTML and in its cards (chatmessage-post.md, examples 5 and 6).
 * @param at the message's own URL
 */
export function settleHosted(message: MessageRecord, at: string): void {
  const absolute = (text: string) =>
    message.hosted.reduce((done, { id }) => done.replaceAll(hostedUrl('..', id), hostedUrl(at, id)), text);
  message.content = absolute(message.content);
  for (const attachment of message.attachments as { content?: unknown }[]) {
    if (typeof attachment.content === 'string') attachment.content = absolute(attachment.content);
  }
}
