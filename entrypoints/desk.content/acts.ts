/**
 * A person does something in the tab: pointer, keys, or coming back to it. Reads follow such acts (DESIGN.md rule 4),
 * so they are told, but no more than every few seconds; the worker keeps the budget.
 */
export function watchActs(window: Window, signal: AbortSignal, onAct: () => void): void {
  let last = 0;
  const act = () => {
    if (window.document.visibilityState !== 'visible' || Date.now() - last < EVERY_MS) return;
    last = Date.now();
    onAct();
  };
  for (const type of ['pointerdown', 'keydown', 'focus'] as const)
    window.addEventListener(type, act, { capture: true, passive: true, signal });
  window.document.addEventListener('visibilitychange', act, { signal });
}

const EVERY_MS = 5_000;
