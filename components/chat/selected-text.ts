import type { MessageId } from '../../lib/model/ids.ts';

/** What is selected within one message, as text; empty where nothing is, or the selection reaches beyond it. */
export function selectedIn(id: MessageId): string {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const { commonAncestorContainer: held } = selection.getRangeAt(0);
  const line = (held instanceof Element ? held : held.parentElement)?.closest<HTMLElement>('[data-line]');
  return line?.dataset.line === id ? selection.toString() : '';
}
