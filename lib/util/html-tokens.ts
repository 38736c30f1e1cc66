/** A piece of markup: a tag with its name in lower case, or text as it stands between tags. */
export type Token = { at: number; end: number } & (
  | { kind: 'tag'; name: string; closing: boolean; source: string }
  | { kind: 'text'; text: string }
);

/**
 * Markup as its tags and texts, comments left out, in one pass: where there is no DOM, and where whoever wrote it may want
 * to keep us busy, which patterns over whole documents would let them. It repairs nothing and is not for showing.
 */
export function* tokensOf(html: string): Generator<Token> {
  let at = 0;
  while (at < html.length) {
    if (html.startsWith('<!--', at)) {
      const close = html.indexOf('-->', at + 4);
      if (close < 0) return;
      at = close + 3;
      continue;
    }
    const end = html[at] === '<' ? html.indexOf('>', at) + 1 : endOfText(html, at);
    // A tag that never ends is none: the rest is left out, as browsers do.
    if (end === 0) return;
    const source = html.slice(at, end);
    const [, slash, name] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(source) ?? [];
    if (name) yield { at, end, kind: 'tag', name: name.toLowerCase(), closing: slash === '/', source };
    else if (html[at] !== '<') yield { at, end, kind: 'text', text: source };
    at = end;
  }
}

function endOfText(html: string, at: number): number {
  const next = html.indexOf('<', at);
  return next < 0 ? html.length : next;
}

/** The address of a link's tag; null where it has none. */
export function hrefOf(source: string): string | null {
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(source);
  return href ? decodeEntities(href[1] ?? href[2] ?? '') : null;
}

export function decodeEntities(html: string): string {
  return html.replace(
    /&(?:#(x[0-9a-f]{1,6}|\d{1,7})|(nbsp|lt|gt|quot|apos|amp));/gi,
    (whole, code?: string, name?: string) => {
      if (name) return NAMED[name.toLowerCase()]!;
      const point = /^x/i.test(code!) ? Number.parseInt(code!.slice(1), 16) : Number(code);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

const NAMED: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
