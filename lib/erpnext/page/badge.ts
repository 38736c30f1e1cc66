/** The launcher's count of unread messages. */
export interface Badge {
  element: HTMLElement;
  set(badge: { unread: number; attention: boolean }): void;
}

/**
 * A number up to 99, or a dot where something waits for the person (sign in again, a question). Its meaning in words
 * is the launcher's, so it is hidden from screen readers itself.
 */
export function createBadge(document: Document): Badge {
  const element = document.createElement('span');
  element.setAttribute('aria-hidden', 'true');
  element.dataset.deskside = 'badge';
  element.style.cssText =
    'position:absolute;inset-block-start:-6px;inset-inline-end:-6px;min-width:16px;height:16px;padding:0 4px;' +
    'border-radius:8px;background:#c4314b;color:#fff;font-size:10px;font-weight:600;line-height:16px;' +
    'text-align:center;box-sizing:border-box;pointer-events:none;display:none';
  return {
    element,
    set({ unread, attention }) {
      element.textContent = unread > 99 ? '99+' : unread > 0 ? String(unread) : attention ? '!' : '';
      element.style.display = element.textContent ? 'block' : 'none';
    },
  };
}
