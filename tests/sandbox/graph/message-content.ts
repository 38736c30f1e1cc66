import type { MessageRecord } from '../tenant/chat-records.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';
import { rewriteHtml } from './rewrite-html.ts';

const PROPERTIES = ['body', 'mentions', 'attachments', 'importance', 'subject', 'locale', 'summary', 'messageType'];
const MAX_BYTES = 28 * 1024;

type Content = Pick<MessageRecord, 'content' | 'contentType' | 'mentions' | 'attachments' | 'importance' | 'subject'>;

/** What POST and PATCH of a message carry (chat-post-messages.md), checked, and rewritten as Teams stores it. */
export function readContent(given: JsonObject): Content {
  checkProperties(given, 'microsoft.graph.chatMessage', PROPERTIES);
  const body = asObject(given.body, 'body');
  checkProperties(body, 'microsoft.graph.itemBody', ['content', 'contentType']);
  const content = asString(body.content, 'body/content');
  const contentType = body.contentType ?? 'text';
  if (contentType !== 'text' && contentType !== 'html')
    throw badRequest(`Invalid body content type '${String(contentType)}'.`);
  const mentions = given.mentions === undefined ? [] : asArray(given.mentions, 'mentions');
  const attachments = given.attachments === undefined ? [] : asArray(given.attachments, 'attachments');
  if (content.trim() === '' && attachments.length === 0)
    throw badRequest('Missing body content: a message cannot be empty.');
  // Roughly what Teams counts: the text with its mentions and cards.
  const size = Buffer.byteLength(content) + Buffer.byteLength(JSON.stringify([mentions, attachments]));
  if (size > MAX_BYTES)
    throw new GraphError(413, 'RequestEntityTooLarge', 'The message is too large: at most about 28 KB are allowed.');
  checkMentions(content, contentType, mentions);
  checkAttachments(content, attachments);
  return {
    content: contentType === 'html' ? rewriteHtml(content) : content,
    contentType,
    mentions,
    attachments,
    importance: readImportance(given.importance),
    subject: given.subject === undefined || given.subject === null ? null : asString(given.subject, 'subject'),
  };
}

/** Each `<at id="n">` of the text has its entry in `mentions`, and the other way round; they need HTML. */
function checkMentions(content: string, contentType: string, mentions: unknown[]): void {
  const inText = [...content.matchAll(/<at\s+id="(\d+)"\s*>/g)].map((m) => Number(m[1])).sort();
  const listed = mentions.map((mention) => asObject(mention, 'mentions').id as number).sort();
  if (mentions.length > 0 && contentType !== 'html') throw badRequest('Mentions need a body of content type html.');
  if (contentType === 'html' && inText.join() !== listed.join()) {
    throw badRequest("The mentions in the body's <at> tags and in the 'mentions' collection do not match.");
  }
}

function checkAttachments(content: string, attachments: unknown[]): void {
  for (const attachment of attachments) {
    const id = asString(asObject(attachment, 'attachments').id, 'attachments/id');
    if (!content.includes(`<attachment id="${id}">`))
      throw badRequest(`The body has no <attachment> tag with the id '${id}'.`);
  }
}

function readImportance(value: unknown): MessageRecord['importance'] {
  if (value === undefined) return 'normal';
  if (value === 'normal' || value === 'high' || value === 'urgent') return value;
  throw badRequest(`Invalid importance '${String(value)}'.`);
}
