import { formatShort } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { Copied } from '../ui/copy.ts';
import { bareHtml, wordsOf } from './words-of.ts';

/** A message as it stands in the page: what it says, without its tools. */
const CONTENTS = '.chat-contents';

/**
 * What is selected in the list: of one message just that, of several each with who wrote it and when; quotes, cards and
 * pictures as their words. Null where no message is touched.
 */
export function copySelected(box: Element, selection: Selection, messageOf: (line: string) => Message | undefined) {
  const parts: { line: string; part: DocumentFragment }[] = [];
  for (let i = 0; i < selection.rangeCount; i++) {
    const range = selection.getRangeAt(i);
    for (const row of box.querySelectorAll<HTMLElement>('[data-line]')) {
      const contents = row.querySelector(CONTENTS) ?? (row.matches('.chat-event') ? row : null);
      const part = contents && range.intersectsNode(row) ? cut(range, contents) : null;
      if (part) parts.push({ line: row.dataset.line!, part });
    }
  }
  const [only] = parts;
  if (!only) return null;
  if (parts.length === 1) return copiedOf(only.part);
  return together(parts.map(({ line, part }) => ({ message: messageOf(line), ...copiedOf(part) })));
}

/** One message whole, as it stands in the page. */
export function copyOne(id: MessageId): Copied {
  const contents = document.createDocumentFragment();
  const there = document.querySelector(`[data-line="${CSS.escape(id)}"] ${CONTENTS}`);
  contents.append(...(there?.cloneNode(true).childNodes ?? []));
  return copiedOf(contents);
}

function copiedOf(part: DocumentFragment): Copied {
  return { text: wordsOf(part), html: bareHtml(part) };
}

function together(parts: (Copied & { message: Message | undefined })[]): Copied {
  const heads = parts.map(({ message }) => (message && !message.event ? headOf(message) : null));
  return {
    text: parts.map(({ text }, i) => (heads[i] ? `${heads[i]}\n${text}` : text)).join('\n\n'),
    html: parts
      .map(({ html }, i) => `<div>${heads[i] ? `<p><b>${escaped(heads[i])}</b></p>` : ''}${html}</div>`)
      .join(''),
  };
}

function headOf({ from, createdAt }: Message): string {
  return t('chat.messageOf', { name: from?.name || t('chat.unknownPerson'), time: formatShort(createdAt) });
}

function escaped(text: string): string {
  const box = document.createElement('p');
  box.textContent = text;
  return box.innerHTML;
}

/** What of an element lies in a range, as a copy; null where nothing does. */
function cut(range: Range, el: Element): DocumentFragment | null {
  const part = document.createRange();
  part.selectNodeContents(el);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
    part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  // One that ends before it begins collapses onto its later end.
  return part.collapsed ? null : part.cloneContents();
}
