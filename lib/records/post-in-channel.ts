import { channelDraft } from '../model/channel.ts';
import { fail } from '../model/errors.ts';
import type { ChatId, MessageId } from '../model/ids.ts';
import type { MessageContent } from '../model/message.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import { escapeText } from '../util/html.ts';
import { shownChannel } from './record-channel.ts';
import type { Shown } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import type { Worker } from './worker.ts';

export interface Post {
  channelId: ChatId;
  /** The thread that it answers in; null begins one. */
  threadId: MessageId | null;
  localId: string;
  content: MessageContent;
  withRecord: boolean;
}

/**
 * Into the outbox, for the channel on screen. Nothing of ERPNext goes with it but what the person wrote, and, where they
 * chose so, the record's title and address.
 */
export async function postInChannel(worker: Worker, shown: Shown, post: Post): Promise<void> {
  await checkSpeaker(worker, shown);
  const { account, ref, erp, erpUser } = shown;
  const channel = await shownChannel(worker, shown, post.channelId);
  const { threadId } = post;
  if (threadId && (await worker.store.threads.of(account.id, channel.id, threadId))?.id !== threadId)
    throw fail('record-changed', 'This thread is not there any more', 'Begin a new one.');
  const link = post.withRecord && !threadId ? linkTo(await erp.read(ref)) : '';
  await worker.outbox.enqueue({
    localId: post.localId,
    account: account.id,
    recordKey: recordKey(ref),
    chatId: channel.id,
    channel: { teamId: channel.teamId, channelId: channel.id, threadId },
    erpUser,
    content: { ...post.content, html: post.content.html + link },
    replyTo: null,
    writtenAt: worker.clock.now(),
  });
  const now = worker.clock.now();
  await worker.store.channels.posted(account.id, channel.id, now);
  for (const what of threadId ? [threadId] : (['new', 'subject'] as const))
    await worker.store.drafts.save(account.id, channelDraft(recordKey(ref), channel.id, what), null, now);
  // The line about who reads there has been read.
  worker.changes.tell({ kind: 'messages', chatId: channel.id, outbox: true });
}

function linkTo({ ref, title, url }: SavedRecord): string {
  const words = `${ref.doctype} ${ref.name}${title && title !== ref.name ? `: ${title}` : ''}`;
  return `<p><a href="${escapeText(url)}">${escapeText(words)}</a></p>`;
}
