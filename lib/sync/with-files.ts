import type { MessageContent } from '../model/message.ts';
import type { OutboxRow, SendRow } from '../storage/schema.ts';

/** What is sent of a row: what was written, and the files that lie in OneDrive by now, each named in the text. */
export function withFiles({ content, files = [] }: Pick<SendRow, 'content' | 'files'>): MessageContent {
  const attachments = files.flatMap(({ attachment }) => attachment ?? []);
  if (!attachments.length) return content;
  const tags = attachments.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
  return { ...content, html: content.html + tags, attachments: [...content.attachments, ...attachments] };
}

/** Not to be sent yet: a file is still on its way to OneDrive. */
export function waitsForFiles(row: OutboxRow): row is SendRow {
  return !row.act && (row.files ?? []).some(({ attachment }) => !attachment);
}
