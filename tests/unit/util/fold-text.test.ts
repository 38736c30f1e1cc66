import { describe, expect, test } from 'vitest';
import { foldText } from '../../../lib/util/fold-text.ts';
import { formatMessage } from '../../../lib/util/html.ts';
import { random } from '../random.ts';

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

  test('takes tags out as one pass of an expression over the whole would', () => {
    const roll = random(11);
    const parts = [
      '<',
      '>',
      '</',
      '/>',
      '<p>',
      '</p>',
      '<DIV>',
      '<b>',
      '</b>',
      '<p-x>',
      '<br/>',
      '<br>',
      '<at id="0">',
    ];
    parts.push('"', "'", '<a href="x>y">', '<img alt="ü">', '<emoji alt=":)">', '<attachment id=1>', 'a', 'b c', ' ');
    parts.push('<blockquote>', '<unknownlongname>', '<!--', '-->', '<1>', '&lt;p>', '\n', 'é');
    for (let i = 0; i < 20_000; i++) {
      const part = () => parts[Math.floor(roll() * parts.length)];
      const html = Array.from({ length: Math.floor(roll() * 10) }, part).join('');
      expect([html, foldText(html)]).toEqual([html, foldPlainly(html)]);
    }
  });
});

function foldPlainly(html: string): string {
  const inline = 'a abbr at b bdi bdo code del em font i ins kbd mark s small span strike strong sub sup u'.split(' ');
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?([a-z][\w:-]*)(?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag, name: string) => {
      if (/^(emoji|img)$/i.test(name)) return /\salt\s*=\s*("[^"]*"|'[^']*')/i.exec(tag)?.[1]?.slice(1, -1) ?? '';
      return inline.includes(name.toLowerCase()) ? '' : ' ';
    })
    .replace(/&lt;/g, '<')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}
