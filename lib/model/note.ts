import type { ChatId, MessageId } from './ids.ts';

/** What a message, or a part of one, becomes in ERPNext, as the person saw it before they said yes. */
export type Note = NoteText & (CommentNote | TodoNote | TaskNote);

export interface NoteText {
  /** Plain text; what is written is only ever this, escaped. */
  text: string;
  /** Who wrote it in Teams and when, in the person's words. */
  source: string;
  /** The message it leads back to. */
  chatId: ChatId;
  messageId: MessageId;
}

interface CommentNote {
  kind: 'comment';
}

interface TodoNote extends Planned {
  kind: 'todo';
  /** An ERPNext user; '' for nobody yet. */
  allocatedTo: string;
}

interface TaskNote extends Planned {
  kind: 'task';
  subject: string;
  /** A Project's name; '' for none. */
  project: string;
}

interface Planned {
  /** `YYYY-MM-DD`; '' for none. */
  date: string;
  priority: 'Low' | 'Medium' | 'High';
}

export type NoteKind = Note['kind'];

/** What ERPNext calls each. */
export const NOTE_DOCTYPES = { comment: 'Comment', todo: 'ToDo', task: 'Task' } as const;
export type NoteDoctype = (typeof NOTE_DOCTYPES)[NoteKind];

/** A comment that somebody wrote on a record; `html` is raw and hostile. */
export interface PersonComment {
  /** Its own name in ERPNext. */
  name: string;
  /** ERPNext's naive time, in the site's time zone. */
  creation: string;
  /** Whose session wrote it, by full name where ERPNext tells it. */
  by: string;
  html: string;
}
