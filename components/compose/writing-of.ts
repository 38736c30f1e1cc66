import type { Message, OutgoingAttachment } from '../../lib/model/message.ts';
import { type MentionRange, NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import { contentOf } from './content-of.ts';

/** A message of one's own as it is written in the composer, and what hangs on it and stays: its quote, its files. */
export interface Editable {
  writing: Pick<Writing, 'text' | 'mentions' | 'importance'>;
  kept: OutgoingAttachment[];
}

/**
 * A message's HTML back as the text that would make it; null where something would be lost on the way: cards, pictures,
 * tables, formatting that only Teams knows. Held against the message itself, so that nothing is lost by a slip here.
 */
export function writingOf(message: Written): Editable | null {
  const kept = keptOf(message);
  const body = new DOMParser().parseFromString(message.html, 'text/html').body;
  const out: Out = { text: '', mentions: [], message };
  if (!kept || !blocks(body, out)) return null;
  const text = out.text.trimEnd();
  const writing = { text, mentions: out.mentions, importance: message.importance };
  const again = contentOf({ ...NOTHING_WRITTEN, ...writing }, () => '').html;
  const same = canonical(body) === canonical(new DOMParser().parseFromString(again, 'text/html').body);
  return same ? { writing, kept } : null;
}

interface Out {
  text: string;
  mentions: MentionRange[];
  message: Written;
}

/** As much of a message as that takes. */
export type Written = Pick<Message, 'html' | 'attachments' | 'mentions' | 'importance'>;

function keptOf({ attachments }: Written): OutgoingAttachment[] | null {
  const kept = attachments.map(({ id, contentType, name, url, content }) =>
    id && (contentType === 'messageReference' || contentType === 'reference')
      ? {
          id,
          contentType,
          ...(name ? { name } : {}),
          ...(url ? { contentUrl: url } : {}),
          ...(content ? { content } : {}),
        }
      : null,
  );
  return kept.every((one) => one !== null) ? kept : null;
}

const MARKS: Record<string, string> = {
  strong: '**',
  b: '**',
  em: '*',
  i: '*',
  s: '~~',
  del: '~~',
  strike: '~~',
  code: '`',
};

/** False where something stands there that cannot be written here. */
function blocks(node: Node, out: Out): boolean {
  for (const child of node.childNodes) {
    const tag = child instanceof Element ? child.localName : '';
    if (tag === 'p' || tag === 'div') {
      apart(out);
      if (!blocks(child, out)) return false;
      apart(out);
    } else if (tag === 'ul' || tag === 'ol') {
      apart(out);
      if (!list(child as Element, out)) return false;
      apart(out);
    } else if (!inline(child, out)) return false;
  }
  return true;
}

/** An empty line, where something stands above. */
function apart(out: Out): void {
  const bare = out.text.replace(/\s+$/, '');
  out.text = bare && `${bare}\n\n`;
}

function list(node: Element, out: Out): boolean {
  let number = Number(node.getAttribute('start') ?? 1);
  for (const item of node.children) {
    if (item.localName !== 'li' || item.querySelector('ul, ol, p, div, br')) return false;
    out.text += node.localName === 'ul' ? '- ' : `${number++}. `;
    for (const child of item.childNodes) if (!inline(child, out)) return false;
    out.text = `${out.text.trimEnd()}\n`;
  }
  return true;
}

function inline(node: Node, out: Out): boolean {
  if (!(node instanceof Element)) {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ');
    out.text += /(^|\s)$/.test(out.text) ? text.trimStart() : text;
    return true;
  }
  const inner = () => [...node.childNodes].every((child) => inline(child, out));
  const mark = MARKS[node.localName];
  if (mark) {
    out.text += mark;
    const all = inner();
    out.text += mark;
    return all;
  }
  switch (node.localName) {
    case 'br':
      out.text = `${out.text.trimEnd()}\n`;
      return true;
    case 'attachment':
      return true;
    case 'emoji':
      out.text += node.getAttribute('alt') ?? '';
      return true;
    case 'span':
      return !node.hasAttribute('style') && inner();
    case 'a': {
      const words = node.textContent ?? '';
      const href = node.getAttribute('href') ?? '';
      out.text += words === href ? href : `[${words}](${href})`;
      return node.children.length === 0;
    }
    case 'at':
      return mention(node, out);
    default:
      return false;
  }
}

function mention(node: Element, out: Out): boolean {
  const name = node.textContent ?? '';
  const there = out.message.mentions.find(({ id }, i) => String(id ?? i) === node.getAttribute('id'));
  if (!there?.userId) return false;
  const start = out.text.length;
  out.text += `@${name}`;
  out.mentions.push({ start, end: out.text.length, userId: there.userId, name });
  return true;
}

/** What of a message's markup means something, in one spelling. */
function canonical(node: Node): string {
  const inner = [...node.childNodes].map(canonical).join('');
  // No text holds a "<" of ours.
  if (node.nodeType === 3) return (node.textContent ?? '').replace(/\s+/g, ' ').replaceAll('<', '&lt;');
  if (!(node instanceof Element)) return inner;
  const mark = MARKS[node.localName];
  if (mark) return `<${mark}>${inner}</${mark}>`;
  switch (node.localName) {
    case 'br':
      return '\n';
    case 'p':
    case 'div':
    case 'ul':
    case 'ol':
      return `\n${node.localName === 'ol' ? '<ol>' : ''}${inner}\n`;
    case 'li':
      return `\n<li>${inner.trim()}\n`;
    case 'a':
      return `<a ${node.getAttribute('href')}>${inner}</a>`;
    case 'at':
      return `<at>${inner}</at>`;
    case 'emoji':
      return node.getAttribute('alt') ?? '';
    case 'attachment':
      return '';
    case 'body':
      return inner.replace(/ *\n\s*/g, '\n').trim();
    default:
      return inner;
  }
}
