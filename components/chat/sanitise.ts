import createDOMPurify, { type Config, type DOMPurify } from 'dompurify';
import { t } from '../../lib/i18n/translate.ts';
import { hostedContentOf } from '../../lib/model/hosted-content.ts';
import type { ChatId, MessageId } from '../../lib/model/ids.ts';
import { safeUrl } from '../ui/safe-url.ts';
import type { HostedPicture } from './picture.tsx';

/** What is known of a message beside its text. */
export interface About {
  /** Where it stands: pictures that lie with it are shown. */
  home?: { chatId: ChatId; messageId: MessageId };
  /** Ids of those `<at>` that mean whoever reads. */
  mine?: ReadonlySet<string>;
}

/**
 * Somebody else's HTML as nodes that can do nothing but be read: an allow-list of tags, no style, class or id, links to
 * http, https and mailto only (in a new tab, without opener), and Teams' own tags (`<at>`, `<emoji>`, `<attachment>`) as
 * Graph sends them made into ours. No picture is left that would be fetched: one that lies with the message at Microsoft
 * becomes a place for it (`picturesIn`), any other a link.
 * @see https://learn.microsoft.com/graph/api/resources/chatmessage
 */
export function sanitise(html: string, about: About = {}): DocumentFragment {
  const fragment = purifier().sanitize(html, SHAPE);
  for (const node of [...fragment.querySelectorAll('*')]) settle(node, about);
  return fragment;
}

/** The places that `sanitise` left for pictures, and what belongs there. */
export function picturesIn(node: ParentNode): { place: HTMLElement; picture: HostedPicture }[] {
  return [...node.querySelectorAll<HTMLElement>('[data-picture]')].map((place) => ({
    place,
    picture: JSON.parse(place.dataset.picture!) as HostedPicture,
  }));
}

/** Made on first use: it needs a window, and a test may bring its own. */
let made: DOMPurify | undefined;
function purifier(): DOMPurify {
  if (made) return made;
  made = createDOMPurify(window);
  // Once: given with each text it would be read anew for each, which takes longer than the cleaning.
  made.setConfig(CONFIG);
  return made;
}

const TEXT_TAGS = 'p div br b strong i em u s a ul ol li blockquote pre code span hr h1 h2 h3 h4 h5 h6'.split(' ');
const TABLE_TAGS = 'table thead tbody tfoot tr td th caption'.split(' ');
const TEAMS_TAGS = ['at', 'emoji', 'customemoji', 'attachment', 'codeblock', 'systemeventmessage', 'img'];

const CONFIG = {
  ALLOWED_TAGS: [...TEXT_TAGS, ...TABLE_TAGS, ...TEAMS_TAGS],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'width', 'height', 'id', 'itemtype', 'colspan', 'rowspan', 'start', 'dir'],
  // Not addresses: without this the rule for addresses would take their numbers away.
  ADD_URI_SAFE_ATTR: ['colspan', 'rowspan', 'start', 'dir', 'itemtype', 'width', 'height', 'id'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\.\.\/hostedContents\/)/i,
  RETURN_DOM_FRAGMENT: true,
} satisfies Config;

/** Says to the compiler what `CONFIG` has set already. */
const SHAPE = { RETURN_DOM_FRAGMENT: true as const };

const KEPT = new Set(['href', 'target', 'rel', 'title', 'colspan', 'rowspan', 'start', 'dir']);

/** One allowed element into its final shape. `src`, `alt` and such were let through only to be read here. */
function settle(node: Element, about: About): void {
  switch (node.localName) {
    case 'a':
      settleLink(node);
      break;
    case 'img':
      node.replaceWith(insteadOf(node, about));
      break;
    case 'emoji':
      node.replaceWith(node.getAttribute('alt') || (node.textContent ?? ''));
      break;
    case 'customemoji':
      node.replaceWith(`:${node.getAttribute('alt') || (node.textContent ?? '')}:`);
      break;
    case 'at': {
      const mine = about.mine?.has(node.getAttribute('id') ?? '');
      node.replaceWith(element('span', mine ? 'chat-mention chat-mention-me' : 'chat-mention', ...node.childNodes));
      break;
    }
    case 'codeblock':
      node.replaceWith(element('pre', '', ...node.childNodes));
      break;
    case 'table': {
      // Scrolls inside itself, and stays a table for who hears it.
      const around = element('div', 'chat-table');
      node.replaceWith(around);
      around.append(node);
      break;
    }
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
  if (href) lead(link, href);
  else link.replaceWith(...link.childNodes);
}

function lead(link: Element, href: string): void {
  link.setAttribute('href', href);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
  // The text may say one address and lead to another: the tooltip tells the real one.
  link.setAttribute('title', href);
}

/** What stands in the place of a picture: nothing that a browser would fetch. */
function insteadOf(image: Element, { home }: About): Node | string {
  const alt = image.getAttribute('alt')?.trim() ?? '';
  // Emoji of older clients are pictures with the character as alt text.
  if (/emoji/i.test(image.getAttribute('itemtype') ?? '') && alt) return alt;
  const src = image.getAttribute('src') ?? '';
  const content = home ? hostedContentOf(src, home) : null;
  // Of another chat the worker would ask nobody.
  if (content && content.chatId === home?.chatId) {
    const place = element('span', 'chat-picture');
    const [width, height] = [sizeOf(image, 'width'), sizeOf(image, 'height')];
    place.dataset.picture = JSON.stringify({ content, alt, width, height } satisfies HostedPicture);
    return place;
  }
  const href = safeUrl(src);
  const isGraphs = hostedContentOf(src, NOWHERE) !== null;
  if (!href || isGraphs || image.closest('a'))
    return element('span', 'chat-image', alt ? t('chat.imageNamed', { name: alt }) : t('chat.image'));
  const link = element('a', 'chat-image', t('picture.link', { name: alt || new URL(href).host }));
  lead(link, href);
  return link;
}

const NOWHERE = { chatId: '' as ChatId, messageId: '' as MessageId };

/** Graph writes them with many decimals. */
function sizeOf(image: Element, name: 'width' | 'height'): number | null {
  const size = Number(image.getAttribute(name) || Number.NaN);
  return size >= 1 && size <= 20_000 ? Math.round(size) : null;
}

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
