import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface EmptyStateProps {
  icon: IconNode;
  title: string;
  children?: ComponentChildren;
}

/** One sentence, one action: what a panel says when there is nothing to list. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <section class="panel-empty">
      <span class="panel-empty-icon">
        <Icon icon={icon} size={22} flip />
      </span>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
