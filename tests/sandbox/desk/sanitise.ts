import type { Flavour } from './flavour.ts';
import { rulesOf, type SanitiseRules } from './sanitise-rules.ts';

const PIECES = /<!--[\s\S]*?-->|<\/[a-z][^>]*>|<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>|[^<]+|</gi;
const VOID = new Set('area br col embed hr img input link meta param source spacer track wbr'.split(' '));
/** Elements that end an open paragraph by starting. */
const BLOCKS = new Set(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr menu nav ol p pre section table ul'.split(
    ' ',
  ),
);
const URLS = new Set(['href', 'src', 'cite', 'action', 'longdesc', 'poster', 'background', 'ping']);

/**
 * `frappe.utils.sanitize_html` of one version, for what people and clients write: structure mended as a browser would,
 * scripts and handlers gone, `data-*`, ids, classes and comments kept. Checked against the real libraries' answers.
 * @param disallowed elements that the caller forbids besides
 */
export function sanitiseHtml(flavour: Flavour, html: string, disallowed: string[] = []): string {
  const rules = rulesOf(flavour, disallowed);
  const open: string[] = [];
  let out = '';
  const close = (name: string) => {
    while (open.length) {
      const last = open.pop();
      out += `</${last}>`;
      if (last === name) return;
    }
  };
  const start = (name: string, source: string) => {
    if (BLOCKS.has(name) && open.includes('p')) close('p');
    if (name === 'li' && open.at(-1) === 'li') close('li');
    if (name === 'tr' && open.at(-1) === 'table') start('tbody', '');
    out += `<${name}${attributes(rules, name, source)}>`;
    if (!VOID.has(name)) open.push(name);
  };
  let dropping: string | undefined;
  for (const [piece] of html.matchAll(PIECES)) {
    const [, slash, raw, rest = ''] = /^<(\/?)([a-z][^\s/>]*)([\s\S]*)>$/i.exec(piece) ?? [];
    const name = raw?.toLowerCase();
    if (dropping) {
      if (slash && name === dropping) dropping = undefined;
    } else if (piece.startsWith('<!--')) out += piece;
    else if (!name) out += text(rules, piece);
    else if (!rules.elements.has(name)) {
      if (rules.others === 'escape') out += text(rules, piece);
      else if (!slash && (name === 'script' || name === 'style')) dropping = name;
    } else if (!slash) start(name, rest);
    else if (open.includes(name)) close(name);
    else if (name === 'p') out += '<p></p>';
  }
  while (open.length) out += `</${open.pop()}>`;
  return out;
}

function attributes(rules: SanitiseRules, element: string, source: string): string {
  const kept: [string, string][] = [];
  for (const [, raw = '', double, single, bare] of source.matchAll(
    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g,
  )) {
    const name = raw.toLowerCase();
    const value = decode(double ?? single ?? bare ?? '');
    if (!name.startsWith('data-') && !rules.attributes.has(name)) continue;
    if (URLS.has(name) && !allowedUrl(rules, value)) continue;
    if (!kept.some(([other]) => other === name)) kept.push([name, name === 'style' ? style(rules, value) : value]);
  }
  if (rules.sorted) kept.sort(([left], [right]) => (left < right ? -1 : 1));
  if (rules.ownRel && element === 'a') kept.push(['rel', 'noopener noreferrer']);
  return kept.map(([name, value]) => ` ${name}="${escaped(value).replaceAll('"', '&quot;')}"`).join('');
}

function allowedUrl(rules: SanitiseRules, value: string): boolean {
  // Browsers skip blanks and control characters in a scheme, so a sanitiser must too.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replaceAll(/[\u0000-\u0020\u007f-\u00a0]/g, ''))?.[1];
  return scheme === undefined || rules.schemes.has(scheme.toLowerCase());
}

function style(rules: SanitiseRules, value: string): string {
  const declarations = value.split(';').flatMap((one) => {
    const [, property = '', given = ''] = /^\s*(-?[a-z][a-z-]*)\s*:\s*(.*?)\s*$/i.exec(one) ?? [];
    return property ? [rules.style(property.toLowerCase(), given)] : [];
  });
  return declarations.join('').replace(/^;/, '').trim();
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©' };

function text(rules: SanitiseRules, piece: string): string {
  if (!rules.keepsReferences) return escaped(decode(piece)).replaceAll('\u00a0', '&nbsp;');
  return piece
    .replaceAll(/&(?!(?:amp|lt|gt|quot|apos|nbsp|copy|#\d+|#x[\da-f]+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function decode(value: string): string {
  return value.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hex, name: string) => {
    if (decimal || hex) return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
    return NAMED[name.toLowerCase()] ?? whole;
  });
}

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What becomes of a comment, JSON and plain text too; v15 and v16 take away what asks for input. source: comment.py (validate) */
export const sanitiseComment = (flavour: Flavour, content: string): string =>
  sanitiseHtml(flavour, content, flavour === 'v14' ? [] : ['form', 'input', 'button']);
