/**
 * The plain text of a message's HTML, for comparing what was written with what Teams made of it: Teams wraps it in
 * tags, writes letters as entities, turns emoji into tags and blanks into no-break spaces, and none of that counts.
 * Case counts. Needs no DOM; the result is for comparing, never for showing.
 */
export function foldText(html: string): string {
  // Most messages have none of what is looked for: to look whether it is there costs a tenth of looking for it.
  let text = html.includes('<!--') ? html.replace(/<!--[\s\S]*?-->/g, '') : html;
  if (text.includes('<')) text = withoutTags(text);
  if (text.includes('&'))
    text = text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]\w*);/gi, (whole, name: string) => decode(name) ?? whole);
  if (!ASCII.test(text)) text = text.normalize('NFC').replace(INVISIBLE, '');
  text = text.trim();
  // Single blanks, which are most, stay as they are.
  return text.includes('  ') || /[^\S ]/.test(text) ? text.replace(/\s\s+|[^\S ]/g, ' ') : text;
}

const ASCII = /^[\0-\x7f]*$/;

/** A tag with quoted values that may hold '>'. A '<' that begins no tag is text. */
const TAG = /<\/?([a-z][\w:-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/iy;

/** Zero-width blanks and joins, soft hyphen, byte order mark, emoji variation selectors: Teams adds and drops them. */
const INVISIBLE = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufe0e|\ufe0f|\ufeff/g;

/** These stand inside a word; any other tag parts words. */
const INLINE = new Set(
  'a abbr at b bdi bdo code del em font i ins kbd mark s small span strike strong sub sup u'.split(' '),
);

/** Nearly all tags that come are these: what each stands for. */
const BARE = new Map(
  [...INLINE, ...'p div br ul ol li blockquote pre h1 h2 h3 table tbody tr th td attachment'.split(' ')].flatMap(
    (name) => [`<${name}>`, `</${name}>`].map((tag) => [tag, textOfTag(tag, name)] as const),
  ),
);
const LONGEST_BARE = Math.max(...[...BARE.keys()].map((tag) => tag.length));

function withoutTags(html: string): string {
  let text = '';
  let upTo = 0;
  let close = -1;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', Math.max(at + 1, upTo))) {
    if (close < at) close = html.indexOf('>', at);
    if (close < 0) break;
    const end = close + 1;
    const bare = end - at > LONGEST_BARE ? undefined : BARE.get(html.slice(at, end));
    if (bare !== undefined) {
      text += html.slice(upTo, at) + bare;
      upTo = end;
      continue;
    }
    TAG.lastIndex = at;
    const found = TAG.exec(html);
    if (!found) continue;
    text += html.slice(upTo, at) + textOfTag(found[0], found[1]!.toLowerCase());
    upTo = TAG.lastIndex;
  }
  return text + html.slice(upTo);
}

function textOfTag(tag: string, name: string): string {
  if (name === 'emoji' || name === 'img') return /\salt\s*=\s*("[^"]*"|'[^']*')/i.exec(tag)?.[1]?.slice(1, -1) ?? '';
  return INLINE.has(name) ? '' : ' ';
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwj: '',
  zwnj: '',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  para: '¶',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  micro: 'µ',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  sup1: '¹',
  sup2: '²',
  sup3: '³',
  ordf: 'ª',
  ordm: 'º',
  iexcl: '¡',
  iquest: '¿',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oelig: 'œ',
  OElig: 'Œ',
  oslash: 'ø',
  Oslash: 'Ø',
  eth: 'ð',
  ETH: 'Ð',
  thorn: 'þ',
  THORN: 'Þ',
};

const ACCENTS: Record<string, string> = {
  grave: '\u0300',
  acute: '\u0301',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
};

function decode(name: string): string | undefined {
  if (name[0] === '#') {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  if (NAMED[name] !== undefined) return NAMED[name];
  // `eacute`, `Uuml` …: a letter and the name of its accent; NFC makes one character of them.
  const accent = ACCENTS[name.slice(1)];
  return accent && name[0] + accent;
}
