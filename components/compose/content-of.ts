import { type MessageContent, plainContent } from '../../lib/model/message.ts';
import { shifted, type Writing } from '../../lib/model/writing.ts';
import { formatMessage } from '../../lib/util/html.ts';

/** What is sent of what was written. */
export function contentOf(writing: Writing): MessageContent {
  const text = writing.text.trim();
  const spots = shifted(writing.mentions, -writing.text.indexOf(text));
  const html = formatMessage(text, spots);
  return {
    ...plainContent(html),
    importance: writing.importance,
    mentions: spots.flatMap(({ name, userId }, id) => (html.includes(`<at id="${id}">`) ? { id, name, userId } : [])),
  };
}
