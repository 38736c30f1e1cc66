import { signal } from '@preact/signals';
import { contentOf } from '../../../components/compose/content-of.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../../lib/model/ids.ts';
import type { Writing } from '../../../lib/model/writing.ts';
import type { DraftPictures } from './draft-pictures.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface SendingDeps {
  ask: Ask;
  drafts: Drafts;
  newId: () => string;
  pictures: DraftPictures;
  onProblem: (problem: AppError) => void;
}

/**
 * What was written into the worker's outbox, under the record and chat it was written for. Refused, it goes back into that
 * record's composer. Where the worker did not answer, the message may be in the outbox already: the same text then goes
 * under the same id again, which changes nothing if it is.
 */
export function createSending({ ask, drafts, newId, pictures, onProblem }: SendingDeps) {
  const ownSends = signal(0);
  const uncertain = new Map<RecordKey, { chatId: ChatId; said: string; localId: string }>();

  const send = async (record: RecordKey, chatId: ChatId, writing: Writing): Promise<void> => {
    const before = uncertain.get(record);
    const content = contentOf(writing, (image) => pictures.bytesOf(record, image) ?? '');
    const files = writing.files.length ? { files: writing.files } : {};
    const said = JSON.stringify([content, writing.quote?.id, files]);
    const again = before?.chatId === chatId && before.said === said;
    const localId = again ? before.localId : newId();
    const call = () =>
      ask('messages.send', { shown: record, chatId, localId, content, ...files, replyTo: writing.quote?.id ?? null });
    drafts.taken(record);
    ownSends.value++;
    let answer = await call();
    if (!answer.ok && answer.error.code === 'bug') answer = await call();
    if (answer.ok) {
      uncertain.delete(record);
      pictures.sent(record, writing.images);
      return;
    }
    if (answer.error.code === 'bug') uncertain.set(record, { chatId, said, localId });
    drafts.giveBack(record, writing);
    onProblem(answer.error);
  };
  return { ownSends, send };
}
