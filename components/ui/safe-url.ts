/** The address as the browser spells it where it may be followed from here (http, https, mailto), else null. */
export function safeUrl(text: string | null | undefined): string | null {
  try {
    const url = new URL(text ?? '');
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
