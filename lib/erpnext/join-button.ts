import { meetingUrl } from '../model/meeting-url.ts';
import { JOIN_FIELD } from './doctypes/registry.ts';

export interface JoinDeps {
  /** What the open form says: `own` (it has a handler of its own), the meeting's address or '', null without an answer. */
  meeting: () => Promise<string | null>;
  open: (url: string) => void;
  openPanel: () => void;
}

/** A Button control and the button in it both bear the field's name. v14, v15, v16 (frappe/form/controls/button.js). */
const BUTTON = `[data-fieldname="${JOIN_FIELD}"] button, button[data-fieldname="${JOIN_FIELD}"]`;

/** The answer of a form whose site handles the button itself, as the server app does. */
export const OWN_HANDLER = 'own';

/**
 * The button "Join Teams Meeting" in a form: leads to the record's meeting, or to its panel where there is none yet. Only
 * a person's click counts, and only an address of Teams is followed.
 * @returns the undo.
 */
export function watchJoinButton(document: Document, deps: JoinDeps): () => void {
  const onClick = async (event: MouseEvent) => {
    const target = event.target as Element | null;
    if (!event.isTrusted || !target?.closest?.(BUTTON)) return;
    const said = await deps.meeting();
    if (said === OWN_HANDLER) return;
    const url = meetingUrl(said ?? '');
    if (url) deps.open(url);
    else deps.openPanel();
  };
  const hear = (event: MouseEvent) => void onClick(event);
  document.addEventListener('click', hear, true);
  return () => document.removeEventListener('click', hear, true);
}
