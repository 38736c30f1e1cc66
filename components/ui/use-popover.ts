import { useEffect, useRef, useState } from 'preact/hooks';
import { useEscape } from './use-escape.ts';

/** What a button opens beside itself: Escape, a click elsewhere or leaving it closes it again. */
export function usePopover() {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const close = () => {
    setOpen(false);
    box.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  };
  useEscape(open ? close : null);
  useEffect(() => {
    if (!open) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [open]);
  return { open, box, toggle: () => setOpen(!open), close, leave: () => setOpen(false) };
}
