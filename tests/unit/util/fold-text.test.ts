import { describe, expect, test } from 'vitest';
import { foldText } from '../../../lib/util/fold-text.ts';
import { formatMessage } from '../../../lib/util/html.ts';

describe('foldText', () => {
  const same: [string, string][] = [
    ['hello', '<div><div><p>hello</p>\n</div></div>'],
    ['<p>a<br>b</p><p>c</p>', '<p>a</p>\n<p>b</p>\n<p>c</p>'],
    ['<p>a  b</p>', '<p>a &nbsp;b</p>'],
    ['Grüße é', 'Gr&uuml;&szlig;e e\u0301'],
    ['“x” – y…', '&ldquo;x&rdquo; &ndash; y&hellip;'],
    ['a &amp; b &lt;c&gt;', 'a &#38; b &#x3C;c&gt;'],
    ['<b>bo</b>ld', '<strong>bo</strong><span style="x > y">ld</span>'],
    ['hi 🙂', '<p>hi <emoji id="smile" alt="🙂" title="Smile"></emoji></p>'],
    ['❤️', '❤'],
    ['see https://x.example', 'see <a href="https://x.example" title="https://x.example">https://x.example</a>'],
    ['<ul><li>a</li><li>b</li></ul>', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['3 < 4', '3 &lt; 4'],
    ['&amp;nbsp;', '<p>&amp;nbsp;</p>'],
  ];
  test.each(same)('%j as %j', (a, b) => expect(foldText(b)).toBe(foldText(a)));

  const different: [string, string][] = [
    ['OK', 'ok'],
    ['ab', 'a b'],
    ['<p>a</p><p>b</p>', 'ab'],
    ['&amp;lt;', '&lt;'],
    ['1 < 2', '1 > 2'],
  ];
  test.each(different)('%j is not %j', (a, b) => expect(foldText(b)).not.toBe(foldText(a)));

  test('reads what the composer makes', () => {
    expect(foldText(formatMessage('**a** <b>\n- x\n- y'))).toBe('a <b> x y');
  });

  test('unknown entities and impossible numbers stay as they are', () => {
    expect(foldText('&foo; &#99999999;')).toBe('&foo; &#99999999;');
  });
});
