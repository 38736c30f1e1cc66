import { t } from '../../lib/i18n/translate.ts';
import { safeUrl } from '../ui/safe-url.ts';
import type { HostedPicture } from './picture.tsx';

const BLOCKS = new Set('p div ul ol blockquote pre table tr h1 h2 h3 h4 h5 h6 section dl'.split(' '));

/** Nodes of a message as text: blocks on lines of their own, items with a dash, cells apart, quotes behind a mark. */
export function wordsOf(node: Node): string {
  return textOf(node)
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOf(node: Node): string {
  if (node.nodeType === 3) return node.textContent ?? '';
  const instead = insteadOf(node);
  if (instead !== null) return instead;
  const inner = [...node.childNodes].map(textOf).join('');
  if (!(node instanceof Element)) return inner;
  switch (node.localName) {
    case 'br':
      return '\n';
    case 'hr':
      return '\n---\n';
    case 'li':
      return `- ${inner.trim()}\n`;
    case 'td':
    case 'th':
    case 'dt':
      return `${inner.trim()}\t`;
    case 'dd':
      return `${inner.trim()}\n`;
    case 'blockquote':
      return `${inner.trim().replace(/^/gm, '> ')}\n`;
    case 'button':
      // A quote is a button as long as it leads somewhere.
      return `${inner}\n`;
    case 'span':
      return node.matches('.chat-quote-head') ? `${[...node.children].map(textOf).join(' ')}\n` : inner;
    default:
      return BLOCKS.has(node.localName) ? `${inner}\n` : inner;
  }
}

/** What stands for a thing that is no text; null for all that is. */
function insteadOf(node: Node): string | null {
  if (!(node instanceof HTMLElement)) return node instanceof SVGElement ? '' : null;
  if (node.dataset.picture) {
    const { alt } = JSON.parse(node.dataset.picture) as HostedPicture;
    return `[${alt || t('picture.nameless')}]`;
  }
  if (node.matches('.chat-picture-box, img'))
    return `[${node.dataset.name || node.getAttribute('alt') || t('picture.nameless')}]`;
  return null;
}

/** The same nodes as HTML for other programs: tags and links, no class, no style, no picture. */
export function bareHtml(node: Node): string {
  const page = document.implementation.createHTMLDocument();
  page.body.append(...[...node.childNodes].flatMap((child) => bare(page, child)));
  return page.body.innerHTML;
}

const KEPT = new Set(
  'p div br b strong i em u s ul ol li blockquote pre code hr h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption dl dt dd'.split(
    ' ',
  ),
);

function bare(page: Document, node: Node): (Node | string)[] {
  if (node.nodeType === 3) return [page.createTextNode(node.textContent ?? '')];
  const instead = insteadOf(node);
  if (instead !== null) return instead ? [instead] : [];
  if (!(node instanceof Element)) return [];
  const inner = [...node.childNodes].flatMap((child) => bare(page, child));
  if (node.matches('.chat-body, .chat-table')) return inner;
  const href = node.localName === 'a' ? safeUrl(node.getAttribute('href')) : null;
  const tag = href ? 'a' : node.localName === 'section' || node.localName === 'button' ? 'div' : node.localName;
  if (!href && tag !== 'div' && !KEPT.has(tag)) return inner;
  const made = page.createElement(tag);
  if (href) made.setAttribute('href', href);
  made.append(...inner);
  return [made];
}
