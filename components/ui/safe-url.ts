/** The address as the browser spells it where it may be followed from here (http, https, mailto), else null. */
export function safeUrl(text: string | null | undefined): string | null {
  try {
    const url = new URL(text ?? '');
    return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Of those the ones that nobody on the way can read or change: what a message leads to is taken over https alone. */
export function httpsUrl(text: string | null | undefined): string | null {
  const url = safeUrl(text);
  return url?.startsWith('https:') ? url : null;
}
