/**
 * What Teams stores is not what was sent: tags it does not know go, attributes go but a few, `&nbsp;` stands for
 * doubled blanks, and all of it lies in a block. A client that compares what came back with what it sent must fold
 * both. The exact rules of the real one are not documented; these are as unkind.
 */
export function rewriteHtml(html: string): string {
  const out = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style|iframe|object|embed|form|svg|math)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<[^>]*>?|[^<]+/g, (piece) => (piece.startsWith('<') ? rewriteTag(piece) : rewriteText(piece)));
  return /^<(p|div|ul|ol|blockquote|table|pre|h[1-6])\b/.test(out)
    ? out
    : /<(p|div|ul|ol|table|pre)\b/.test(out)
      ? `<div>${out}</div>`
      : `<p>${out}</p>`;
}

const KEPT_TAGS = new Set(
  'a at attachment b blockquote br code del div em emoji h1 h2 h3 hr i img li ol p pre s span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);

/** Attributes that survive, by tag. */
const KEPT_ATTRIBUTES: Record<string, string[]> = {
  a: ['href'],
  at: ['id'],
  attachment: ['id'],
  emoji: ['id', 'alt', 'title'],
  img: ['src', 'alt', 'width', 'height', 'itemid'],
};

function rewriteTag(tag: string): string {
  const [, slash, rawName] = tag.match(/^<(\/?)([a-z][a-z0-9]*)/i) ?? [];
  const name = rawName?.toLowerCase();
  if (!name || !KEPT_TAGS.has(name)) return '';
  if (slash) return `</${name}>`;
  const kept = (KEPT_ATTRIBUTES[name] ?? []).flatMap((attribute) => {
    const value = tag.match(new RegExp(`\\s${attribute}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i'));
    const text = value?.[1] ?? value?.[2] ?? value?.[3];
    return text === undefined || /^\s*(javascript|data|vbscript):/i.test(text)
      ? []
      : [` ${attribute}="${text.replaceAll('"', '&quot;')}"`];
  });
  const link = name === 'a' ? ' rel="noreferrer noopener" target="_blank"' : '';
  return `<${name}${kept.join('')}${link}>`;
}

function rewriteText(text: string): string {
  return text
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replace(/\r\n?|\n/g, ' ')
    .replaceAll('\u00a0', '&nbsp;')
    .replace(/ {2}/g, ' &nbsp;');
}
