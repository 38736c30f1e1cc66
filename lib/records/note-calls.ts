import * as v from 'valibot';
import { asDoctype, asRecordName } from '../model/ids.ts';
import type { Note } from '../model/note.ts';
import { recordKey } from '../model/record.ts';
import type { NotesProtocol } from '../rpc/contract/notes.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { linkedChat, type Shown, shownFor } from './shown.ts';
import type { Worker } from './worker.ts';
import { WRITE_NOTE, type Writing } from './write-note.ts';

/** What the panel asks to take out of the chat into ERPNext; always for the record on screen. */
export function noteCalls(worker: Worker): Pick<WorkerHandlers, keyof NotesProtocol> {
  return {
    async 'notes.may'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const [todo, task] = await Promise.all([mayMake(shown, 'ToDo'), mayMake(shown, 'Task')]);
      return { todo, task, project: shown.ref.doctype === 'Project' ? shown.ref.name : '' };
    },
    'notes.find': async (data, sender) =>
      (await shownFor(worker, data, sender)).erp.search(data.doctype, data.text.slice(0, 140)),
    async 'notes.write'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const note = v.parse(NoteShape, data.note) as Note;
      await linkedChat(worker, shown, note.chatId);
      const writing: Writing = { note, mark: crypto.randomUUID(), emptyLooks: 0, name: null };
      await worker.jobs.add({
        id: data.requestId,
        kind: WRITE_NOTE,
        account: shown.account.id,
        recordKey: recordKey(shown.ref),
        origin: shown.ref.origin,
        erpUser: shown.erpUser,
        step: 'new',
        data: writing,
      });
      worker.changes.tell({ kind: 'view' });
    },
    async 'notes.end'(data, sender) {
      const { account, ref } = await shownFor(worker, data, sender);
      const jobs = await worker.store.jobs.ofRecord(account.id, recordKey(ref), WRITE_NOTE);
      const job = jobs.find(({ id }) => id === data.id);
      if (!job) return;
      if (data.how === 'put-away') await worker.jobs.discard(account.id, job.id);
      // The person looked and says that it is not there: from the beginning, under the same mark.
      else await worker.jobs.restart(account.id, job.id, 'new', { ...(job.data as Writing), emptyLooks: 0 });
      worker.changes.tell({ kind: 'view' });
    },
    'notes.comments': async (data, sender) => {
      const { erp, ref } = await shownFor(worker, data, sender);
      return erp.talk(ref);
    },
  };
}

/** A site without ERPNext has no Task: that is a no, too. */
async function mayMake({ erp, ref }: Shown, doctype: 'ToDo' | 'Task'): Promise<boolean> {
  const nameless = { origin: ref.origin, doctype: asDoctype(doctype), name: asRecordName('') };
  return erp.mayWrite(nameless, 'create').catch(() => false);
}

const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const Common = {
  text: text(60_000),
  source: text(400),
  chatId: text(400),
  messageId: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
};
const Planned = {
  date: v.pipe(v.string(), v.regex(/^(\d{4}-\d{2}-\d{2})?$/)),
  priority: v.picklist(['Low', 'Medium', 'High']),
};
const NoteShape = v.variant('kind', [
  v.object({ ...Common, kind: v.literal('comment') }),
  v.object({ ...Common, ...Planned, kind: v.literal('todo'), allocatedTo: v.pipe(v.string(), v.maxLength(140)) }),
  v.object({
    ...Common,
    ...Planned,
    kind: v.literal('task'),
    // Frappe's Data field takes 140 characters.
    subject: text(140),
    project: v.pipe(v.string(), v.maxLength(140)),
  }),
]);
