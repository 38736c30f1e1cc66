import { type Edit, editBetween } from './mentions.ts';

/**
 * Replaces a part of what stands in a field as if it were typed: the browser's undo knows of it, and the field tells of
 * it by its `input` event. The caret stands behind it afterwards.
 */
export function replaceIn(field: HTMLTextAreaElement, { from, to, text }: Edit): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated without a successor: nothing else keeps the undo of a textarea.
  const typed = document.execCommand?.(text ? 'insertText' : 'delete', false, text);
  if (typed || (from === to && !text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** The same for a whole text of which little may have changed; what is chosen afterwards is said. */
export function rewrite(field: HTMLTextAreaElement, next: { text: string; start: number; end: number }): void {
  replaceIn(field, editBetween(field.value, next.text, next.end));
  field.setSelectionRange(next.start, next.end);
}
