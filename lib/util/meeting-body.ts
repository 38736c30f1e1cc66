import { escapeInline } from './escape.ts';
import { escapeText } from './html.ts';
import { decodeEntities, hrefOf, tokensOf } from './html-tokens.ts';

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
  return parts && decodeEntities(parts.block).includes(joinUrl) ? `${parts.head}${html}<br>${parts.block}` : null;
}

/** The plain text above Teams' block, without the link to the record. */
export function agendaOf(body: string, linkUrl: string): string {
  let text = '';
  /** What is left out up to its end. */
  let skipped: string | null = null;
  for (const token of tokensOf(partsOf(body)?.text ?? body)) {
    if (skipped) {
      if (token.kind === 'tag' && token.closing && token.name === skipped) skipped = null;
    } else if (token.kind === 'text') text += token.text;
    else if (!token.closing && UNREAD.has(token.name)) skipped = token.name;
    else if (!token.closing && token.name === 'a' && hrefOf(token.source) === linkUrl) skipped = 'a';
    else if (token.name === 'br' || (token.closing && BLOCKS.has(token.name))) text += '\n';
  }
  return decodeEntities(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n\n')
    .trim();
}

/** Whether the body links there, be it by way of Outlook's own check of links in received mail. */
export function linksTo(body: string, url: string): boolean {
  for (const token of tokensOf(body)) {
    const target = token.kind === 'tag' && token.name === 'a' ? hrefOf(token.source) : null;
    if (target === url) return true;
    if (target && SAFE_LINKS.test(target))
      if (new URLSearchParams(target.slice(target.indexOf('?') + 1)).get('url') === url) return true;
  }
  return false;
}

/** Whether two texts say the same, whatever Outlook made of their blanks, lines and quotes. */
export function saysTheSame(a: string, b: string): boolean {
  const letters = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
  return letters(a) === letters(b);
}

const UNREAD = new Set(['style', 'script', 'title', 'head']);
const BLOCKS = new Set(['div', 'p', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
/** What may open right before the block and belongs to it. */
const WRAPPERS = new Set(['div', 'p', 'span', 'font', 'table', 'tbody', 'tr', 'td', 'br']);
const SAFE_LINKS = /^https:\/\/[^/]+\.safelinks\.protection\.outlook\.(com|us|cn)\//i;

/** The block begins with the rule that Teams draws, or with its own class where the rule was lost. */
function partsOf(body: string): { head: string; text: string; block: string } | null {
  let head = 0;
  let opened: number | null = null;
  const cut = (at: number) => ({ head: body.slice(0, head), text: body.slice(head, at), block: body.slice(at) });
  for (const token of tokensOf(body)) {
    if (token.kind === 'text') {
      const rule = token.text.search(/_{20}/);
      if (rule >= 0) return cut(token.text.slice(0, rule).trim() ? token.at + rule : (opened ?? token.at));
      if (token.text.trim()) opened = null;
    } else if (token.name === 'body' && !token.closing) {
      head = token.end;
      opened = null;
    } else if (token.closing || !WRAPPERS.has(token.name)) opened = null;
    else {
      opened ??= token.at;
      if (token.source.includes('me-email-text')) return cut(opened);
    }
  }
  return null;
}
