import { WIDTHS } from './room.ts';

/** The edge by which the panel is made wider or narrower, with a pointer or with arrow keys. */
export interface Handle {
  element: HTMLElement;
  /** Tells assistive technology where it stands, in CSS pixels. */
  show(width: number, least: number, most: number): void;
  setDir(dir: 'ltr' | 'rtl'): void;
}

/** `onWidth` hears every step; with `done` the width is the one to remember. */
export function createHandle(
  document: Document,
  label: string,
  onWidth: (width: number, done: boolean) => void,
): Handle {
  const element = document.createElement('div');
  element.className = 'handle';
  element.tabIndex = 0;
  const attributes = { role: 'separator', 'aria-orientation': 'vertical', 'aria-label': label };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  let width = WIDTHS.usual;
  let rtl = false;
  let drag: { from: number; width: number } | null = null;

  /** Away from the edge of the window is wider, on either side. */
  const widthAt = (x: number) => (drag ? drag.width + (rtl ? x - drag.from : drag.from - x) : width);
  const end = (event: PointerEvent) => {
    if (!drag) return;
    const last = widthAt(event.clientX);
    drag = null;
    element.classList.remove('dragged');
    element.parentElement?.classList.remove('dragging');
    onWidth(last, true);
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    // Captured, and the frame made deaf: else the frame swallows the pointer as soon as it is over it.
    element.setPointerCapture(event.pointerId);
    drag = { from: event.clientX, width };
    element.classList.add('dragged');
    element.parentElement?.classList.add('dragging');
  });
  element.addEventListener('pointermove', (event) => {
    if (drag) onWidth(widthAt(event.clientX), false);
  });
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.addEventListener('keydown', (event) => {
    const wider = rtl ? 'ArrowRight' : 'ArrowLeft';
    const narrower = rtl ? 'ArrowLeft' : 'ArrowRight';
    const steps: Record<string, number> = {
      [wider]: width + WIDTHS.step,
      [narrower]: width - WIDTHS.step,
      Home: WIDTHS.least,
      End: WIDTHS.most,
    };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onWidth(next, true);
  });

  return {
    element,
    show(now, least, most) {
      width = now;
      element.setAttribute('aria-valuenow', String(now));
      element.setAttribute('aria-valuemin', String(least));
      element.setAttribute('aria-valuemax', String(most));
    },
    setDir(dir) {
      rtl = dir === 'rtl';
    },
  };
}
