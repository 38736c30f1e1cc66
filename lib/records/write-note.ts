import { AppFailure } from '../model/errors.ts';
import type { ErpUser } from '../model/ids.ts';
import { NOTE_DOCTYPES, type Note, type NoteDoctype } from '../model/note.ts';
import { parseRecordKey, type RecordRef } from '../model/record.ts';
import { messageUrl } from '../model/teams-links.ts';
import type { NoteView } from '../rpc/contract/notes.ts';
import type { JobRow } from '../storage/schema.ts';
import type { JobHandler } from '../sync/jobs.ts';
import { escapeText } from '../util/html.ts';
import { createErp } from './erp.ts';
import type { Worker } from './worker.ts';

export const WRITE_NOTE = 'write-note';

/** What the job knows. Its steps: `new`, `writing` (a request may have left), `told`. */
export interface Writing {
  note: Note;
  /** Stands in the document's HTML, so that it is found again. */
  mark: string;
  emptyLooks: number;
  /** The new document's name. */
  name: string | null;
}

/** An answer that is still on its way, and ERPNext's own patience with a request, are over by then. */
const LOOK_MS = 10_000;
const LOOK_AGAIN_MS = 60_000;
const LOOKS = 2;

/**
 * Writes a note into ERPNext once: before each POST it is written down that one leaves, and after a lost answer the
 * document is looked for by its mark. Two empty looks leave it to the person.
 */
export function noteHandler(workerOf: (job: JobRow) => Worker): JobHandler {
  return async (job, tools) => {
    const worker = workerOf(job);
    const ref = parseRecordKey(job.recordKey);
    const erp = createErp(worker, ref, job.erpUser);
    let state = job.data as Writing;
    const doctype = NOTE_DOCTYPES[state.note.kind];
    const reach = (step: string, change: Partial<Writing> = {}) => {
      state = { ...state, ...change };
      return tools.step(step, state);
    };
    const made = async (name: string) => {
      await reach('told', { name });
      return { ask: { kind: 'told' } };
    };
    if (job.step === 'told') return { ask: { kind: 'told' } };
    // A look goes first in any case: it finds the tab that answers, and what an earlier run wrote.
    const found = await erp.findNote({ ref, doctype, mark: state.mark });
    if (found !== null) return made(found);
    if (job.step === 'writing') {
      await reach('writing', { emptyLooks: state.emptyLooks + 1 });
      return state.emptyLooks < LOOKS ? { wait: LOOK_AGAIN_MS } : { ask: { kind: 'unsure' } };
    }
    const { cloud } = (await worker.settings()).registration ?? { cloud: 'global' as const };
    const url = messageUrl(cloud, state.note.chatId, state.note.messageId);
    const values = valuesOf(state, ref, url, job.erpUser);
    await reach('writing', { emptyLooks: 0 });
    try {
      return await made(await erp.makeNote({ ref, doctype, values }));
    } catch (caught) {
      if (!(caught instanceof AppFailure)) throw caught;
      // A tab that went away may have taken the request along.
      if (UNSURE.has(caught.error.code)) return { wait: LOOK_MS };
      await reach('new');
      throw caught;
    }
  };
}

const UNSURE = new Set(['outcome-unknown', 'no-tab']);

/** A note's job as the panel shows it. */
export function noteView(job: JobRow): NoteView {
  const { note, name } = job.data as Writing;
  const { origin } = parseRecordKey(job.recordKey);
  const state = stateOf(job);
  const slug = SLUGS[NOTE_DOCTYPES[note.kind]];
  return {
    id: job.id,
    kind: note.kind,
    state,
    problem: job.problem,
    made: name && slug ? { name, url: `${origin}/app/${slug}/${encodeURIComponent(name)}` } : null,
  };
}

function stateOf({ step, question, problem, wakeAt }: JobRow): NoteView['state'] {
  if (step === 'told') return 'done';
  if (question) return 'unsure';
  if (!problem) return 'writing';
  // The next tab of the site, or of this person, sets it going again.
  return wakeAt !== null || WAITS.has(problem.code) ? 'waiting' : 'failed';
}

const WAITS = new Set(['no-tab', 'erp-other-user']);

const SLUGS: Record<NoteDoctype, string | null> = { Comment: null, ToDo: 'todo', Task: 'task' };

/** Everything a person or Teams said is escaped; the mark is our own. */
function valuesOf({ note, mark }: Writing, ref: RecordRef, url: string, me: ErpUser): Record<string, string> {
  const link = `<a href="${escapeText(url)}" rel="noopener noreferrer">Microsoft Teams</a>`;
  const html = `<div data-deskside-note="${mark}">${escapeText(note.text)}<br><br>${escapeText(note.source)} · ${link}</div>`;
  if (note.kind === 'comment') return { content: html };
  const { priority, date } = note;
  if (note.kind === 'todo')
    return {
      description: html,
      priority,
      reference_type: ref.doctype,
      reference_name: ref.name,
      // Else ERPNext refuses one that is for somebody else (frappe/desk/doctype/todo/todo.py has_permission).
      assigned_by: me,
      ...(date ? { date } : {}),
      ...(note.allocatedTo ? { allocated_to: note.allocatedTo } : {}),
    };
  return {
    subject: note.subject,
    description: html,
    priority,
    ...(date ? { exp_end_date: date } : {}),
    ...(note.project ? { project: note.project } : {}),
  };
}
