import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Run `close` when Escape is pressed and nothing further in has taken it: whoever mounted last is innermost and comes
 * first. The key is marked as taken, so that the panel itself stays open.
 */
export function useEscape(close: (() => void) | null): void {
  const latest = useRef(close);
  latest.current = close;
  const active = close !== null;
  // With the DOM, not after the next painting: what has the focus already can be left already.
  useLayoutEffect(() => {
    if (!active) return;
    const layer: Layer = () => latest.current?.();
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [active]);
}

/** Called once by the page. `onOutermost` closes the page itself. @returns the undo. */
export function hearEscape(onOutermost: () => void): () => void {
  const onKey = (event: KeyboardEvent) => {
    // An open input method closes its own suggestions with Escape.
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    const innermost = layers[layers.length - 1];
    if (innermost) innermost();
    else onOutermost();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

type Layer = () => void;
const layers: Layer[] = [];
