import { escapeInline } from './escape.ts';
import { codeText, inline } from './marks.ts';
import { type MentionSpot, mentionTags, withPlaces } from './mention-tags.ts';

/** Any text as HTML that shows just that text; line ends become `<br>`. */
export function escapeText(text: string): string {
  return escapeInline(text).replace(/\r\n?|\n/g, '<br>');
}

/**
 * What a person typed as the HTML that Teams takes: **bold**, *italic*, ~~struck~~, `code`, ``` around lines of code,
 * "> " before quoted lines, lines beginning with "- " or "1. " as lists, http(s) links (bare, or as [words](address)), an
 * empty line between paragraphs. A mention becomes `<at id="n">Name</at>`, n being its place in `mentions`; inside code
 * or a link it stays the words it is, so look in the result which are left. Everything else is escaped.
 */
export function formatMessage(text: string, mentions: readonly MentionSpot[] = []): string {
  return mentionTags(blocks(withPlaces(text, mentions).split(/\r\n?|\n/), 0), mentions);
}

/** Quotes within quotes. */
const DEEPEST = 4;

function blocks(lines: readonly string[], depth: number): string {
  const out: string[] = [];
  let held: string[] = [];
  let list: List | null = null;
  const flush = () => {
    if (held.length) out.push(`<p>${held.map((line) => inline(line)).join('<br>')}</p>`);
    if (list) out.push(listHtml(list));
    held = [];
    list = null;
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = closedFence(lines, i);
    const quoted = depth < DEEPEST ? lines.slice(i, endOfQuote(lines, i)) : [];
    const item = /^\s*(?:([-*•])|(\d{1,4})[.)])\s+(\S.*)$/.exec(line);
    if (fence) {
      flush();
      out.push(codeBlock(fence.language, lines.slice(i + 1, fence.end)));
      i = fence.end;
    } else if (quoted.length) {
      flush();
      const inner = quoted.map((l) => l.replace(QUOTE, ''));
      out.push(`<blockquote>${blocks(inner, depth + 1)}</blockquote>`);
      i += quoted.length - 1;
    } else if (!line.trim()) flush();
    else if (!item) {
      if (list) flush();
      held.push(line.trimEnd());
    } else {
      const tag = item[1] ? 'ul' : 'ol';
      if (held.length || (list as List | null)?.tag !== tag) flush();
      list ??= { tag, start: Number(item[2] ?? 1), items: [] };
      list.items.push(item[3] ?? '');
    }
  }
  flush();
  return out.join('');
}

interface List {
  tag: 'ul' | 'ol';
  start: number;
  items: string[];
}

function listHtml({ tag, start, items }: List): string {
  const from = start === 1 ? '' : ` start="${start}"`;
  return `<${tag}${from}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`;
}

/** A line of three backticks begins code only where another one ends it. */
function closedFence(lines: readonly string[], at: number): { language: string; end: number } | null {
  const begin = /^\s*```([\w#+.-]{0,20})\s*$/.exec(lines[at]!);
  if (!begin) return null;
  let end = at + 1;
  while (end < lines.length && !/^\s*```\s*$/.test(lines[end]!)) end++;
  return end > at + 1 && end < lines.length ? { language: begin[1]!, end } : null;
}

/** As Teams' own clients keep it: a class that names the language, `<br>` for line ends, blanks that do not collapse. */
function codeBlock(language: string, lines: readonly string[]): string {
  const name = language ? language[0]!.toUpperCase() + language.slice(1) : 'PlainText';
  return `<codeblock class="${escapeInline(name)}"><code>${lines.map(codeText).join('<br>')}</code></codeblock>`;
}

const QUOTE = /^\s{0,3}>[ \t]?/;

/** The line after the last one of a quote that begins at this line; the line itself where none does. */
function endOfQuote(lines: readonly string[], from: number): number {
  if (!/^\s{0,3}>[ \t]*\S/.test(lines[from]!)) return from;
  let end = from;
  while (end < lines.length && QUOTE.test(lines[end]!)) end++;
  return end;
}
