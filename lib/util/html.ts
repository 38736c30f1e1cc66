/** Any text as HTML that shows just that text; line ends become `<br>`. */
export function escapeText(text: string): string {
  return escapeInline(text).replace(/\r\n?|\n/g, '<br>');
}

/**
 * What a person typed as the HTML that Teams takes: **bold**, *italic*, `code`, lines beginning with "- " or "1. " as
 * lists, http(s) links (bare, or as [words](address)), an empty line between paragraphs. Everything else is escaped.
 */
export function formatMessage(text: string): string {
  const out: string[] = [];
  let lines: string[] = [];
  let list: List | null = null;
  const flush = () => {
    if (lines.length) out.push(`<p>${lines.map((line) => inline(line)).join('<br>')}</p>`);
    if (list) out.push(listHtml(list));
    lines = [];
    list = null;
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const item = /^\s*(?:([-*•])|(\d{1,4})[.)])\s+(\S.*)$/.exec(line);
    if (!line.trim()) flush();
    else if (!item) {
      if (list) flush();
      lines.push(line.trimEnd());
    } else {
      const tag = item[1] ? 'ul' : 'ol';
      if (lines.length || (list as List | null)?.tag !== tag) flush();
      list ??= { tag, start: Number(item[2] ?? 1), items: [] };
      list.items.push(item[3] ?? '');
    }
  }
  flush();
  return out.join('');
}

/** For text between tags and for values in quotes. */
function escapeInline(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

interface List {
  tag: 'ul' | 'ol';
  start: number;
  items: string[];
}

function listHtml({ tag, start, items }: List): string {
  const from = start === 1 ? '' : ` start="${start}"`;
  return `<${tag}${from}>${items.map((item) => `<li>${inline(item)}</li>`).join('')}</${tag}>`;
}

interface Mark {
  pattern: RegExp;
  link?: true;
  html(inside: string, address: string, allowed: readonly Mark[]): string;
}

/** Marks hug their words, so that "2 * 3 * 4" and "a ** b" stay what they are. Of two that begin together the upper wins. */
const MARKS: readonly Mark[] = [
  { pattern: /`([^`]+)`/, html: (inside) => `<code>${escapeInline(inside)}</code>` },
  {
    pattern: /\[([^[\]]+)\]\((https?:\/\/[^\s()<>"]+)\)/i,
    link: true,
    html: (inside, address, allowed) => anchor(address, inline(inside, withoutLinks(allowed))),
  },
  {
    // Up to the last character that does not end a sentence or close a bracket or mark.
    pattern: /(https?:\/\/[^\s<>"`]*[^\s<>"`.,;:!?)\]}'*])/i,
    link: true,
    html: (address) => anchor(address, escapeInline(address)),
  },
  {
    pattern: /\*\*(?=\S)(.*?\S\**)\*\*/,
    html: (inside, _, allowed) => `<strong>${inline(inside, allowed)}</strong>`,
  },
  {
    pattern: /(?<![\w*])\*(?=[^\s*])(.*?[^\s*])\*(?![\w*])/,
    html: (inside, _, allowed) => `<em>${inline(inside, allowed)}</em>`,
  },
];

/** The first mark that opens and closes on this line is set, then the rest of the line is looked at. */
function inline(text: string, allowed: readonly Mark[] = MARKS): string {
  let out = '';
  let rest = text;
  for (;;) {
    let first: { mark: Mark; match: RegExpExecArray } | null = null;
    for (const mark of allowed) {
      const match = mark.pattern.exec(rest);
      if (match && (!first || match.index < first.match.index)) first = { mark, match };
    }
    if (!first) return out + escapeInline(rest);
    const { mark, match } = first;
    out += escapeInline(rest.slice(0, match.index)) + mark.html(match[1] ?? '', match[2] ?? '', allowed);
    rest = rest.slice(match.index + match[0].length);
  }
}

/** A link inside a link is none. */
function withoutLinks(allowed: readonly Mark[]): readonly Mark[] {
  return allowed.filter((mark) => !mark.link);
}

function anchor(address: string, words: string): string {
  return `<a href="${escapeInline(address)}">${words}</a>`;
}
