import { rewritten, writingOfOutgoing } from '../../../components/chat/outgoing-text.ts';
import { plainText } from '../../../components/chat/plain-text.ts';
import { contentOf } from '../../../components/compose/content-of.ts';
import { writingOf } from '../../../components/compose/writing-of.ts';
import { t } from '../../../lib/i18n/translate.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../../lib/model/ids.ts';
import type { Message, OutgoingMessage } from '../../../lib/model/message.ts';
import { type Edit, NOTHING_WRITTEN, type Writing } from '../../../lib/model/writing.ts';
import type { createActs } from './acts.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface EditingDeps {
  ask: Ask;
  drafts: Drafts;
  acts: ReturnType<typeof createActs>;
  /** Those on their way, as the view has them. */
  outgoing: () => readonly OutgoingMessage[];
  onProblem: (problem: AppError) => void;
}

/** A message that is edited in the composer, or answered from it: kept with the record's draft. */
export function createEditing({ ask, drafts, acts, outgoing, onProblem }: EditingDeps) {
  const stop = (record: RecordKey) => {
    const { edit, quote, ...rest } = drafts.writing(record);
    // One at a time: the edit lies over the message that quotes.
    drafts.set(record, edit && quote ? { ...rest, quote } : rest);
  };
  const open = (record: RecordKey, edit: Edit | null) => {
    if (edit) drafts.set(record, { ...drafts.writing(record), edit });
    else onProblem({ code: 'not-permitted', title: t('acts.cannotEdit'), text: t('acts.cannotEditText') });
  };

  /** False: it was not taken. */
  async function put(record: RecordKey, chatId: ChatId, edit: Edit, written: Writing): Promise<boolean> {
    if (edit.id) {
      const made = contentOf(written, () => '');
      const tags = edit.kept.map(({ id }) => `<attachment id="${id}"></attachment>`).join('');
      const content = { ...made, html: tags + made.html, attachments: edit.kept };
      return acts.act(record, chatId, { kind: 'edit', id: edit.id, content });
    }
    const row = outgoing().find(({ localId }) => localId === edit.localId);
    if (!row) {
      onProblem({ code: 'not-permitted', title: t('out.left'), text: t('out.leftText') });
      return false;
    }
    const call = () =>
      ask('messages.rewrite', { shown: record, localId: row.localId, content: rewritten(row, written) });
    let answer = await call();
    // Written twice it is the same.
    if (!answer.ok && answer.error.code === 'bug') answer = await call();
    if (!answer.ok) onProblem(answer.error);
    return answer.ok;
  }

  return {
    stop,
    begin(record: RecordKey, message: Message): void {
      const editable = writingOf(message);
      open(record, editable && { id: message.id, ...editable });
    },
    beginOutgoing(record: RecordKey, row: OutgoingMessage): void {
      const writing = writingOfOutgoing(row);
      open(record, writing && { id: null, localId: row.localId, writing, kept: [] });
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
    /** Into the outbox; refused, the edit stands in the composer again. */
    async save(record: RecordKey, chatId: ChatId, written: Writing): Promise<void> {
      const { edit } = drafts.writing(record);
      if (!edit) return;
      stop(record);
      const taken = await put(record, chatId, edit, written);
      if (!taken && !drafts.writing(record).edit) drafts.set(record, { ...drafts.writing(record), edit });
    },
  };
}
