import { ExternalLink as ExternalIcon, type IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { safeUrl } from './safe-url.ts';

interface ExternalLinkProps {
  href: string;
  children?: ComponentChildren;
  /** As a button, a line of a menu, a button with the picture only (then `label` is its name), or a link in a sentence. */
  look?: 'button' | 'primary' | 'menu' | 'icon' | 'text';
  icon?: IconNode;
  label?: string;
  title?: string;
}

/** Opens in a tab of its own that knows nothing of us. Addresses that are not http(s) or mailto are shown as text. */
export function ExternalLink({ href, children, look = 'text', icon, label, title }: ExternalLinkProps) {
  const url = safeUrl(href);
  if (!url) return <span>{children}</span>;
  const classes = {
    button: 'ui-button',
    primary: 'ui-button ui-button-primary',
    menu: 'ui-button ui-button-quiet',
    icon: 'ui-button ui-button-icon',
    text: '',
  };
  return (
    <a
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      class={classes[look]}
      aria-label={label}
      title={title ?? label}
    >
      {look !== 'text' && (
        <Icon icon={icon ?? ExternalIcon} flip={!icon} size={look === 'icon' || look === 'menu' ? 16 : 14} />
      )}
      {children}
    </a>
  );
}
