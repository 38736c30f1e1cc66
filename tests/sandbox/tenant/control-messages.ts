import { randomUUID } from 'node:crypto';
import type { ChatRecord, HostedRecord, MessageRecord } from './chat-records.ts';
import type { Directory } from './directory.ts';
import { hostedId, hostedUrl } from './hosted.ts';
import { solidPng } from './png.ts';
import { quoteOf } from './quotes.ts';

/**
 * What a colleague writes in Teams. Nothing is checked or rewritten but what is said here: hostile HTML, cards and links
 * are stored as they are.
 */
export interface MessageOrder {
  chatId: string;
  /** E-mail of a member. */
  from: string;
  html: string;
  contentType?: 'html' | 'text';
  subject?: string;
  importance?: 'normal' | 'high' | 'urgent';
  /** People by e-mail; the n-th of them is `<at id="n">…</at>` in the HTML, counted from 0. */
  mentions?: string[];
  /** As Graph gives them. Those without an id get one; those that the HTML does not name are put at its end. */
  attachments?: Record<string, unknown>[];
  /** An adaptive card. */
  card?: Record<string, unknown>;
  /** Links to files in OneDrive or SharePoint. */
  files?: { name: string; url?: string }[];
  /** Ids of messages of the chat that this one quotes. */
  quotes?: string[];
  /**
   * Images that lie with the message, a grey one where no bytes are given (base64). The n-th is
   * `<img src="../hostedContents/n/$value">` in the HTML, counted from 1; those that it does not name are put at its end.
   */
  images?: GivenImage[];
}

interface GivenImage {
  contentType?: string;
  bytes?: string;
}

/**
 * The parts of a new message; its URLs of images still want its id, see `settleHosted` of hosted.ts.
 *
 * @param newId makes the GUIDs of attachments and images
 */
export function draftMessage(
  directory: Directory,
  chat: ChatRecord,
  order: Omit<MessageOrder, 'from'>,
  newId: () => string = randomUUID,
) {
  const attachments = [
    ...(order.quotes ?? []).map((id) => quoteOf(directory, chat, id)),
    ...(order.attachments ?? []),
    ...(order.card ? [adaptive(order.card)] : []),
    ...(order.files ?? []).map(reference),
  ].map((given) => ({ ...EMPTY, id: newId(), ...given }));
  const hosted = (order.images ?? []).map((given) => image(given, newId));
  return {
    content: withImages(withAttachments(order.html, attachments, order.quotes?.length ?? 0), hosted),
    contentType: order.contentType ?? 'html',
    subject: order.subject ?? null,
    importance: order.importance ?? 'normal',
    mentions: (order.mentions ?? []).map((email, id) => mention(directory, email, id)),
    attachments,
    hosted,
  } satisfies Partial<MessageRecord>;
}

function withAttachments(html: string, attachments: { id: unknown }[], quotes: number): string {
  const tags = attachments.map(({ id }) =>
    html.includes(`<attachment id="${id}"`) ? '' : `<attachment id="${id}"></attachment>`,
  );
  return tags.slice(0, quotes).join('') + html + tags.slice(quotes).join('');
}

function withImages(html: string, hosted: HostedRecord[]): string {
  return hosted.reduce((text, { id }, i) => {
    const given = `../hostedContents/${i + 1}/$value`;
    const named = text.includes(given) ? text : `${text}<img src="${given}">`;
    return named.replaceAll(given, hostedUrl('..', id));
  }, html);
}

function image({ contentType = 'image/png', bytes }: GivenImage, newId: () => string): HostedRecord {
  return { id: hostedId(newId), contentType, bytes: bytes === undefined ? GREY : Buffer.from(bytes, 'base64') };
}

function mention(directory: Directory, email: string, id: number) {
  const { id: userId, displayName } = directory.require(email);
  const user = { id: userId, displayName, userIdentityType: 'aadUser' };
  return { id, mentionText: displayName, mentioned: { application: null, device: null, conversation: null, user } };
}

const adaptive = (card: Record<string, unknown>) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: JSON.stringify(card),
});

const reference = ({ name, url }: { name: string; url?: string }) => ({
  contentType: 'reference',
  contentUrl: url ?? `https://contoso.sharepoint.com/sites/team/Shared%20Documents/${encodeURIComponent(name)}`,
  name,
});

const EMPTY = { contentType: null, contentUrl: null, content: null, name: null, thumbnailUrl: null, teamsAppId: null };
const GREY = solidPng(64, [120, 120, 120]);
