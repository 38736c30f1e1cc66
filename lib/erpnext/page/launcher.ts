import { SELECTORS } from '../selectors.ts';
import { createBadge } from './badge.ts';
import { teamsIcon } from './icon.ts';

/** The button in the form's header. One element, moved to the form that is on screen. */
export interface Launcher {
  /** Puts it first among the buttons of this form, or takes it away (null). Cheap to call again and again. */
  place(formPage: HTMLElement | null): void;
  setOpen(open: boolean): void;
  /** Folded to its icon where the header has no room for the word. */
  fold(folded: boolean): void;
  setBadge(badge: { unread: number; attention: boolean }): void;
  focus(): void;
  remove(): void;
}

export interface LauncherWords {
  label: string;
  open: string;
  close: string;
  unread: (count: number) => string;
  attention: string;
}

/** Bootstrap's and Frappe's own classes make it look as if Desk had made it, in every theme and version. */
export function createLauncher(document: Document, words: LauncherWords, onToggle: () => void): Launcher {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'btn btn-default btn-sm';
  button.dataset.deskside = 'launcher';
  // `.btn` hides what sticks out of it in some versions: the badge does.
  button.style.cssText = 'position:relative;overflow:visible;display:inline-flex;align-items:center;flex:none';
  const label = document.createElement('span');
  label.textContent = words.label;
  label.style.marginInlineStart = '6px';
  const badge = createBadge(document);
  button.append(teamsIcon(document), label, badge.element);
  button.addEventListener('click', onToggle);

  const state = { open: false, unread: 0, attention: false };
  const describe = () => {
    button.setAttribute('aria-expanded', String(state.open));
    const news = state.unread > 0 ? words.unread(state.unread) : state.attention ? words.attention : '';
    button.title = [state.open ? words.close : words.open, news].filter(Boolean).join(' · ');
    button.setAttribute('aria-label', [words.label, news].filter(Boolean).join(', '));
  };
  describe();

  let place: Element | null = null;
  // Desk empties the bar of its own buttons at some refreshes; ours comes back without moving any of them.
  const observer = new MutationObserver(() => {
    if (place?.isConnected && button.parentElement !== place) place.prepend(button);
  });

  return {
    place(formPage) {
      const actions = formPage?.querySelector(SELECTORS.pageActions) ?? null;
      if (actions !== place) {
        observer.disconnect();
        place = actions;
        if (actions) observer.observe(actions, { childList: true });
      }
      if (!actions) button.remove();
      else if (button.parentElement !== actions) actions.prepend(button);
    },
    setOpen(open) {
      state.open = open;
      describe();
    },
    fold(folded) {
      label.style.display = folded ? 'none' : '';
      button.classList.toggle('icon-btn', folded);
    },
    setBadge(news) {
      Object.assign(state, news);
      badge.set(news);
      describe();
    },
    focus: () => button.focus(),
    remove() {
      observer.disconnect();
      button.remove();
    },
  };
}
