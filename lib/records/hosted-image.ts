import { hostedContent } from '../graph/hosted-contents.ts';
import { fail } from '../model/errors.ts';
import { type HostedContent, isSound } from '../model/hosted-content.ts';
import type { ChatId } from '../model/ids.ts';
import type { ImageBytes } from '../rpc/contract/reading.ts';
import { atMost } from '../util/at-most.ts';
import { toBase64 } from '../util/base64.ts';
import { imageTypeOf } from '../util/image-type.ts';
import type { Worker } from './worker.ts';

/** Teams itself takes no more than 4 MB in a message; a little over, in case that grows. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Each counts against the chat's one read a second: what a person reads in words must not wait for many of them. */
const turn = atMost(2);

/**
 * A picture of a message in the record's chat or channel, as its bytes say what it is. Asked with the account's own token, so it is
 * only what this person may see.
 */
export async function hostedImage(
  worker: Worker,
  place: { id: ChatId; teamId: string | null },
  content: HostedContent,
): Promise<ImageBytes> {
  if (!isSound(content) || content.chatId !== place.id || content.teamId?.toLowerCase() !== place.teamId?.toLowerCase())
    throw fail('not-permitted', 'This picture is from another chat', 'Open the message in Teams to see it.');
  const bytes = await turn(() => hostedContent(worker.graph, content, MOST_BYTES));
  const type = imageTypeOf(bytes);
  if (!type)
    throw fail('not-permitted', 'This is no picture that can be shown here', 'Open the message in Teams to see it.');
  return { type, base64: toBase64(bytes) };
}
