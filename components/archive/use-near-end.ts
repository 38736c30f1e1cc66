import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** How near to what is seen (px) the end of a list is met. */
const AHEAD = 600;

/** Calls `more` whenever the end of a list comes near; null: there is none. @returns what stands at the end. */
export function useNearEnd(more: (() => void) | null): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!more || !end.current) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && more(), {
      root: end.current.closest('.archive-list'),
      rootMargin: `${AHEAD}px`,
    });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [more]);
  return end;
}
