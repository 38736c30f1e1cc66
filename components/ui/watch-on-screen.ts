/**
 * Tells whether a person can see this element, now and when it changes. A panel that was closed lives on in a hidden
 * frame, and a tab behind others does too. Returns the undo.
 */
export function watchOnScreen(element: Element, tell: (shown: boolean) => void): () => void {
  const document = element.ownerDocument;
  let there = true;
  const look = () => tell(there && document.visibilityState !== 'hidden');
  // Hears of a frame that is hidden from outside, which no event of the frame's own tells.
  const observer = new IntersectionObserver((entries) => {
    there = entries.some((entry) => entry.isIntersecting);
    look();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', look);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', look);
  };
}
