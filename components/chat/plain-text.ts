import { sanitise } from './sanitise.ts';

const BLOCKS = new Set('p div ul ol blockquote pre table tr h1 h2 h3 h4 h5 h6'.split(' '));

/** A message as text for the clipboard: blocks on lines of their own, items with a dash, cells apart. */
export function plainText(html: string): string {
  return textOf(sanitise(html))
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function textOf(node: Node): string {
  if (node.nodeType === 3) return node.textContent ?? '';
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
      return `${inner.trim()}\t`;
    default:
      return BLOCKS.has(node.localName) ? `${inner}\n` : inner;
  }
}
