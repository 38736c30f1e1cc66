import { type AppError, fail } from './errors.ts';
import type { MessageContent } from './message.ts';

/** Teams takes "about 28 KB" a message; the smaller reading of that. Source: Teams limits, "Message size". */
export const MESSAGE_BYTES = 28_000;
/** Graph takes 4 MB a call, images in base64 included. */
const CALL_BYTES = 4_000_000;
/** What is left of that for the bytes of pictures, which base64 makes a third longer. */
export const IMAGES_BYTES = Math.floor(((CALL_BYTES - MESSAGE_BYTES) * 3) / 4) - 1_000;
/** More than a person looks at; each costs its base64's padding and its tag. */
export const MOST_IMAGES = 10;

/** Bytes that Teams counts: the text with its tags, and mentions, files and cards beside it. Images lie elsewhere. */
export function messageBytes({ html, subject = '', mentions, attachments }: MessageContent): number {
  return (
    utf8(html) +
    utf8(subject) +
    [...mentions, ...attachments].reduce((sum, part) => sum + utf8(JSON.stringify(part)), 0)
  );
}

/** About what files take in a message once they are uploaded: each is named twice, and its address is in percent signs. */
export function filesBytes(files: readonly { name: string }[]): number {
  return files.reduce((sum, { name }) => sum + 500 + 4 * utf8(name), 0);
}

/** Why Teams would not take this, said before anything is sent; null where it takes it. */
export function sizeProblem(content: MessageContent): AppError | null {
  const bytes = messageBytes(content);
  if (bytes > MESSAGE_BYTES)
    return fail(
      'too-long',
      'This message is too long for Teams',
      'Teams takes about 28 KB, formatting included. Shorten it or send it in parts.',
    ).error;
  const pictures = content.images.reduce((sum, { bytes: base64 }) => sum + base64.length, 0);
  if (bytes + pictures <= CALL_BYTES) return null;
  return fail(
    'too-long',
    'These pictures are too large for one message',
    'Teams takes about 4 MB at once. Send them in several messages, or make them smaller.',
  ).error;
}

const encoder = new TextEncoder();

function utf8(text: string): number {
  return encoder.encode(text).length;
}
