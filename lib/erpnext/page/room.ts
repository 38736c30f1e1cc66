/** How the panel stands on the page. */
export type Stance =
  /** Desk gives way: the panel is beside the form. */
  | 'push'
  /** No room beside the form: the panel hangs over it, below the header, so that Save is never covered. */
  | 'float'
  /** Small screen: the panel is all there is. */
  | 'fill';

/** Below this, Desk itself folds its sidebars (Bootstrap's lg). CSS pixels. */
export const NARROW = 992;
export const WIDTHS = { least: 320, usual: 400, most: 720, step: 24 };
/** A form narrower than this is no use beside a panel. */
const LEAST_DESK = 640;

/** A width that fits: never less than 320, nor more than 720 or three fifths of the window. */
export function fitWidth(width: number, viewport: number): number {
  const most = Math.max(WIDTHS.least, Math.min(WIDTHS.most, Math.round(viewport * 0.6)));
  return Math.round(Math.min(most, Math.max(WIDTHS.least, Number.isFinite(width) ? width : WIDTHS.usual)));
}

/**
 * Whether to push or to float is measured, not looked up: `fits` is asked to lay Desk out with the panel beside it and
 * to say whether its buttons have room, first as it is, then with the launcher folded and the title giving way.
 */
export function chooseStance(
  viewport: number,
  width: number,
  fits: (crowded: boolean) => boolean,
): { stance: Stance; crowded: boolean } {
  if (viewport < NARROW) return { stance: 'fill', crowded: true };
  if (viewport - width >= LEAST_DESK) {
    if (fits(false)) return { stance: 'push', crowded: false };
    if (fits(true)) return { stance: 'push', crowded: true };
  }
  return { stance: 'float', crowded: false };
}
