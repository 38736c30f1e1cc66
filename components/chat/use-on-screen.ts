import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/**
 * Whether a person can see this element now. A panel that was closed lives on in a hidden frame, and a tab behind
 * others does too: what arrives there has not been read by anybody.
 */
export function useOnScreen(box: RefObject<HTMLElement | null>): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const el = box.current;
    if (!el) return;
    let there = true;
    const look = () => setShown(there && document.visibilityState !== 'hidden');
    // Hears of a frame that is hidden from outside, which no event of the frame's own tells.
    const observer = new IntersectionObserver((entries) => {
      there = entries.some((entry) => entry.isIntersecting);
      look();
    });
    observer.observe(el);
    document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [box]);
  return shown;
}
