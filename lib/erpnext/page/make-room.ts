import { SELECTORS } from '../selectors.ts';

/** What is done to Desk's own layout while the panel stands beside it: one style element, two attributes, no moved node. */
export interface DeskRoom {
  /** Reserve so many CSS pixels at the end side; 0 gives them back. `crowded`: the title gives way to the buttons. */
  reserve(pixels: number, crowded: boolean): void;
  /** Whether the form's buttons stand beside the title, off it and off the reserved side. True where there are none. */
  buttonsFit(formPage: HTMLElement | null, dir: 'ltr' | 'rtl'): boolean;
  /** Where the form's header ends, in CSS pixels from the top of the window. */
  headEnd(formPage: HTMLElement | null): number;
  remove(): void;
}

export function createDeskRoom(document: Document): DeskRoom {
  const html = document.documentElement;
  const style = document.createElement('style');
  style.dataset.deskside = 'room';
  style.textContent = CSS;
  let reserved = 0;

  return {
    reserve(pixels, crowded) {
      reserved = pixels;
      if (!style.isConnected) (document.head ?? html).append(style);
      html.toggleAttribute('data-deskside-room', pixels > 0);
      html.toggleAttribute('data-deskside-crowded', crowded);
      html.style.setProperty('--deskside-room', `${pixels}px`);
    },
    buttonsFit(formPage, dir) {
      const view = document.defaultView;
      const actions = formPage?.querySelector(SELECTORS.pageActions);
      const head = formPage?.querySelector(SELECTORS.pageHead);
      if (!view || !actions || !head) return true;
      // The container scrolls nothing, so what does not fit sticks out of the head's own box.
      const edge = dir === 'rtl' ? reserved : view.innerWidth - reserved;
      const buttons = [...actions.querySelectorAll<HTMLElement>('button, .btn')]
        .map((b) => b.getBoundingClientRect())
        .filter((b) => b.width > 0);
      const inside = buttons.every((b) => (dir === 'rtl' ? b.left >= edge : b.right <= edge));
      const title = head.querySelector(SELECTORS.titleArea)?.getBoundingClientRect();
      if (!inside || !title?.width) return inside;
      // v14 and v15 give the title a third of the *window*, and let it stick out: under the first button, or a line above.
      return buttons.every(
        (b) => b.top < title.bottom && (dir === 'rtl' ? b.right <= title.left : b.left >= title.right),
      );
    },
    headEnd(formPage) {
      const rect = formPage?.querySelector(SELECTORS.pageHead)?.getBoundingClientRect();
      // Scrolled away (v14 and v15 slide it under the bar) or not there: the panel may use the whole height.
      return rect && rect.bottom > 0 ? Math.min(rect.bottom, HIGHEST) : 0;
    },
    remove() {
      style.remove();
      html.removeAttribute('data-deskside-room');
      html.removeAttribute('data-deskside-crowded');
      html.style.removeProperty('--deskside-room');
    },
  };
}

/** A header taller than this is not one. */
const HIGHEST = 200;

const CSS = `
@media screen {
  html[data-deskside-room] body { margin-inline-end: var(--deskside-room) !important; }
  html[data-deskside-crowded] ${SELECTORS.unwrappedTitle} { flex: 0 1 auto; min-width: 96px; overflow: hidden; }
  html[data-deskside-room][data-deskside-crowded] ${SELECTORS.unwrappedTitle} { padding-inline-end: 12px; }
  html[data-deskside-room][data-deskside-crowded] ${SELECTORS.titlePath} { flex-wrap: nowrap; min-width: 0; }
  html[data-deskside-room][data-deskside-crowded] ${SELECTORS.titlePath} > li:not(:last-child) { display: none; }
  html[data-deskside-room][data-deskside-crowded] ${SELECTORS.titlePath} > li:last-child { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  html[data-deskside-room][data-deskside-crowded] ${SELECTORS.titlePath} > li:last-child::before { content: none; }
  html[data-deskside-crowded] ${SELECTORS.wrappedHead} { flex-wrap: nowrap; }
  html[data-deskside-crowded] ${SELECTORS.wrappedHead} > .page-title { flex: 0 1 auto; max-width: none; min-width: min(180px, 45vw); }
  /* In v14 the buttons' column may be narrower than they are, and lets them stick out over the title. */
  html[data-deskside-crowded] ${SELECTORS.wrappedHead} > .page-actions { min-width: auto; }
  html[data-deskside-crowded] ${SELECTORS.wrappedHead} :is(${SELECTORS.titleArea}, ${SELECTORS.titleArea} > div, ${SELECTORS.titleArea} > div > .flex) { min-width: 0; }
}
`;
