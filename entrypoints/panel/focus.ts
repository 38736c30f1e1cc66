/**
 * The keyboard comes into the frame (shortcut, Tab): to the composer where there is one. A click brings the focus too,
 * and then it belongs where it was clicked. F6 goes back to Desk, as between the panes of a window.
 */
export function keepFocus(window: Window, focusBack: () => void): void {
  const { document } = window;
  let pointerAt = Number.NEGATIVE_INFINITY;
  window.addEventListener('pointerdown', (event) => {
    pointerAt = event.timeStamp;
    late.disconnect();
  });
  // The frame may be entered before it shows anything: then it is looked again with each change, as long as it has the focus.
  const late = new MutationObserver(() => enter());
  const enter = () => {
    late.disconnect();
    if (document.activeElement !== document.body) return;
    const place = document.querySelector<HTMLElement>('textarea') ?? document.querySelector<HTMLElement>('main button');
    if (place) place.focus();
    else late.observe(document.body, { childList: true, subtree: true });
  };
  window.addEventListener('focus', (event) => {
    if (event.timeStamp - pointerAt >= 200) enter();
  });
  window.addEventListener('blur', () => late.disconnect());
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'F6') return;
    event.preventDefault();
    focusBack();
  });
}
