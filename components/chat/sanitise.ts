import createDOMPurify, { type Config, type DOMPurify } from 'dompurify';
import { t } from '../../lib/i18n/translate.ts';
import { safeUrl } from '../ui/safe-url.ts';

/**
 * Somebody else's HTML as nodes that can do nothing but be read: an allow-list of tags, no style, class or id, links to
 * http, https and mailto only (in a new tab, without opener), pictures replaced by words so that nothing is fetched, and
 * Teams' own tags (`<at>`, `<emoji>`, `<attachment>`) as Graph sends them made into ours.
 * @see https://learn.microsoft.com/graph/api/resources/chatmessage
 */
export function sanitise(html: string): DocumentFragment {
  const fragment = purifier().sanitize(html, CONFIG);
  for (const node of [...fragment.querySelectorAll('*')]) settle(node);
  return fragment;
}

/** Made on first use: it needs a window, and a test may bring its own. */
let made: DOMPurify | undefined;
function purifier(): DOMPurify {
  made ??= createDOMPurify(window);
  return made;
}

const TEXT_TAGS = 'p div br b strong i em u s a ul ol li blockquote pre code span hr h1 h2 h3 h4 h5 h6'.split(' ');
const TABLE_TAGS = 'table thead tbody tfoot tr td th caption'.split(' ');
const TEAMS_TAGS = ['at', 'emoji', 'attachment', 'codeblock', 'systemeventmessage', 'img'];

const CONFIG = {
  ALLOWED_TAGS: [...TEXT_TAGS, ...TABLE_TAGS, ...TEAMS_TAGS],
  ALLOWED_ATTR: ['href', 'alt', 'itemtype', 'colspan', 'rowspan', 'start', 'dir'],
  // Not addresses: without this the rule for addresses would take their numbers away.
  ADD_URI_SAFE_ATTR: ['colspan', 'rowspan', 'start', 'dir', 'itemtype'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  RETURN_DOM_FRAGMENT: true as const,
} satisfies Config;

const KEPT = new Set(['href', 'target', 'rel', 'title', 'colspan', 'rowspan', 'start', 'dir']);

/** One allowed element into its final shape. `alt` and `itemtype` were let through only to be read here. */
function settle(node: Element): void {
  switch (node.localName) {
    case 'a':
      settleLink(node);
      break;
    case 'img':
      settleImage(node);
      break;
    case 'emoji':
      node.replaceWith(document.createTextNode(node.getAttribute('alt') || (node.textContent ?? '')));
      break;
    case 'at':
      node.replaceWith(element('span', 'chat-mention', ...node.childNodes));
      break;
    case 'codeblock':
      node.replaceWith(element('pre', '', ...node.childNodes));
      break;
    case 'attachment':
    case 'systemeventmessage':
      node.remove();
      break;
  }
  // What DOMPurify let through is held once more to the list, so that one slip of a setting is not a hole.
  for (const name of node.getAttributeNames()) if (!KEPT.has(name)) node.removeAttribute(name);
}

function settleLink(link: Element): void {
  const href = safeUrl(link.getAttribute('href'));
  if (!href) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.setAttribute('href', href);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  // The text may say one address and lead to another: the tooltip tells the real one.
  link.setAttribute('title', href);
}

/** Emoji of older clients are pictures with the character as alt text; all other pictures stay in Teams. */
function settleImage(image: Element): void {
  const alt = image.getAttribute('alt')?.trim() ?? '';
  if (/emoji/i.test(image.getAttribute('itemtype') ?? '') && alt) {
    image.replaceWith(document.createTextNode(alt));
    return;
  }
  image.replaceWith(element('span', 'chat-image', alt ? t('chat.imageNamed', { name: alt }) : t('chat.image')));
}

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
