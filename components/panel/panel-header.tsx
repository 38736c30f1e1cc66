import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { t } from '../../lib/i18n/translate.ts';
import { IconButton } from '../ui/button.tsx';

interface PanelHeaderProps {
  title: string;
  /** Under the title. */
  sub?: ComponentChildren;
  /** Buttons before the close button. */
  children?: ComponentChildren;
  onClose: () => void;
}

/** The panel's head, as high as Desk's own. */
export function PanelHeader({ title, sub, children, onClose }: PanelHeaderProps) {
  return (
    <header class="panel-head">
      <div class="panel-titles">
        <h1 title={title} dir="auto">
          {title}
        </h1>
        {sub && <div class="panel-sub">{sub}</div>}
      </div>
      <div class="panel-buttons">
        {children}
        <IconButton icon={X} label={t('panel.close')} onClick={onClose} />
      </div>
    </header>
  );
}
