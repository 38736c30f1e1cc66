import type { MessageContent } from '../../lib/model/message.ts';
import { plainContent } from '../../lib/model/message.ts';
import { shifted, type Writing, type WrittenImage } from '../../lib/model/writing.ts';
import { escapeInline } from '../../lib/util/escape.ts';
import { formatMessage } from '../../lib/util/html.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
/** As wide as Teams shows a picture in a chat; it opens in full. */
const WIDEST = 600;

/** What is sent of what was written. @param bytesOf a picture's bytes in base64 */
export function contentOf(writing: Writing, bytesOf: (image: WrittenImage) => string): MessageContent {
  const text = writing.text.trim();
  const spots = shifted(writing.mentions, -writing.text.indexOf(text));
  const cards = writing.cards.map(({ id }) => `<attachment id="${escapeInline(id)}"></attachment>`);
  const html = formatMessage(text, spots) + writing.images.map(imageHtml).join('') + cards.join('');
  return {
    ...plainContent(html),
    importance: writing.importance,
    mentions: spots.flatMap(({ name, userId }, id) => (html.includes(`<at id="${id}">`) ? { id, name, userId } : [])),
    attachments: writing.cards.map(({ id, content }) => ({ id, contentType: CARD, content })),
    images: writing.images.map((image, i) => ({
      id: String(i + 1),
      contentType: image.contentType,
      bytes: bytesOf(image),
    })),
  };
}

/** Docs: api/chatmessage-post, "Send inline images along with the message". */
function imageHtml({ alt, width, height }: WrittenImage, i: number): string {
  const scale = Math.min(1, WIDEST / width);
  const size = `width="${Math.round(width * scale)}" height="${Math.max(1, Math.round(height * scale))}"`;
  return `<p><img src="../hostedContents/${i + 1}/$value" alt="${escapeInline(alt)}" ${size}></p>`;
}
