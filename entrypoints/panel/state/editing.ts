import { plainText } from '../../../components/chat/plain-text.ts';
import { contentOf } from '../../../components/compose/content-of.ts';
import { writingOf } from '../../../components/compose/writing-of.ts';
import { t } from '../../../lib/i18n/translate.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import { NOTHING_WRITTEN, type Writing } from '../../../lib/model/writing.ts';
import type { createActs } from './acts.ts';
import type { Drafts } from './drafts.ts';

interface EditingDeps {
  drafts: Drafts;
  acts: ReturnType<typeof createActs>;
  onProblem: (problem: AppError) => void;
}

/** A message that is edited in the composer, or answered from it: kept with the record's draft. */
export function createEditing({ drafts, acts, onProblem }: EditingDeps) {
  const stop = (record: RecordKey) => {
    const { edit, quote, ...rest } = drafts.writing(record);
    // One at a time: the edit lies over the message that quotes.
    drafts.set(record, edit && quote ? { ...rest, quote } : rest);
  };
  return {
    stop,
    begin(record: RecordKey, message: Message): void {
      const editable = writingOf(message);
      if (editable) drafts.set(record, { ...drafts.writing(record), edit: { id: message.id, ...editable } });
      else onProblem({ code: 'not-permitted', title: t('acts.cannotEdit'), text: t('acts.cannotEditText') });
    },
    answer(record: RecordKey, message: Message): void {
      const { edit: _, ...rest } = drafts.writing(record);
      const quote = { id: message.id, author: message.from?.name ?? '', text: plainText(message.html).slice(0, 200) };
      drafts.set(record, { ...rest, quote });
    },
    /** What the composer shows. */
    shown(draft: Writing): Writing {
      const { edit } = draft;
      return edit ? { ...NOTHING_WRITTEN, ...edit.writing } : draft;
    },
    /** What was typed into it, into the edit or the message. */
    set(record: RecordKey, next: Writing): void {
      const draft = drafts.writing(record);
      const { text, mentions, importance } = next;
      drafts.set(
        record,
        draft.edit ? { ...draft, edit: { ...draft.edit, writing: { text, mentions, importance } } } : next,
      );
    },
    /** Into the outbox; refused, the edit stands in the composer again. False: nothing is being edited. */
    async save(record: RecordKey, chatId: ChatId, written: Writing): Promise<void> {
      const draft = drafts.writing(record);
      const { edit } = draft;
      if (!edit) return;
      const made = contentOf(written, () => '');
      const tags = edit.kept.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
      const content = { ...made, html: tags + made.html, attachments: edit.kept };
      stop(record);
      const taken = await acts.act(record, chatId, { kind: 'edit', id: edit.id, content });
      if (!taken && !drafts.writing(record).edit) drafts.set(record, { ...drafts.writing(record), edit });
    },
  };
}
