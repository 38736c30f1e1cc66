import type { Found } from '../../model/doctype-meta.ts';
import type { AppError, Result } from '../../model/errors.ts';
import type { Note, NoteKind, PersonComment } from '../../model/note.ts';
import type { Passed } from '../contract.ts';

/** panel → worker: out of the chat into ERPNext, and what stands in ERPNext for the chat. Nothing is copied by itself. */
export interface NotesProtocol {
  /** What this person may make out of a message, as ERPNext says now. */
  'notes.may'(data: Passed): Result<NotesMay>;
  /** Users to give a ToDo to, or Projects for a Task. */
  'notes.find'(data: Passed & { doctype: 'User' | 'Project'; text: string }): Result<Found[]>;
  /** Start the durable job that writes it. Answers once it is written down, not when ERPNext has it. */
  'notes.write'(data: Passed & { requestId: string; note: Note }): Result<void>;
  /** One that waits for the person: write it again, or put it away (also where it arrived). */
  'notes.end'(data: Passed & { id: string; how: 'again' | 'put-away' }): Result<void>;
  /** What people wrote on the record, the newest first. */
  'notes.comments'(data: Passed): Result<PersonComment[]>;
}

export interface NotesMay {
  todo: boolean;
  task: boolean;
  /** The project that a Task would belong to: the record itself where it is one. */
  project: string;
}

export interface NoteView {
  /** Of its job. */
  id: string;
  kind: NoteKind;
  /** `unsure`: two looks did not find what may have been written. */
  state: 'writing' | 'waiting' | 'unsure' | 'failed' | 'done';
  /** Why it waits or failed. */
  problem: AppError | null;
  /** What it became, and where that is shown; null for a comment, which stands on the record. */
  made: { name: string; url: string } | null;
}
