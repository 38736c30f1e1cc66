import { signal } from '@preact/signals';
import { contentOf } from '../../../components/compose/content-of.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, MessageId, RecordKey } from '../../../lib/model/ids.ts';
import { NOTHING_WRITTEN, type Writing } from '../../../lib/model/writing.ts';
import type { DraftPictures } from './draft-pictures.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface PostingDeps {
  ask: Ask;
  drafts: Drafts;
  newId: () => string;
  pictures: DraftPictures;
  onProblem: (problem: AppError) => void;
}

export interface NewPost {
  record: RecordKey;
  channelId: ChatId;
  thread: MessageId | null;
  /** Under which the text is kept. */
  draft: RecordKey;
  writing: Writing;
  /** The line above a new thread, and under which it is kept. */
  subject: { draft: RecordKey; text: string } | null;
  withRecord: boolean;
}

/**
 * What was written for a channel into the worker's outbox, as sending.ts does it for chats: refused, it goes back where
 * it was written; where no answer came, the same goes under the same id again, which changes nothing if it is there.
 */
export function createPosting({ ask, drafts, newId, pictures, onProblem }: PostingDeps) {
  const ownSends = signal(0);
  const uncertain = new Map<RecordKey, { said: string; localId: string }>();

  const post = async ({ record, channelId, thread, draft, writing, subject, withRecord }: NewPost): Promise<void> => {
    const line = subject?.text.trim();
    const written = contentOf(writing, (image) => pictures.bytesOf(draft, image) ?? '');
    const content = { ...written, ...(line ? { subject: line } : {}) };
    const said = JSON.stringify([channelId, thread, content, withRecord]);
    const before = uncertain.get(draft);
    const localId = before?.said === said ? before.localId : newId();
    const call = () =>
      ask('channel.post', { shown: record, channelId, threadId: thread, localId, content, withRecord });
    drafts.taken(draft);
    if (subject) drafts.taken(subject.draft);
    ownSends.value++;
    let answer = await call();
    if (!answer.ok && answer.error.code === 'bug') answer = await call();
    if (answer.ok) {
      uncertain.delete(draft);
      pictures.sent(draft, writing.images);
      return;
    }
    if (answer.error.code === 'bug') uncertain.set(draft, { said, localId });
    drafts.giveBack(draft, writing);
    if (subject && line && !drafts.writing(subject.draft).text)
      drafts.set(subject.draft, { ...NOTHING_WRITTEN, text: subject.text });
    onProblem(answer.error);
  };
  return { ownSends, post };
}
