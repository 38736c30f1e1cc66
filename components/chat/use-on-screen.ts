import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { watchOnScreen } from '../ui/watch-on-screen.ts';

/** Whether a person can see this element now: what arrives where nobody looks has not been read by anybody. */
export function useOnScreen(box: RefObject<HTMLElement | null>): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => (box.current ? watchOnScreen(box.current, setShown) : undefined), [box]);
  return shown;
}
