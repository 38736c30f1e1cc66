import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { IconButton } from './button.tsx';
import { useEscape } from './use-escape.ts';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** As large as the panel. */
  large?: boolean;
  /** Buttons beside the title. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}

/**
 * Over all else, which cannot be reached meanwhile (the browser's own modal dialog). Escape, a click beside it and its
 * button close it, and the focus goes back to where it was.
 */
export function Dialog({ title, onClose, large = false, tools, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEscape(onClose);
  useLayoutEffect(() => {
    const el = dialog.current;
    const before = document.activeElement;
    el?.showModal();
    return () => {
      el?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same
    <dialog
      ref={dialog}
      class={`ui-dialog ${large ? 'ui-dialog-large' : ''}`}
      aria-label={title}
      onClick={(event) => event.target === dialog.current && onClose()}
      onCancel={(event) => {
        // Not by the browser behind our back (a gesture of the system): it closes by leaving the tree.
        event.preventDefault();
        onClose();
      }}
    >
      <div class="ui-dialog-body">
        <div class="ui-dialog-head">
          <h2 dir="auto">{title}</h2>
          {tools}
          <IconButton icon={X} label={t('ui.close')} onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}
