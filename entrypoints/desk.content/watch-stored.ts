import { browser } from 'wxt/browser';

/** Hears when what the extension keeps under one of these keys changed, by whatever page. @returns the undo. */
export function watchStored(keys: readonly string[], onChange: () => void): () => void {
  const hear = (changed: Record<string, unknown>) => {
    if (keys.some((key) => key in changed)) onChange();
  };
  browser.storage.local.onChanged.addListener(hear);
  return () => browser.storage.local.onChanged.removeListener(hear);
}
