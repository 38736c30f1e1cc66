// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { contentOf } from '../../components/compose/content-of.ts';
import { writingOf } from '../../components/compose/writing-of.ts';
import { asUserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import { ME, message } from './samples.ts';

const of = (html: string, more: Partial<Message> = {}) => writingOf(message(1, ME, html, more));

test.each([
  ['<p>plain</p>', 'plain'],
  ['<p>one<br>two</p>', 'one\ntwo'],
  ['<p>a</p><p>b</p>', 'a\n\nb'],
  ['<div><div>as&nbsp;Teams &amp; wraps it</div>\n</div>', 'as Teams & wraps it'],
  ['<p><strong>bold</strong> <em>slanted</em> <s>gone</s> <code>code</code></p>', '**bold** *slanted* ~~gone~~ `code`'],
  ['<p>do:</p><ul><li>this</li><li><b>that</b></li></ul><p>end</p>', 'do:\n\n- this\n- **that**\n\nend'],
  ['<ol start="3"><li>three</li><li>four</li></ol>', '3. three\n4. four'],
  [
    '<p>see <a href="https://x.example/a">https://x.example/a</a> and <a href="https://x.example/b">this</a></p>',
    'see https://x.example/a and [this](https://x.example/b)',
  ],
  ['<p>well <emoji id="smile" alt="😀"></emoji></p>', 'well 😀'],
])('%s is written as %j', (html, text) => {
  expect(of(html)?.writing.text).toBe(text);
});

test('what is sent comes back as it was written', () => {
  const text = 'Hello @Ben Okafor,\n\n**see** [this](https://x.example/b):\n\n- one\n- two *too*\n\nBye';
  const userId = asUserId('ben');
  const writing: Writing = {
    ...NOTHING_WRITTEN,
    text,
    mentions: [{ start: 6, end: 17, userId, name: 'Ben Okafor' }],
    importance: 'high',
  };
  const { html, mentions, importance } = contentOf(writing, () => '');
  const back = of(html, { mentions, importance });
  expect(back?.writing).toEqual({ text, mentions: writing.mentions, importance: 'high' });
});

test('a quote and a file stay as they are', () => {
  const quote = { id: '17', name: '', url: null, contentType: 'messageReference', content: '{}' };
  const file = { id: 'g', name: 'a.pdf', url: 'https://x.example/a.pdf', contentType: 'reference' };
  const back = of('<attachment id="17"></attachment><p>yes</p><attachment id="g"></attachment>', {
    attachments: [quote, file],
  });
  expect(back?.writing.text).toBe('yes');
  expect(back?.kept).toEqual([
    { id: '17', contentType: 'messageReference', content: '{}' },
    { id: 'g', contentType: 'reference', name: 'a.pdf', contentUrl: 'https://x.example/a.pdf' },
  ]);
});

test.each([
  ['a table', '<table><tr><td>1</td></tr></table>'],
  ['a picture', '<p><img src="https://graph.microsoft.com/v1.0/chats/c/messages/1/hostedContents/x/$value"></p>'],
  ['a colour', '<p><span style="color:red">red</span></p>'],
  ['a heading', '<h1>big</h1>'],
  ['signs that would be marks here', '<p>say *this* so</p>'],
  ['a line that would be a list here', '<p>- not an item</p>'],
  ['a mention of nobody known', '<p><at id="0">Bob</at></p>'],
  ['a mark that does not hug its words', '<p><strong> apart </strong>x</p>'],
])('%s cannot be written here without loss', (_, html) => {
  expect(of(html)).toBeNull();
});

test('a card cannot be written here', () => {
  const card = { id: 'c', name: '', url: null, contentType: 'application/vnd.microsoft.card.adaptive', content: '{}' };
  expect(of('<attachment id="c"></attachment>', { attachments: [card] })).toBeNull();
});
