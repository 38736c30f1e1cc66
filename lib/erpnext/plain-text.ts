/**
 * Frappe's messages are HTML; people get their text. The document made here is inert: it runs nothing, loads nothing,
 * and only its text leaves it.
 */
export function plainText(html: string): string {
  const spaced = html.replace(/<(br|\/p|\/li|\/div|\/h\d)\b[^>]*>/gi, ' $&');
  const text = new DOMParser().parseFromString(spaced, 'text/html').body?.textContent ?? '';
  return text.replace(/\s+/g, ' ').trim();
}
