import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, openBundle } from './real-browser.ts';
import { CHAT_ID } from './samples.ts';

/** DOMPurify is known not to hold in the stand-in DOM of the other tests: the parser is what is attacked. */
const inBrowser = describe.skipIf(!browserFound);

let page: Page;
let close = async () => {};
const requested: string[] = [];

beforeAll(async () => {
  if (!browserFound) return;
  ({ page, close } = await openBundle('sanitise-page.ts', '<div id="box"></div>'));
  page.on('request', (request) => requested.push(request.url()));
}, 60_000);

afterAll(() => close());

const GRAPH = `https://graph.microsoft.com/v1.0/chats/${CHAT_ID}`;

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg onload=alert(1)><circle r=1 /></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" jAvAsCrIpT&#58;alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:x">x</a>',
  '<a href="blob:https://x.test/1">x</a>',
  '<a href="//evil.test">x</a>',
  '<form action="https://evil.test"><input name=q><button>Go</button></form>',
  '<style>*{display:none}</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<iframe src="https://evil.test"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="https://evil.test"></object><embed src="https://evil.test">',
  '<base href="https://evil.test"><link rel=stylesheet href="https://evil.test/a.css">',
  '<meta http-equiv=refresh content="0;url=https://evil.test">',
  '<div onclick=alert(1) onmouseover=alert(2)>x</div>',
  '<p id="app" class="panel" name="getElementById" data-line="1" aria-hidden="true" tabindex="5">x</p>',
  '<video src="https://evil.test/v" autoplay></video><audio src="https://evil.test/a"></audio>',
  '<img srcset="https://evil.test/a.png 2x" src="https://evil.test/b.png" alt="x">',
  '<table background="https://evil.test/a.png"><tr><td background="https://evil.test/b.png">x</td></tr></table>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<div><div><div><a href="javascript:1"><img src=x onerror=1><svg onload=1></svg></a></div></div></div>',
  '<at id="0" onclick="x()"><img src=x onerror=1>Ann</at>',
  '<codeblock onclick="x()"><code>1</code></codeblock>',
  '<template><script>alert(1)</script></template>',
  `<img src="${GRAPH}/messages/1/hostedContents/aWQ9/$value" onerror=alert(1) style="position:fixed" class=x data-picture="{}">`,
  '<span data-picture=\'{"content":{"chatId":"x"}}\'>x</span>',
  '<img src="https://graph.microsoft.com@evil.test/v1.0/chats/19:x/messages/1/hostedContents/a/$value">',
  '<at id="1"><img src="https://evil.test/a.png"></at>',
  '<customemoji id="x" alt="<img src=x onerror=alert(1)>" source="https://evil.test/e.png"></customemoji>',
  '<img src="../hostedContents/../../me/photo/$value"><img src="/a.png"><img src="//evil.test/a.png">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
];

const KEPT = new Set(
  'p div br b strong i em u s a ul ol li blockquote pre code span hr h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr td th caption'.split(
    ' ',
  ),
);
const ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'target', 'rel', 'title', 'class'],
  span: ['class', 'data-picture'],
  div: ['class'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
};

/** As the panel does: into the live document, then left a moment for whatever might still run or load. */
const show = (html: string) => page.evaluate((source) => window.deskside.show(source), html);

inBrowser('hostile markup', () => {
  it.each(HOSTILE)('%s leaves only what can be read', async (source) => {
    const { nodes, ran } = await show(source);
    for (const { tag, attributes } of nodes) {
      expect(KEPT).toContain(tag);
      for (const [name, value] of attributes) {
        expect(['dir', ...(ATTRIBUTES[tag] ?? [])]).toContain(name);
        if (name === 'href') expect(value).toMatch(/^(https?|mailto):/i);
        if (name === 'class') expect(value).toMatch(/^chat-(mention( chat-mention-me)?|image|table|picture)$/);
        if (name === 'data-picture') expect(JSON.parse(value)).toMatchObject({ content: { chatId: CHAT_ID } });
      }
    }
    expect(ran).toBe(false);
    expect(requested).toEqual([]);
  });

  it('thousands deep keeps its words', async () => {
    const { html } = await show(`${'<div>'.repeat(2_000)}deep${'</div>'.repeat(2_000)}`);
    expect(html).toContain('deep');
  });
});

inBrowser('what people write', () => {
  const htmlOf = async (source: string) => (await show(source)).html;

  it('keeps text, lists, tables and code', async () => {
    const source =
      '<p>a <b>b</b> <i>c</i></p><ul><li>d</li></ul><table><tbody><tr><td colspan="2">e</td></tr></tbody></table><pre>f</pre>';
    const scrolls = source.replace('<table>', '<div class="chat-table"><table>').replace('</table>', '</table></div>');
    expect(await htmlOf(source)).toBe(scrolls);
  });

  it('opens links in a tab without opener and tells the real address', async () => {
    const { nodes } = await show('<a href="https://contoso.test/x?a=1" target="_top" rel="opener">bank.test</a>');
    expect(Object.fromEntries(nodes[0]!.attributes)).toEqual({
      href: 'https://contoso.test/x?a=1',
      target: '_blank',
      rel: 'noopener noreferrer',
      title: 'https://contoso.test/x?a=1',
    });
  });

  it('keeps the words of a link that may not be followed', async () => {
    expect(await htmlOf('<p><a href="javascript:1">read <b>me</b></a></p>')).toBe('<p>read <b>me</b></p>');
  });

  it('makes a picture from elsewhere a link, or words', async () => {
    expect(await htmlOf('<p><img src="https://tracker.test/1.gif" alt="plan.png"></p>')).toBe(
      '<p><a class="chat-image" href="https://tracker.test/1.gif" target="_blank" rel="noopener noreferrer" title="https://tracker.test/1.gif">Picture: plan.png</a></p>',
    );
    expect(await htmlOf('<a href="https://x.test/"><img src="https://tracker.test/1.gif"></a>')).toContain(
      '><span class="chat-image">Image – open in Teams</span></a>',
    );
    expect(await htmlOf('<img src="data:image/png;base64,AAAA">')).toBe(
      '<span class="chat-image">Image – open in Teams</span>',
    );
    const others = 'https://graph.microsoft.com/v1.0/chats/19:other@thread.v2/messages/1/hostedContents/aWQ9/$value';
    expect(await htmlOf(`<img src="${others}" alt="theirs">`)).toBe(
      '<span class="chat-image">Image “theirs” – open in Teams</span>',
    );
    expect(requested).toEqual([]);
  });

  it('keeps the place, the size and the name of a picture that lies with the message', async () => {
    const src = `${GRAPH}/messages/1700000000000/hostedContents/aWQ9/$value`;
    const { html, pictures } = await show(`<p>see <img alt="plan" src="${src}" width="424.65" height="250"></p>`);
    expect(html).toMatch(/^<p>see <span class="chat-picture" data-picture="[^"]+"><\/span><\/p>$/);
    const content = { chatId: CHAT_ID, teamId: null, messageId: '1700000000000', replyId: null, contentId: 'aWQ9' };
    expect(pictures).toEqual([{ content, alt: 'plan', width: 425, height: 250 }]);
    const relative = await show('<img src="../hostedContents/aWQ9/$value" width="1e9" height="-4">');
    expect(relative.pictures).toEqual([{ content, alt: '', width: null, height: null }]);
    expect(requested).toEqual([]);
  });

  it.each([
    ['<p><at id="0">Ann</at>, hi</p>', '<p><span class="chat-mention">Ann</span>, hi</p>'],
    ['<p>a<emoji id="smile" alt="🙂" title="Smile"></emoji></p>', '<p>a🙂</p>'],
    ['<img alt="😀" itemtype="http://schema.skype.com/Emoji" src="https://x.test/e.png">', '😀'],
    ['<codeblock class="Python"><code>x = 1</code></codeblock>', '<pre><code>x = 1</code></pre>'],
    ['<p><at id="1">Me</at></p>', '<p><span class="chat-mention chat-mention-me">Me</span></p>'],
    ['<customemoji id="x" alt="dusty"></customemoji>', ':dusty:'],
    ['a<attachment id="1"></attachment>', 'a'],
  ])('shows Teams’ own %s', async (source, shown) => {
    expect(await htmlOf(source)).toBe(shown);
  });

  it('copies as plain text, blocks on their own lines', async () => {
    const html = '<p>a<br>b</p><ul><li>c</li><li>d</li></ul><p>e&nbsp;f</p><script>g</script>';
    expect(await page.evaluate((source) => window.deskside.plainText(source), html)).toBe('a\nb\n- c\n- d\n\ne f');
  });
});
