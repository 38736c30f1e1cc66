import { browser } from 'wxt/browser';

/** Hears when a person or a policy changed which doctypes have a panel. @returns the undo. */
export function watchRules(onChange: () => void): () => void {
  const hear = (changed: Record<string, unknown>) => {
    if ('doctypes' in changed || 'policy' in changed) onChange();
  };
  browser.storage.local.onChanged.addListener(hear);
  return () => browser.storage.local.onChanged.removeListener(hear);
}
