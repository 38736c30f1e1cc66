import { plainText } from '../tenant/plain-text.ts';

/** The inside of a body as Exchange keeps it: text becomes HTML, scripts and handlers go. */
export function keepBody(contentType: 'html' | 'text', content: string): string {
  if (contentType === 'text') {
    const lines = content
      .split(/\r\n?|\n/)
      .map(escapeText)
      .join('<br>\r\n');
    return lines === '' ? '' : `<div class="PlainText">${lines}</div>`;
  }
  const inside = /<body\b[^>]*>([\s\S]*?)(?:<\/body\s*>|$)/i.exec(content)?.[1] ?? content;
  return inside
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?(html|head|meta|title|link|base)\b[^>]*>/gi, '')
    .replace(/<(script|style|iframe|object|embed|form|svg|math)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
    .replace(/\s(href|src)\s*=\s*(["']?)\s*javascript:[^"'>\s]*\2/gi, '')
    .trim();
}

/** The whole document that Graph gives, CRLF and all. */
export const wholeBody = (inside: string): string =>
  inside === ''
    ? ''
    : `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n${inside}\r\n</body>\r\n</html>\r\n`;

/** As `Prefer: outlook.body-content-type="text"` has it. */
export const textBody = (inside: string): string => plainText({ contentType: 'html', content: inside });

/** The first 255 characters of the text. */
export const previewOf = (inside: string): string => textBody(inside).slice(0, 255);

const escapeText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
