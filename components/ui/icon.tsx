import type { IconNode } from 'lucide';
import { h } from 'preact';

interface IconProps {
  icon: IconNode;
  /** In px; Desk draws its own at 16. */
  size?: number;
  /** Mirrored where the layout runs from right to left: arrows and speech, not symbols. */
  flip?: boolean;
  class?: string;
}

/** A lucide drawing as inline SVG. Never the only name of a thing: the button around it carries the label. */
export function Icon({ icon, size = 16, flip = false, class: extra = '' }: IconProps) {
  return (
    <svg
      class={`ui-icon ${flip ? 'ui-icon-flip' : ''} ${extra}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={1.6}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {icon.map(([tag, attrs]) => h(tag, attrs))}
    </svg>
  );
}
