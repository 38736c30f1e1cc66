import { describe, expect, test } from 'vitest';
import { escapeText, formatMessage } from '../../../lib/util/html.ts';

describe('escapeText', () => {
  test('shows just the text', () => {
    expect(escapeText(`<b a="1" b='2'>&amp;\r\nx\ny`)).toBe(
      '&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;<br>x<br>y',
    );
  });
});

describe('formatMessage', () => {
  const cases: [string, string][] = [
    ['hello', '<p>hello</p>'],
    ['a\nb\n\nc', '<p>a<br>b</p><p>c</p>'],
    ['**bold** and *it*', '<p><strong>bold</strong> and <em>it</em></p>'],
    ['**a *b* c**', '<p><strong>a <em>b</em> c</strong></p>'],
    ['***both***', '<p><strong><em>both</em></strong></p>'],
    ['2 * 3 * 4, a ** b, snake*case*name', '<p>2 * 3 * 4, a ** b, snake*case*name</p>'],
    ['`a **b** <i>`', '<p><code>a **b** &lt;i&gt;</code></p>'],
    ['- one\n- *two*\nafter', '<ul><li>one</li><li><em>two</em></li></ul><p>after</p>'],
    ['* one\n* two', '<ul><li>one</li><li>two</li></ul>'],
    ['intro\n1. a\n2. b', '<p>intro</p><ol><li>a</li><li>b</li></ol>'],
    ['- a\n3. b', '<ul><li>a</li></ul><ol start="3"><li>b</li></ol>'],
    ['1.5 kg\n-5 °C', '<p>1.5 kg<br>-5 °C</p>'],
    [
      'see https://x.example/a?b=1&c=2.',
      '<p>see <a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>.</p>',
    ],
    ['(http://x.example)', '<p>(<a href="http://x.example">http://x.example</a>)</p>'],
    ['**https://x.example**', '<p><strong><a href="https://x.example">https://x.example</a></strong></p>'],
    ['[the *form*](https://x.example/f)', '<p><a href="https://x.example/f">the <em>form</em></a></p>'],
    ['~~gone~~ and ~/home~', '<p><s>gone</s> and ~/home~</p>'],
    ['> said\n> **so**\nyes', '<blockquote><p>said<br><strong>so</strong></p></blockquote><p>yes</p>'],
    ['> - a\n> > b', '<blockquote><ul><li>a</li></ul><blockquote><p>b</p></blockquote></blockquote>'],
    ['3 > 2\n>', '<p>3 &gt; 2<br>&gt;</p>'],
    [
      'see\n```ts\nif (a < b) {\n  **x**\n\n}\n```\nok',
      '<p>see</p><codeblock class="Ts"><code>if (a &lt; b) {<br>&nbsp;&nbsp;**x**<br><br>}</code></codeblock><p>ok</p>',
    ],
    ['```\n\ta\n> b\n```', '<codeblock class="PlainText"><code>&nbsp;&nbsp;&nbsp;&nbsp;a<br>&gt; b</code></codeblock>'],
    ['```\nnever closed', '<p>```<br>never closed</p>'],
    ['', ''],
    [' \n ', ''],
  ];
  test.each(cases)('%j', (text, html) => expect(formatMessage(text)).toBe(html));

  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '**<svg onload=alert(1)>**',
    '[x](javascript:alert(1))',
    '[x](https://a.example/"onmouseover="alert(1))',
    '[<b>](https://a.example)',
    '[**https://inner.example**](https://outer.example)',
    'https://a.example/"><script>x</script>',
    "https://a.example/'onclick='x",
    '`</code><script>`',
    '- <iframe>\n1. </ol><style>',
    '&lt;script&gt; &#60;b&#62;',
    '*[x](https://a.example/*)*',
    '```"onclick="x\n<script>\n```',
    '```html\n</code></codeblock><script>\n```',
    '> <blockquote onclick=x>\n>> </blockquote>',
    '~~<s>~~',
    'a \ufdd00\ufdd1 b',
  ];
  test.each(hostile)('lets nothing through: %j', (text) => {
    const html = formatMessage(text);
    // Only our own tags, and no attribute but a safe href or start.
    const rest = html.replace(
      /<a href="https?:\/\/[^"<>\s]*">|<\/?(?:p|br|strong|em|s|code|ul|ol|li|a|blockquote|codeblock)>|<ol start="\d+">|<codeblock class="[\w#+.-]+">/g,
      '',
    );
    expect(rest).not.toMatch(/[<>"]/);
    expect(rest.replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, '')).not.toContain('&');
    let depth = 0;
    for (const tag of html.match(/<\/?a\b/g) ?? []) {
      depth += tag === '<a' ? 1 : -1;
      expect(depth).toBeLessThan(2);
    }
  });

  test('long hostile lines end soon', () => {
    const began = performance.now();
    formatMessage('*a '.repeat(3000));
    formatMessage('**'.repeat(5000));
    formatMessage('[a](http://'.repeat(1000));
    formatMessage('>'.repeat(20_000));
    formatMessage('> >\n'.repeat(5_000));
    formatMessage('```\n'.repeat(5_000));
    formatMessage('~~a '.repeat(3_000));
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('mentions', () => {
  const at = (text: string, ...names: string[]) => {
    let from = 0;
    return names.map((name) => {
      const start = text.indexOf(`@${name}`, from);
      from = start + name.length + 1;
      return { start, end: from, name };
    });
  };
  const cases: [string, string[], string][] = [
    ['hi @Bob Brown!', ['Bob Brown'], '<p>hi <at id="0">Bob Brown</at>!</p>'],
    ['@Ann @Ann', ['Ann', 'Ann'], '<p><at id="0">Ann</at> <at id="1">Ann</at></p>'],
    ['**@Ann** *@Bo*', ['Ann', 'Bo'], '<p><strong><at id="0">Ann</at></strong> <em><at id="1">Bo</at></em></p>'],
    ['@A*b* & <i>"c"', ['A*b* & <i>"c"'], '<p><at id="0">A*b* &amp; &lt;i&gt;&quot;c&quot;</at></p>'],
    ['@`x` `y`', ['`x`'], '<p><at id="0">`x`</at> <code>y</code></p>'],
    [
      '- @Ann\n> @Bo',
      ['Ann', 'Bo'],
      '<ul><li><at id="0">Ann</at></li></ul><blockquote><p><at id="1">Bo</at></p></blockquote>',
    ],
    ['`@Ann` @Bo', ['Ann', 'Bo'], '<p><code>@Ann</code> <at id="1">Bo</at></p>'],
    ['```\n@Ann\n```', ['Ann'], '<codeblock class="PlainText"><code>@Ann</code></codeblock>'],
    [
      'https://x.example/@Ann',
      ['Ann'],
      '<p><a href="https://x.example/">https://x.example/</a><at id="0">Ann</at></p>',
    ],
    ['[of @Ann](https://x.example)', ['Ann'], '<p><a href="https://x.example">of @Ann</a></p>'],
    ['@\ufdd05\ufdd1 \ufdd00\ufdd1', ['\ufdd05\ufdd1'], '<p><at id="0">\ufdd05\ufdd1</at> 0</p>'],
  ];
  test.each(cases)('%j', (text, names, html) => expect(formatMessage(text, at(text, ...names))).toBe(html));
});
