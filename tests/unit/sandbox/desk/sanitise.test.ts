import { describe, expect, it } from 'vitest';
import { markdown } from '../../../sandbox/desk/markdown.ts';
import { sanitiseHtml } from '../../../sandbox/desk/sanitise.ts';
import { FLAVOURS } from './fixture.ts';

/**
 * What went in, and what came out of the real `frappe.utils.sanitize_html` as Comment calls it: bleach 3.3 (Frappe 14.81),
 * bleach 6.3 (15.101), nh3 0.3 (16). A missing answer is the one before it.
 */
const CLEANED: [sent: string, v14: string, v15?: string, v16?: string][] = [
  ['Plain text & more < 5 > 3', 'Plain text &amp; more &lt; 5 &gt; 3'],
  [
    '<div class="ql-editor read-mode"><p>Hi <a href="https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations?tenantId=1&x=2">chat</a></p></div>',
    '<div class="ql-editor read-mode"><p>Hi <a href="https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations?tenantId=1&amp;x=2">chat</a></p></div>',
    '<div class="ql-editor read-mode"><p>Hi <a href="https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations?tenantId=1&amp;x=2">chat</a></p></div>',
    '<div class="ql-editor read-mode"><p>Hi <a href="https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations?tenantId=1&amp;x=2" rel="noopener noreferrer">chat</a></p></div>',
  ],
  [
    '<p data-deskside="link:19:abc@thread.v2" id="x" class="c" title="t" style="color:red;position:fixed;display:none" onclick="alert(1)" aria-label="z" role="note" hidden>t</p>',
    '<p class="c" data-deskside="link:19:abc@thread.v2" hidden="" id="x" role="note" style="color: red; position: fixed; display: none;" title="t">t</p>',
    '<p data-deskside="link:19:abc@thread.v2" id="x" class="c" title="t" style="color:red;position:fixed;display:none;" role="note" hidden="">t</p>',
    '<p data-deskside="link:19:abc@thread.v2" id="x" class="c" title="t" style="color:red;position:fixed;display:none" role="note" hidden="">t</p>',
  ],
  ['<!-- deskside claim --><p>x</p>', '<!-- deskside claim --><p>x</p>'],
  [
    '<script>alert(1)</script><p>a</p>',
    '&lt;script&gt;alert(1)&lt;/script&gt;<p>a</p>',
    '&lt;script&gt;alert(1)&lt;/script&gt;<p>a</p>',
    '<p>a</p>',
  ],
  ['<style>p{color:red}</style>x', '<style>p{color:red}</style>x', '<style>p{color:red}</style>x', 'x'],
  [
    '<a href="https://x.test/" rel="noopener" target="_blank">x</a>',
    '<a href="https://x.test/" rel="noopener" target="_blank">x</a>',
    '<a href="https://x.test/" rel="noopener" target="_blank">x</a>',
    '<a href="https://x.test/" target="_blank" rel="noopener noreferrer">x</a>',
  ],
  ['<p>unclosed <b>bold', '<p>unclosed <b>bold</b></p>'],
  [
    '<unknown a="1">u</unknown><iframe src="https://x"></iframe>',
    '&lt;unknown a="1"&gt;u&lt;/unknown&gt;&lt;iframe src="https://x"&gt;&lt;/iframe&gt;',
    '&lt;unknown a="1"&gt;u&lt;/unknown&gt;&lt;iframe src="https://x"&gt;&lt;/iframe&gt;',
    'u',
  ],
  ['<img src="https://x/y.png" onerror="x"><img src="data:image/png;base64,AAAA">', '<img src="https://x/y.png"><img>'],
  [
    '<form action="/x"><input name="a" value="b"><button>Go</button></form>',
    '<form action="/x"><input name="a" value="b"><button>Go</button></form>',
    '&lt;form action="/x"&gt;&lt;input name="a" value="b"&gt;&lt;button&gt;Go&lt;/button&gt;&lt;/form&gt;',
    'Go',
  ],
  ['{"json": "<b>x</b>"}', '{"json": "<b>x</b>"}'],
  ['a\nb\n\n# head\n* item', 'a\nb\n\n# head\n* item'],
  [
    '<div>line1\n\nline2 *em* _em_ 19:abc_def_ghi@thread.v2</div>',
    '<div>line1\n\nline2 *em* _em_ 19:abc_def_ghi@thread.v2</div>',
  ],
  [
    'plain 19:abc_def_ghi@thread.v2 and <https://x.test/a_b_c>',
    'plain 19:abc_def_ghi@thread.v2 and &lt;https://x.test/a_b_c&gt;',
    'plain 19:abc_def_ghi@thread.v2 and &lt;https://x.test/a_b_c&gt;',
    'plain 19:abc_def_ghi@thread.v2 and ',
  ],
  [
    '<p>emoji 😀 ü &amp; &nbsp; &lt;b&gt; &#39; &quot; "</p>',
    '<p>emoji 😀 ü &amp; &nbsp; &lt;b&gt; &#39; &quot; "</p>',
    '<p>emoji 😀 ü &amp; &nbsp; &lt;b&gt; &#39; &quot; "</p>',
    `<p>emoji 😀 ü &amp; &nbsp; &lt;b&gt; ' " "</p>`,
  ],
  [
    `<a href='https://x.test/?a=1&amp;b=2' title="q'q">x</a>`,
    `<a href="https://x.test/?a=1&amp;b=2" title="q'q">x</a>`,
    `<a href="https://x.test/?a=1&amp;b=2" title="q'q">x</a>`,
    `<a href="https://x.test/?a=1&amp;b=2" title="q'q" rel="noopener noreferrer">x</a>`,
  ],
  ['<P CLASS=Big>caps</P><br><br/><hr>', '<p class="Big">caps</p><br><br><hr>'],
  ['<svg onload="x"><path d="M0"/></svg>', '<svg><path></path></svg>'],
  [
    '<span class="mention" data-id="bob@contoso.test" data-value="Bob" data-denotation-char="@" data-is-group="false"><span>@Bob</span></span>',
    '<span class="mention" data-denotation-char="@" data-id="bob@contoso.test" data-is-group="false" data-value="Bob"><span>@Bob</span></span>',
    '<span class="mention" data-id="bob@contoso.test" data-value="Bob" data-denotation-char="@" data-is-group="false"><span>@Bob</span></span>',
  ],
  ['', ''],
  ['<p>one</p>\n<p>two</p>', '<p>one</p>\n<p>two</p>'],
  [
    '<code>a_b</code><time datetime="2026-01-01">x</time><meta name="deskside" content="abc"><link rel="x" href="https://a/">',
    '<code>a_b</code><time datetime="2026-01-01">x</time><meta content="abc" name="deskside"><link href="https://a/" rel="x">',
    '<code>a_b</code><time datetime="2026-01-01">x</time><meta name="deskside" content="abc"><link rel="x" href="https://a/">',
    '<code>a_b</code><time datetime="2026-01-01">x</time><meta name="deskside" content="abc"><link href="https://a/">',
  ],
  ['<p title="a&quot;b&lt;c&amp;d">t</p>', '<p title="a&quot;b&lt;c&amp;d">t</p>'],
  ['<table><tr><td>c</td></tr></table>', '<table><tbody><tr><td>c</td></tr></tbody></table>'],
  ['<p>a<div>b</div></p>', '<p>a</p><div>b</div><p></p>'],
  ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
  ['</p>stray</b>', '<p></p>stray'],
  [
    '<a href=" https://x.test/ ">sp</a><a href="HTTPS://X.test/Y">up</a>',
    '<a href=" https://x.test/ ">sp</a><a href="HTTPS://X.test/Y">up</a>',
    '<a href=" https://x.test/ ">sp</a><a href="HTTPS://X.test/Y">up</a>',
    '<a href=" https://x.test/ " rel="noopener noreferrer">sp</a><a href="HTTPS://X.test/Y" rel="noopener noreferrer">up</a>',
  ],
  ['<img src=x><br>text', '<img src="x"><br>text'],
  ['<p>x</p>tail _a_ **b** `c`', '<p>x</p>tail _a_ **b** `c`'],
  ['text _a_ **b** `c_d_e`\n\n<p>blk _a_</p>\n\nend', 'text _a_ **b** `c_d_e`\n\n<p>blk _a_</p>\n\nend'],
  ['<span>19:a_b_c@x</span>', '<span>19:a_b_c@x</span>'],
  [
    '<a href="https://teams.microsoft.com/l/chat/19%3Aa_b_c%40thread.v2/0?x=*y*">19:a_b_c@thread.v2</a> and *it*',
    '<a href="https://teams.microsoft.com/l/chat/19%3Aa_b_c%40thread.v2/0?x=*y*">19:a_b_c@thread.v2</a> and *it*',
    '<a href="https://teams.microsoft.com/l/chat/19%3Aa_b_c%40thread.v2/0?x=*y*">19:a_b_c@thread.v2</a> and *it*',
    '<a href="https://teams.microsoft.com/l/chat/19%3Aa_b_c%40thread.v2/0?x=*y*" rel="noopener noreferrer">19:a_b_c@thread.v2</a> and *it*',
  ],
  ['<b>x</b><i>y</i>', '<b>x</b><i>y</i>'],
  ['&lt;script&gt;', '&lt;script&gt;'],
  ['<p>a\u00a0b</p>', '<p>a\u00a0b</p>', '<p>a\u00a0b</p>', '<p>a&nbsp;b</p>'],
  ['<div>a</div><div>b</div>', '<div>a</div><div>b</div>'],
  ['<p>a</p> <span data-x="1_2_3">y_y_y</span>', '<p>a</p> <span data-x="1_2_3">y_y_y</span>'],
];

describe.each(FLAVOURS)('sanitize_html of %s', (flavour) => {
  it.each(CLEANED)('%j', (sent, v14, v15 = v14, v16 = v15) => {
    const disallowed = flavour === 'v14' ? [] : ['form', 'input', 'button'];
    expect(sanitiseHtml(flavour, sent, disallowed)).toBe({ v14, v15, v16 }[flavour]);
  });
});

/** From the real `frappe.utils.markdown` (Frappe 14.81 and 15.101). */
const SHOWN: [stored: string, shown: string][] = [
  ['Plain text &amp; more &lt; 5 &gt; 3', '<p>Plain text &amp; more &lt; 5 &gt; 3</p>\n'],
  ['plain 19:abc_def_ghi@thread.v2', '<p>plain 19:abc<em>def</em>ghi@thread.v2</p>\n'],
  ['', '<p></p>\n'],
  ['&lt;script&gt;', '<p>&lt;script&gt;</p>\n'],
  ['<p>edited _a_ 19:a_b_c@x</p>tail _a_', '<p>edited _a_ 19:a_b_c@x</p>tail _a_'],
  ['<!-- deskside claim --><p>x</p>', '<!-- deskside claim --><p>x</p>'],
  ['a line\n\nanother, <b>bold</b>', 'a line\n\nanother, <b>bold</b>'],
];

describe('frappe.utils.markdown', () => {
  it.each(SHOWN)('%j', (stored, shown) => {
    expect(markdown(stored)).toBe(shown);
  });
});
