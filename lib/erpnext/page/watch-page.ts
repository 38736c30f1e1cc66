/** Desk draws a list or a form in many steps: what follows looks once they have settled. */
const SETTLED_MS = 120;

/** Hears whenever the page drew something, or a field was filled in. @returns the undo. */
export function watchPage(document: Document, onChange: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, SETTLED_MS);
  };
  const observer = new MutationObserver((records) => {
    if (!records.every(isOurs)) soon();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  // Leaving a list and coming back to it only shows what was hidden.
  const routes = new MutationObserver(soon);
  routes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-route'], subtree: true });
  document.addEventListener('change', soon, true);
  soon();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    routes.disconnect();
    document.removeEventListener('change', soon, true);
  };
}

/** Our own elements coming or going are no news. */
function isOurs(record: MutationRecord): boolean {
  const nodes = [...record.addedNodes, ...record.removedNodes];
  return nodes.length > 0 && nodes.every((node) => node instanceof HTMLElement && node.dataset.deskside !== undefined);
}
