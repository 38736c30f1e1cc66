/**
 * Rows as CSV (RFC 4180: CRLF, quotes doubled) that a spreadsheet shows and does not run: a cell that it would take for
 * a formula begins with an apostrophe. The mark at the start tells Excel that it is UTF-8.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Also in full width, and behind blanks: spreadsheets look past them. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u;
