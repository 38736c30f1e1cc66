import type { Desk } from '../desk.ts';
import { watchLook } from '../desk.ts';
import { SELECTORS } from '../selectors.ts';
import { createDock, type DockWords } from './dock.ts';
import { createPanelFrame, type PanelFrame } from './frame.ts';
import { createLauncher, type LauncherWords } from './launcher.ts';
import { createDeskRoom } from './make-room.ts';
import { chooseStance, NARROW, WIDTHS } from './room.ts';

/** All that stands in Desk's page, held together: launcher, dock, frame and the room Desk makes for them. */
export interface Stage {
  /** A record with a panel is on screen, or not; the panel is kept while it is hidden. */
  show(there: boolean): void;
  /** By a person: the focus goes into the panel, and back to the launcher. */
  toggle(open?: boolean): void;
  /** By a person, before the record is there: it stands open as soon as one is, and takes the focus. */
  openNext(): void;
  /** As remembered from last time: moves no focus, and loses against what the person did meanwhile. */
  restore(layout: { width: number; open: boolean }): void;
  setBadge(badge: { unread: number; attention: boolean }): void;
  /** The panel stands on the page. */
  isOpen(): boolean;
  remove(): void;
}

export interface StageDeps {
  window: Window;
  desk: Desk;
  words: LauncherWords & DockWords;
  frameUrl: string;
  /** `runtime.id`. */
  extensionId: string;
  nonce: () => Promise<string | null>;
  /** What to remember. */
  onLayout: (layout: { width?: number; open?: boolean }) => void;
}

export function createStage(deps: StageDeps): Stage {
  const { window, desk, words } = deps;
  const { document } = window;
  const state = { there: false, open: false, touched: false, focusNext: false };
  const launcher = createLauncher(document, words, () => toggle());
  const room = createDeskRoom(document);
  const dock = createDock(document, words, (width, done) => {
    dock.setWidth(width);
    arrange();
    if (done) deps.onLayout({ width: dock.width() });
  });
  dock.setWidth(WIDTHS.usual);
  let frame: PanelFrame | null = null;
  let look = desk.look();
  let settledSize = '';
  let floating = false;

  const visible = () => state.there && state.open;

  const toggle = (open = !visible()) => {
    if (!state.there) return;
    state.touched = true;
    if (open === state.open) return focusOn(open);
    state.open = open;
    deps.onLayout({ open });
    render();
    focusOn(open);
  };
  const focusOn = (open: boolean) => {
    if (open && visible()) frame?.focus();
    if (!open) launcher.focus();
  };

  const render = () => {
    const page = state.there ? desk.formPage() : null;
    launcher.place(page);
    launcher.setOpen(visible());
    if (visible() && !frame) {
      frame = createPanelFrame({
        window,
        url: deps.frameUrl,
        extensionId: deps.extensionId,
        title: words.region,
        look,
        nonce: deps.nonce,
        onClose: () => toggle(false),
        onFocusBack: () => launcher.focus(),
      });
      dock.fill(frame.element);
    }
    dock.setOpen(visible());
    watchSize(page);
    arrange();
  };

  /** Gives the panel its place and Desk the rest: measured, so that no button of Desk's ends up underneath. */
  const arrange = () => {
    const page = state.there ? desk.formPage() : null;
    const fits = (pixels: number, crowded: boolean) => {
      launcher.fold(crowded);
      room.reserve(pixels, crowded);
      return room.buttonsFit(page, look.dir);
    };
    floating = false;
    if (visible()) {
      dock.refit();
      const { stance, crowded } = chooseStance(window.innerWidth, dock.width(), (tight) => fits(dock.width(), tight));
      floating = stance === 'float';
      if (stance !== 'push') foldIfCrowded(fits);
      else launcher.fold(crowded);
      dock.stand(stance, room.headEnd(page));
    } else foldIfCrowded(fits);
    settledSize = sizeOf(page);
  };
  const foldIfCrowded = (fits: (pixels: number, crowded: boolean) => boolean) => {
    if (window.innerWidth < NARROW || !fits(0, false)) fits(0, true);
  };

  // Desk adds buttons after a form was refreshed, and each changes what fits.
  const sizes = new ResizeObserver(() => {
    const page = state.there ? desk.formPage() : null;
    if (page && sizeOf(page) !== settledSize) soon();
  });
  let watched: Element | null = null;
  const watchSize = (page: HTMLElement | null) => {
    const actions = page?.querySelector(SELECTORS.pageActions) ?? null;
    if (actions === watched) return;
    sizes.disconnect();
    watched = actions;
    if (actions) sizes.observe(actions);
  };

  let frameRequest = 0;
  const soon = () => {
    frameRequest ||= window.requestAnimationFrame(() => {
      frameRequest = 0;
      arrange();
    });
  };
  const onScroll = () => {
    if (floating) soon();
  };
  window.addEventListener('resize', soon);
  window.addEventListener('scroll', onScroll, { capture: true, passive: true });

  const stopLook = watchLook(document, (next) => {
    look = next;
    dock.setDir(next.dir);
    dock.setTheme(next.theme);
    frame?.setLook(next);
    if (state.there) soon();
  });

  return {
    show(there) {
      state.there = there;
      render();
      if (!there || !state.focusNext) return;
      state.focusNext = false;
      focusOn(true);
    },
    toggle,
    openNext() {
      Object.assign(state, { open: true, touched: true, focusNext: true });
      deps.onLayout({ open: true });
    },
    restore(layout) {
      dock.setWidth(layout.width);
      if (!state.touched) state.open = layout.open;
      if (state.there) render();
    },
    setBadge: (badge) => launcher.setBadge(badge),
    isOpen: visible,
    remove() {
      window.removeEventListener('resize', soon);
      window.removeEventListener('scroll', onScroll, { capture: true });
      window.cancelAnimationFrame(frameRequest);
      sizes.disconnect();
      stopLook();
      frame?.remove();
      dock.remove();
      launcher.remove();
      room.remove();
    },
  };
}

/** Takes away what an earlier copy of the content script left when its extension was updated under it. */
export function clearLeftovers(document: Document): void {
  for (const left of document.querySelectorAll('[data-deskside]')) left.remove();
  createDeskRoom(document).remove();
}

/** The header's buttons and their room, as far as they bear on what fits. */
function sizeOf(page: HTMLElement | null): string {
  const actions = page?.querySelector(SELECTORS.pageActions);
  return actions ? `${actions.clientWidth}/${actions.scrollWidth}/${actions.childElementCount}` : '';
}
