import { teamsIcon } from './icon.ts';
import { createShadowHost } from './shadow-host.ts';

/** The mark at a row of a list: a quiet sign where the record has a chat, a count where messages are unread. */
export interface ListMarkElement {
  element: HTMLElement;
  set(unread: number, words: string): void;
}

export function createListMark(document: Document, onOpen: () => void): ListMarkElement {
  const button = document.createElement('button');
  button.type = 'button';
  const count = document.createElement('span');
  count.className = 'count';
  button.append(teamsIcon(document), count);
  const element = createShadowHost(document, 'list-mark', CSS, button);
  element.addEventListener('click', (event) => {
    // The row's own click opens the record without its panel.
    event.stopPropagation();
    event.preventDefault();
    if (event.isTrusted) onOpen();
  });
  // Desk's list goes through its rows with Enter, Space and arrows.
  for (const type of ['keydown', 'keyup', 'keypress'] as const)
    element.addEventListener(type, (event) => event.stopPropagation());
  return {
    element,
    set(unread, words) {
      button.classList.toggle('unread', unread > 0);
      // A number drawn by CSS: text of the shadow tree could be found with the browser's search.
      count.dataset.count = unread > 99 ? '99+' : String(unread);
      button.setAttribute('aria-label', words);
      button.title = words;
    },
  };
}

const CSS = `
:host {
  all: initial; flex: none; display: inline-flex; inline-size: 26px; block-size: 20px; margin-inline-end: 4px;
  vertical-align: middle; color: var(--text-muted, #6b6b6b);
}
button {
  all: unset; box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center;
  inline-size: 26px; block-size: 20px; border-radius: 10px; cursor: pointer; font: 600 10px/1 system-ui, sans-serif;
}
button:hover { background: rgb(91 95 199 / .16); }
button:focus-visible { outline: 2px solid #2f7fd6; outline-offset: 1px; }
.count { display: none; }
.unread { background: #c4314b; color: #fff; block-size: 16px; margin-block: 2px; }
.unread:hover { background: #a52a40; }
.unread svg { display: none !important; }
.unread .count { display: block; }
.count::before { content: attr(data-count); }
@media print { :host { display: none !important; } }
@media (forced-colors: active) { .unread { border: 1px solid; } }
`;
