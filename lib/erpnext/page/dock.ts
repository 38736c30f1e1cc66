import { createHandle } from './handle.ts';
import { fitWidth, type Stance, WIDTHS } from './room.ts';

/** The panel's place on the page: a landmark at the end side, its content in a closed shadow root. */
export interface Dock {
  /** Shown or hidden; what is in it is kept. */
  setOpen(open: boolean): void;
  stand(stance: Stance, below: number): void;
  /** As wide as a person wants it; as far as the window has room, which `refit` looks at again. CSS pixels. */
  setWidth(pixels: number): void;
  refit(): void;
  width(): number;
  setDir(dir: 'ltr' | 'rtl'): void;
  setTheme(theme: 'light' | 'dark'): void;
  /** Put the frame in: once, it would load anew. */
  fill(content: HTMLElement): void;
  remove(): void;
}

export interface DockWords {
  region: string;
  resize: string;
}

export function createDock(
  document: Document,
  words: DockWords,
  onWidth: (width: number, done: boolean) => void,
): Dock {
  const host = document.createElement('aside');
  host.dataset.deskside = 'dock';
  host.setAttribute('aria-label', words.region);
  host.hidden = true;
  const root = host.attachShadow({ mode: 'closed' });
  const style = document.createElement('style');
  style.textContent = CSS;
  const box = document.createElement('div');
  box.className = 'box';
  const handle = createHandle(document, words.resize, onWidth);
  box.append(handle.element);
  root.append(style, box);
  // Desk listens on the window and takes the host for no input: typing beside its shortcuts would duplicate the record.
  for (const type of ['keydown', 'keyup', 'keypress'] as const)
    host.addEventListener(type, (event) => event.stopPropagation());

  let wanted = WIDTHS.usual;
  let width = WIDTHS.usual;
  let stance: Stance = 'push';

  const refit = () => {
    const viewport = document.defaultView?.innerWidth ?? 0;
    width = fitWidth(wanted, viewport);
    host.style.setProperty('--width', `${width}px`);
    handle.show(width, WIDTHS.least, fitWidth(Number.MAX_SAFE_INTEGER, viewport));
  };

  return {
    setOpen(open) {
      // Before the first time there may be no body yet.
      if (open && !host.isConnected) document.body.append(host);
      host.hidden = !open;
    },
    stand(next, below) {
      stance = next;
      host.dataset.stance = next;
      host.style.setProperty('--below', `${next === 'float' ? Math.max(0, Math.round(below)) : 0}px`);
      handle.element.hidden = stance === 'fill';
    },
    setWidth(pixels) {
      wanted = pixels;
      refit();
    },
    refit,
    width: () => width,
    setDir(dir) {
      host.dir = dir;
      handle.setDir(dir);
    },
    setTheme: (theme) => {
      host.dataset.theme = theme;
    },
    fill: (content) => box.append(content),
    remove: () => host.remove(),
  };
}

/** Above Desk's bars (1020), below its dialogs (1050). Logical sides throughout: Arabic Desks are mirrored. */
const CSS = `
:host {
  all: initial;
  position: fixed; z-index: 1021; display: block; box-sizing: border-box;
  inset-block: var(--below, 0px) 0; inset-inline-end: 0; width: var(--width, 400px);
  background: #fff; border-inline-start: 1px solid #e2e2e2; color-scheme: light;
}
:host([hidden]) { display: none !important; }
:host([data-theme='dark']) { background: #171717; border-color: #343434; color-scheme: dark; }
:host([data-stance='float']) {
  box-shadow: 0 8px 28px rgb(0 0 0 / .18); border-block-start: 1px solid #e2e2e2; border-start-start-radius: 10px;
  overflow: clip;
}
:host([data-stance='float'][data-theme='dark']) { border-color: #343434; }
:host([data-stance='fill']) { inset: 0; width: auto; border: 0; }
.box { position: relative; width: 100%; height: 100%; }
iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: inherit; background: transparent; }
.handle {
  position: absolute; z-index: 1; inset-block: 0; inset-inline-start: -4px; width: 8px; cursor: ew-resize;
  touch-action: none; outline: 0; background: transparent;
}
.handle[hidden] { display: none; }
.handle::after { content: ''; position: absolute; inset-block: 0; inset-inline-start: 3px; width: 2px; background: transparent; }
.handle:hover::after, .handle:focus-visible::after, .handle.dragged::after { background: #5b5fc7; }
.handle:focus-visible::after { width: 3px; }
.dragging iframe { pointer-events: none; }
@media print { :host { display: none !important; } }
`;
