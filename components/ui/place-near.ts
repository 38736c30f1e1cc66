/** Room to the window's edges, and to the button. */
const EDGE = 8;
const GAP = 4;

/**
 * Puts a box with `position: fixed` beside the button that opened it, where it fits: below or above, its end at the
 * button's end. Needs its final size.
 */
export function placeNear(box: HTMLElement, button: Element): void {
  const from = button.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = from.bottom + GAP;
  const above = from.top - GAP - height;
  const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
  const rtl = getComputedStyle(box).direction === 'rtl';
  const left = rtl ? from.left : from.right - width;
  box.style.top = `${clamp(top, innerHeight - height)}px`;
  box.style.left = `${clamp(left, innerWidth - width)}px`;
}

function clamp(value: number, most: number): number {
  return Math.max(EDGE, Math.min(value, most - EDGE));
}
