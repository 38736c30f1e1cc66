import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** How near to an edge (px) counts as being there; whoever scrolls towards it is met two screens before. */
const NEAR_EDGE = 300;
const SCREENS_AHEAD = 2;
const AT_BOTTOM = 48;

interface Edges {
  /** The last line is the newest: only there does the end stay in view while lines come. */
  endsAtNewest: boolean;
  onTop: () => void;
  onBottom: () => void;
  /** Told after each scroll: whether the end of the list is on screen. */
  onAtBottom: (at: boolean) => void;
}

export interface AnchoredScroll {
  box: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** To the end, as soon as the list ends at the newest line: a scroll on its way meanwhile does not undo it. */
  toNewest: () => void;
  /** A line into the middle of what is seen, and the focus onto it, as soon as it is there. */
  toLine: (line: string) => void;
}

/**
 * Keeps what the person reads where it is while lines come and go around it, or keeps the end in view where they are at
 * the end. `version` changes whenever the lines do; lines carry `data-line`. (The browser's own anchoring gives up at
 * the very top, where older messages are loaded, so it is switched off in the style and done here.)
 */
export function useAnchoredScroll(version: string, edges: Edges): AnchoredScroll {
  const box = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ line: string; bottom: number } | null>(null);
  const stick = useRef(true);
  const wanted = useRef(false);
  const target = useRef<string | null>(null);
  const lastTop = useRef(0);
  const begun = useRef<{ line: string; above: number } | null>(null);
  const drawn = useRef<string | null>(null);
  const latest = useRef(edges);
  latest.current = edges;

  const onScroll = useCallback(() => {
    const el = box.current;
    if (!el) return;
    const below = el.scrollHeight - el.scrollTop - el.clientHeight;
    stick.current = below < AT_BOTTOM && latest.current.endsAtNewest;
    latest.current.onAtBottom(below < AT_BOTTOM);
    const ahead = Math.max(NEAR_EDGE, SCREENS_AHEAD * el.clientHeight);
    const isUp = el.scrollTop < lastTop.current;
    lastTop.current = el.scrollTop;
    if (el.scrollTop < (isUp ? ahead : NEAR_EDGE)) latest.current.onTop();
    else if (below < (isUp ? NEAR_EDGE : ahead)) latest.current.onBottom();
  }, []);

  const toBottom = useCallback(() => {
    stick.current = true;
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, []);

  const toNewest = useCallback(() => {
    wanted.current = !latest.current.endsAtNewest;
    if (!wanted.current) toBottom();
  }, [toBottom]);

  const toTarget = useCallback(() => {
    const line = box.current && target.current && lineOf(box.current, target.current);
    if (!line) return false;
    target.current = null;
    wanted.current = false;
    stick.current = false;
    line.scrollIntoView({ block: 'center' });
    line.focus({ preventScroll: true });
    return true;
  }, []);

  const toLine = useCallback(
    (line: string) => {
      target.current = line;
      toTarget();
    },
    [toTarget],
  );

  // While what was drawn before still stands: where the line is that shall not move, whatever changes around it.
  anchor.current = box.current && !stick.current ? firstLineOnScreen(box.current) : null;

  useLayoutEffect(() => {
    const el = box.current;
    const other = drawn.current !== version;
    drawn.current = version;
    if (!el || (other && toTarget())) return;
    if (other && wanted.current && latest.current.endsAtNewest) {
      wanted.current = false;
      return toBottom();
    }
    if (stick.current) return other ? toBottom() : undefined;
    const held = anchor.current && lineOf(el, anchor.current.line);
    const moved = held ? held.getBoundingClientRect().bottom - anchor.current!.bottom : 0;
    if (moved) el.scrollTop += moved;
    begun.current = whereLinesBegin(el);
  });

  // Still at the top: nobody can scroll further up to ask for what is before it. (No height at all: the frame is hidden.)
  useEffect(() => {
    const el = box.current;
    if (el && el.clientHeight > 0 && el.scrollTop < NEAR_EDGE) latest.current.onTop();
  }, [version]);

  // The frame is resized, a photo arrives: whoever is at the end stays there. What stands above the lines says more or
  // less by itself: whoever reads further up goes on reading the same line. (Nothing is measured while they scroll.)
  useEffect(() => {
    const el = box.current;
    if (!el || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (stick.current) return toBottom();
      const before = begun.current;
      begun.current = whereLinesBegin(el);
      if (before && before.line === begun.current?.line) el.scrollTop += begun.current.above - before.above;
    });
    observer.observe(el);
    if (el.firstElementChild) observer.observe(el.firstElementChild);
    return () => observer.disconnect();
  }, [toBottom]);

  return { box, onScroll, toNewest, toLine };
}

/** The first line that is drawn, and how much (px) stands above it in the list. */
function whereLinesBegin(box: HTMLElement): { line: string; above: number } | null {
  const first = box.querySelector<HTMLElement>('[data-line]');
  const list = box.firstElementChild;
  if (!first || !list) return null;
  return { line: first.dataset.line!, above: first.getBoundingClientRect().top - list.getBoundingClientRect().top };
}

/**
 * Known by its lower edge: a line loses its head (name, time) where an older one of the same author comes above it.
 * Lines stand one below the other, so that few of hundreds have to be asked where they are.
 */
function firstLineOnScreen(box: HTMLElement): { line: string; bottom: number } | null {
  const edge = box.getBoundingClientRect().top;
  const lines = box.querySelectorAll<HTMLElement>('[data-line]');
  const bottomOf = (at: number) => lines[at]!.getBoundingClientRect().bottom;
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bottomOf(middle) > edge) high = middle;
    else low = middle + 1;
  }
  return low < lines.length ? { line: lines[low]!.dataset.line!, bottom: bottomOf(low) } : null;
}

function lineOf(box: HTMLElement, line: string): HTMLElement | null {
  return box.querySelector(`[data-line="${CSS.escape(line)}"]`);
}
