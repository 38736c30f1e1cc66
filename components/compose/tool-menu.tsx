import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { usePopover } from '../ui/use-popover.ts';

interface ToolMenuProps {
  icon: IconNode;
  label: string;
  /** Something other than the usual is chosen in it. */
  pressed?: boolean;
  wide?: boolean;
  children: (close: () => void) => ComponentChildren;
}

/** A button of the composer that opens something above it. */
export function ToolMenu({ icon, label, pressed, wide, children }: ToolMenuProps) {
  const { open, box, toggle, close } = usePopover();
  return (
    <div ref={box} class="compose-pop">
      <IconButton icon={icon} label={label} expanded={open} onClick={toggle} {...(pressed ? { pressed } : {})} />
      {open && (
        <section class={`compose-popover ${wide ? 'compose-popover-wide' : ''}`} aria-label={label}>
          {children(close)}
        </section>
      )}
    </div>
  );
}

interface ToolLineProps {
  icon: IconNode;
  label: string;
  /** What it does, or why it is off. */
  text?: string;
  pressed?: boolean;
  onClick: () => void;
}

/** One of several things to choose from. */
export function ToolLine({ icon, label, text, pressed, onClick }: ToolLineProps) {
  return (
    <button type="button" class="compose-line" aria-pressed={pressed} onClick={onClick}>
      <Icon icon={icon} />
      <span>
        {label}
        {text && <span class="ui-muted">{text}</span>}
      </span>
    </button>
  );
}
