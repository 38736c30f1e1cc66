/** What goes to the clipboard, in both its forms. */
export interface Copied {
  text: string;
  html: string;
}

/**
 * Text to the clipboard, from a click. The frame may lack the `clipboard-write` policy on somebody's site; the old
 * command needs only the click.
 * @returns whether it is there now.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.style.cssText = 'position:fixed;opacity:0';
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}

/** Text and HTML to the clipboard, from a click or a key: the old command needs no permission of the frame's. */
export function copyRich(copied: Copied): boolean {
  const onCopy = (event: ClipboardEvent) => {
    event.stopImmediatePropagation();
    putCopied(event, copied);
  };
  document.addEventListener('copy', onCopy, { capture: true, once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true });
  }
}

/** In the place of what the browser would copy. */
export function putCopied(event: ClipboardEvent, { text, html }: Copied): void {
  event.preventDefault();
  event.clipboardData?.setData('text/plain', text);
  event.clipboardData?.setData('text/html', html);
}
