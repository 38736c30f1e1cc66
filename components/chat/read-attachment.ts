import * as v from 'valibot';
import type { ChatId, MessageId } from '../../lib/model/ids.ts';
import { asMessageId } from '../../lib/model/ids.ts';
import type { Attachment } from '../../lib/model/message.ts';
import { httpsUrl } from '../ui/safe-url.ts';
import { type Card, readCard } from './read-card.ts';

/** What hangs on a message, as far as its content says. What cannot be read here is named, and shown in Teams. */
export type Part =
  | ({ kind: 'quote' } & Quote)
  | { kind: 'file'; name: string; url: string }
  | { kind: 'card'; name: string; card: Card }
  | { kind: 'announcement'; title: string }
  | { kind: 'code'; name: string; language: string }
  | { kind: 'loop'; url: string | null }
  | { kind: 'meeting' }
  | { kind: 'other'; name: string };

/** Another message, answered or passed on. */
export interface Quote {
  /** In the same chat; null where it was passed on from elsewhere. */
  id: MessageId | null;
  author: string;
  /** Plain text, or where it was passed on its HTML, as hostile as any. */
  text: string;
  html: string | null;
  /** ISO time, where it was passed on. */
  sentAt: string | null;
}

/** Where the message stands. */
export interface Home {
  chatId: ChatId;
  messageId: MessageId;
}

/** An attachment in our words, or null for one that shows nothing. Hostile content is at worst an unnamed card. */
export function readAttachment(attachment: Attachment, home: Home): Part | null {
  const { contentType, name, url, content } = attachment;
  const type = contentType.toLowerCase();
  const json = parsedJson(content);
  if (type === 'messagereference' || type === 'forwardedmessagereference') return quoteOf(json, home);
  if (type === 'reference') {
    const href = httpsUrl(url);
    return href ? { kind: 'file', name: name || lastPart(href), url: href } : { kind: 'other', name };
  }
  if (type === 'meetingreference') return { kind: 'meeting' };
  if (type.endsWith('.codesnippet')) {
    // Beside a Loop component, for clients that know none.
    if (attachment.id === 'placeholderCard' || !json) return null;
    const code = fields(json, { name: text, language: text });
    return { kind: 'code', name: code.name ?? name, language: code.language ?? '' };
  }
  if (type.endsWith('.announcement') || type.endsWith('announcementbanner')) {
    const title = fields(json, { title: text }).title;
    return title ? { kind: 'announcement', title } : null;
  }
  if (type.includes('.card.fluid'))
    return { kind: 'loop', url: httpsUrl(fields(json, { componentUrl: text }).componentUrl) };
  const card = readCard(type, json, home);
  if (card) return { kind: 'card', name, card };
  // An image, a recording: what a client of Teams calls by its media type and lays somewhere.
  const href = httpsUrl(url);
  return href && name ? { kind: 'file', name, url: href } : { kind: 'other', name };
}

/** The longest content that is looked at: Teams takes 28 KB a message. */
const MOST_CHARACTERS = 200_000;

function parsedJson(content: string | undefined): unknown {
  if (!content || content.length > MOST_CHARACTERS) return undefined;
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

const absent = <T extends v.GenericSchema>(schema: T) => v.fallback(v.optional(schema), undefined);
const text = absent(v.pipe(v.string(), v.maxLength(MOST_CHARACTERS)));
const identity = absent(v.object({ displayName: text }));
const sender = absent(v.object({ user: identity, application: identity }));

/** These fields of whatever came; what is missing or of another kind is undefined. */
function fields<E extends v.ObjectEntries>(
  json: unknown,
  entries: E,
): Partial<v.InferOutput<v.ObjectSchema<E, undefined>>> {
  const result = v.safeParse(v.object(entries), json);
  return result.success ? result.output : {};
}

function quoteOf(json: unknown, { chatId }: Home): Part {
  const said = fields(json, {
    messageId: text,
    messagePreview: text,
    messageSender: sender,
    originalMessageId: text,
    originalMessageContent: text,
    originalConversationId: text,
    originalSentDateTime: text,
    originalMessageSender: sender,
  });
  const from = said.messageSender ?? said.originalMessageSender;
  const id = said.messageId ?? (said.originalConversationId === chatId ? said.originalMessageId : undefined);
  const time = said.originalSentDateTime;
  return {
    kind: 'quote',
    id: id && /^\d{1,20}$/.test(id) ? asMessageId(id) : null,
    author: from?.user?.displayName ?? from?.application?.displayName ?? '',
    text: said.messagePreview ?? '',
    html: said.originalMessageContent ?? null,
    sentAt: time && !Number.isNaN(Date.parse(time)) ? time : null,
  };
}

function lastPart(url: string): string {
  const { pathname, host } = new URL(url);
  const last = pathname.split('/').findLast(Boolean) ?? host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
