import { useCallback } from 'preact/hooks';

const FOCUSABLE = 'a[href], button:not([disabled])';

/**
 * Arrow keys for a box of buttons and links: down and up to the next and the one before, whatever line it is on; to the
 * sides within one line; Home and End. Tab works beside it. Fields keep their own keys.
 */
export function useArrowKeys() {
  return useCallback((event: KeyboardEvent) => {
    const box = event.currentTarget as HTMLElement;
    const from = event.target as HTMLElement;
    if (!from.matches(FOCUSABLE)) return;
    const all = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const to = targetOf(event.key, all, all.indexOf(from), getComputedStyle(box).direction === 'rtl');
    if (!to) return;
    event.preventDefault();
    to.focus();
  }, []);
}

function targetOf(key: string, all: HTMLElement[], at: number, rtl: boolean): HTMLElement | undefined {
  const line = (el: HTMLElement | undefined) => el?.getBoundingClientRect().top;
  const here = line(all[at]);
  switch (key) {
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    case 'ArrowDown':
      return all.slice(at + 1).find((el) => line(el) !== here) ?? all[0];
    case 'ArrowUp': {
      // To the first of the line before.
      const before = all.slice(0, at).findLast((el) => line(el) !== here) ?? all.at(-1);
      return all.find((el) => line(el) === line(before));
    }
    case 'ArrowLeft':
    case 'ArrowRight': {
      const next = all[at + ((key === 'ArrowRight') === rtl ? -1 : 1)];
      return line(next) === here ? next : undefined;
    }
  }
  return undefined;
}
