import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../lib/util/csv.ts';

describe('CSV', () => {
  const lines = (...rows: string[][]) => toCsv(rows).slice(1).split('\r\n');

  it('is UTF-8 with a mark, ends each row with CRLF, and quotes what needs it', () => {
    expect(toCsv([['a', 'b']])).toBe('\ufeffa,b\r\n');
    expect(lines(['Nguyen, Linh', 'say "hi"', 'two\nlines', ' blank ', ''])[0]).toBe(
      '"Nguyen, Linh","say ""hi""","two\nlines"," blank ",',
    );
  });

  it('starts no formula in a spreadsheet', () => {
    for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '  =cmd|x!A1'])
      expect(lines([evil, 'x'])[0]?.replace(/^"/, '').startsWith("'"), JSON.stringify(evil)).toBe(true);
    expect(lines(['=HYPERLINK("https://x","y")'])[0]).toBe('"\'=HYPERLINK(""https://x"",""y"")"');
    expect(lines(['a=b', 'x@y.z'])[0]).toBe('a=b,x@y.z');
  });
});
