import { escapeInline } from './escape.ts';
import { escapeText } from './html.ts';

/**
 * The body of a meeting's invitation. Teams puts its block to join below what stands in it, behind a line of underscores;
 * the block must go back whole with every change of the body, or the meeting is online no more (Graph API, "Update event").
 */
export function meetingHtml(agenda: string, link: { url: string; title: string }): string {
  const text = agenda.trim() ? `<div>${escapeText(agenda.trim())}</div><br>` : '';
  return `${text}<div><a href="${escapeInline(link.url)}">${escapeInline(link.title)}</a></div>`;
}

/**
 * The body with another text above Teams' block. Null where the block is not found with the meeting's address in it: then
 * the body must stay as it is.
 */
export function withText(body: string, joinUrl: string, html: string): string | null {
  const parts = partsOf(body);
  return parts && decoded(parts.block).includes(joinUrl) ? `${parts.head}${html}<br>${parts.block}` : null;
}

/** The plain text above Teams' block, without the link to the record. */
export function agendaOf(body: string, linkUrl: string): string {
  const text = (partsOf(body)?.text ?? body).slice(0, LONGEST);
  const unlinked = text.replace(LINK, (whole, url: string) => (decoded(url) === linkUrl ? '' : whole));
  return decoded(
    unlinked
      .replace(/<(style|script|title|head)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi, '')
      .replace(/<\/(div|p|li|tr|h\d)\s*>|<br\b[^>]*>/gi, '\n')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim();
}

/** Whether two texts say the same, whatever Outlook made of their blanks, lines and quotes. */
export function saysTheSame(a: string, b: string): boolean {
  const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
  return letters(a) === letters(b);
}

/** Longer agendas nobody reads, and what is written to be slow to read stays quick. */
const LONGEST = 50_000;
const LINK = /<a\b[^>]*?\bhref="([^"]*)"[^>]*>[\s\S]*?<\/a\s*>/gi;
/** The rule that Teams draws, or its block where the rule was lost, with the tags that open right before it. */
const BLOCK =
  /(?:<(?:div|p|span|font|table|tbody|tr|td|br)\b[^>]*>\s*){0,20}(?:_{20,}|<div\b[^>]*\bclass="?[^">]*\bme-email-text\b)/i;

function partsOf(body: string): { head: string; text: string; block: string } | null {
  const at = body.search(BLOCK);
  if (at < 0) return null;
  const head = /^[\s\S]*?<body\b[^>]*>/i.exec(body.slice(0, at))?.[0] ?? '';
  return { head, text: body.slice(head.length, at), block: body.slice(at) };
}

function decoded(html: string): string {
  return html
    .replace(/&nbsp;/gi, ' ')
    .replace(/&#(x[0-9a-f]{1,6}|\d{1,7});/gi, (whole, code: string) => {
      const point = code[0] === 'x' || code[0] === 'X' ? Number.parseInt(code.slice(1), 16) : Number(code);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    })
    .replace(/&(lt|gt|quot|apos|amp);/gi, (_, name: string) => NAMED[name.toLowerCase()]!);
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
