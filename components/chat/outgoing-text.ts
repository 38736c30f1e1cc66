import type { MessageContent, OutgoingMessage } from '../../lib/model/message.ts';
import type { Writing } from '../../lib/model/writing.ts';
import { contentOf } from '../compose/content-of.ts';
import { writingOf } from '../compose/writing-of.ts';

/** Where what goes along is named, behind the text, as content-of.ts writes it; in the text itself "<" is escaped. */
const BESIDE = /(<p><img src="\.\.\/hostedContents\/|<attachment id=).*$/s;

/** The text of what is being sent without what goes along, and the pictures' words in their order. */
export function splitContent(html: string): { text: string; beside: string; alts: string[] } {
  const beside = BESIDE.exec(html)?.[0] ?? '';
  const text = html.slice(0, html.length - beside.length);
  const images = new DOMParser().parseFromString(beside, 'text/html').querySelectorAll('img');
  return { text, beside, alts: [...images].map((image) => image.alt) };
}

/** The text of a message on its way as it is written in the composer; null where it cannot be. What goes along stays. */
export function writingOfOutgoing({
  content,
}: OutgoingMessage): Pick<Writing, 'text' | 'mentions' | 'importance'> | null {
  const { mentions, importance } = content;
  return writingOf({ html: splitContent(content.html).text, attachments: [], mentions, importance })?.writing ?? null;
}

/** The same message with another text. */
export function rewritten({ content }: OutgoingMessage, writing: Writing): MessageContent {
  const made = contentOf(writing, () => '');
  const { attachments, images, subject } = content;
  const html = made.html + splitContent(content.html).beside;
  return { ...made, html, attachments, images, ...(subject === undefined ? {} : { subject }) };
}
