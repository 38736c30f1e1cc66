import { describe, expect, it } from 'vitest';
import { type Part, readAttachment } from '../../components/chat/read-attachment.ts';
import { asMessageId } from '../../lib/model/ids.ts';
import type { Attachment } from '../../lib/model/message.ts';
import { CHAT_ID } from './samples.ts';

const HOME = { chatId: CHAT_ID, messageId: asMessageId('1700000000000') };
const read = (contentType: string, content?: unknown, more: Partial<Attachment> = {}): Part | null =>
  readAttachment(
    {
      contentType,
      name: '',
      url: null,
      ...(content === undefined ? {} : { content: typeof content === 'string' ? content : JSON.stringify(content) }),
      ...more,
    },
    HOME,
  );
const cardOf = (kind: string, content: unknown) => {
  const part = read(`application/vnd.microsoft.card.${kind}`, content);
  if (part?.kind !== 'card') throw new Error(`no card but ${part?.kind}`);
  return part.card;
};
const adaptive = (...body: unknown[]) => cardOf('adaptive', { type: 'AdaptiveCard', body });

describe('what hangs on a message', () => {
  it.each<[string, Part | null, Part | null]>([
    [
      'a file',
      read('reference', undefined, { name: 'Order.pdf', url: 'https://contoso.sharepoint.test/Order.pdf' }),
      { kind: 'file', name: 'Order.pdf', url: 'https://contoso.sharepoint.test/Order.pdf' },
    ],
    [
      'a file without a name',
      read('reference', undefined, { url: 'https://contoso.sharepoint.test/My%20plan.docx?web=1' }),
      { kind: 'file', name: 'My plan.docx', url: 'https://contoso.sharepoint.test/My%20plan.docx?web=1' },
    ],
    [
      'a file over http',
      read('reference', undefined, { name: 'x', url: 'http://x.test/x' }),
      { kind: 'other', name: 'x' },
    ],
    ['a script', read('reference', undefined, { name: 'x', url: 'javascript:alert(1)' }), { kind: 'other', name: 'x' }],
    [
      'a quote',
      read('messageReference', {
        messageId: '1616990417393',
        messagePreview: 'At nine?',
        messageSender: { application: null, user: { id: 'u', displayName: 'Robin' } },
      }),
      { kind: 'quote', id: asMessageId('1616990417393'), author: 'Robin', text: 'At nine?', html: null, sentAt: null },
    ],
    [
      'a quote that leads nowhere',
      read('messageReference', { messageId: '../x', messagePreview: 7, messageSender: 'x' }),
      { kind: 'quote', id: null, author: '', text: '', html: null, sentAt: null },
    ],
    [
      'a forwarded message',
      read('forwardedMessageReference', {
        originalMessageId: '1727810802267',
        originalMessageContent: '<p>hello</p>',
        originalConversationId: '19:other@thread.v2',
        originalSentDateTime: '2028-10-01T19:26:42Z',
        originalMessageSender: { user: { displayName: 'Sam' } },
      }),
      { kind: 'quote', id: null, author: 'Sam', text: '', html: '<p>hello</p>', sentAt: '2028-10-01T19:26:42Z' },
    ],
    [
      'a snippet of code',
      read('application/vnd.microsoft.card.codesnippet', { name: 'fix.py', language: 'Python' }),
      { kind: 'code', name: 'fix.py', language: 'Python' },
    ],
    [
      'what stands in for a Loop component',
      read('application/vnd.microsoft.card.codesnippet', '{}', { id: 'placeholderCard' }),
      null,
    ],
    [
      'a Loop component',
      read('application/vnd.microsoft.card.fluidEmbedCard', {
        componentUrl: 'https://contoso.sharepoint.test/:fl:/g/x',
      }),
      { kind: 'loop', url: 'https://contoso.sharepoint.test/:fl:/g/x' },
    ],
    [
      'a Loop component that leads into a script',
      read('application/vnd.microsoft.card.fluidEmbedCard', { componentUrl: 'javascript:alert(1)' }),
      { kind: 'loop', url: null },
    ],
    [
      'an announcement',
      read('application/vnd.microsoft.card.announcement', { title: 'New office' }),
      { kind: 'announcement', title: 'New office' },
    ],
    ['a meeting', read('meetingReference', { exchangeId: 'x' }), { kind: 'meeting' }],
    [
      'something to come',
      read('application/x-future', { a: 1 }, { name: 'New thing' }),
      { kind: 'other', name: 'New thing' },
    ],
    [
      'no JSON',
      read('messageReference', '{'),
      { kind: 'quote', id: null, author: '', text: '', html: null, sentAt: null },
    ],
  ])('%s', (_, part, expected) => {
    expect(part).toEqual(expected);
  });
});

describe('an adaptive card', () => {
  it('is its texts, facts, tables and links, in their order', () => {
    const card = cardOf('adaptive', {
      body: [
        { type: 'TextBlock', text: 'Order 4711', size: 'Large', weight: 'Bolder' },
        {
          type: 'ColumnSet',
          columns: [
            { type: 'Column', items: [{ type: 'TextBlock', text: 'left' }] },
            {
              type: 'Column',
              items: [{ type: 'RichTextBlock', inlines: ['right ', { type: 'TextRun', text: 'side' }] }],
            },
          ],
        },
        { type: 'FactSet', facts: [{ title: 'Customer', value: 'Fabrikam' }] },
        {
          type: 'Table',
          rows: [
            { cells: [{ items: [{ type: 'TextBlock', text: 'a' }] }, { items: [{ type: 'TextBlock', text: 'b' }] }] },
          ],
        },
        { type: 'Input.Text', id: 'x', label: 'Your comment' },
      ],
      actions: [
        { type: 'Action.OpenUrl', title: 'Open it', url: 'https://erp.contoso.test/app/order/4711' },
        { type: 'Action.Submit', title: 'Approve' },
        { type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard' } },
      ],
    });
    expect(card).toEqual({
      blocks: [
        { kind: 'text', text: 'Order 4711', heading: true },
        { kind: 'text', text: 'left', heading: false },
        { kind: 'text', text: 'right side', heading: false },
        { kind: 'facts', facts: [{ name: 'Customer', value: 'Fabrikam' }] },
        { kind: 'table', rows: [['a', 'b']] },
      ],
      links: [{ title: 'Open it', url: 'https://erp.contoso.test/app/order/4711' }],
      inTeams: ['Your comment', 'Approve', 'More'],
      cut: false,
    });
  });

  it('leads to https alone', () => {
    const actions = ['javascript:alert(1)', 'data:text/html,x', 'http://x.test', '//x.test', 'file:///etc', 7].map(
      (url, i) => ({
        type: 'Action.OpenUrl',
        title: `no ${i}`,
        url,
      }),
    );
    expect(cardOf('adaptive', { body: [], actions }).links).toEqual([]);
  });

  it('shows pictures that lie with the message or stand in it, and no other', () => {
    const hosted = `https://graph.microsoft.com/v1.0/chats/${CHAT_ID}/messages/1/hostedContents/aWQ9/$value`;
    const urls = ['https://tracker.test/1.gif', 'data:image/svg+xml;base64,AAAA', 'data:image/png;base64,AAAA', hosted];
    const { blocks, inTeams } = adaptive(...urls.map((url) => ({ type: 'Image', url, altText: url.slice(0, 20) })));
    expect(blocks.map((block) => block.kind)).toEqual(['data', 'hosted']);
    expect(inTeams).toHaveLength(2);
  });

  it('of any size and depth ends, and says that it was cut', () => {
    let deep: unknown = { type: 'TextBlock', text: 'bottom' };
    for (let i = 0; i < 5_000; i++) deep = { type: 'Container', items: [deep] };
    expect(adaptive(deep)).toMatchObject({ blocks: [], cut: true });
    const wide = adaptive(...Array.from({ length: 3_000 }, (_, i) => ({ type: 'TextBlock', text: `t${i}` })));
    expect(wide.blocks.length).toBeLessThan(500);
    expect(wide.cut).toBe(true);
    const long = adaptive({ type: 'TextBlock', text: 'x'.repeat(100_000) });
    expect(long.blocks).toMatchObject([{ text: 'x'.repeat(4_000) }]);
  });

  it.each([
    null,
    7,
    'text',
    [],
    { body: 'x' },
    { body: [null, 7, { type: 7 }, { type: 'FactSet', facts: {} }] },
    { __proto__: 1 },
  ])('of hostile shape (%j) is empty', (content) => {
    expect(cardOf('adaptive', content)).toEqual({ blocks: [], links: [], inTeams: [], cut: false });
  });
});

describe('other cards', () => {
  it('a hero or thumbnail card', () => {
    const card = cardOf('thumbnail', {
      title: 'Doc',
      subtitle: 'by Ann',
      text: 'Read <b>this</b>',
      images: [{ url: 'https://x.test/a.png' }],
      buttons: [
        { type: 'openUrl', title: 'Open', value: 'https://x.test/doc' },
        { type: 'imBack', title: 'Say hi', value: 'hi' },
      ],
    });
    expect(card.blocks).toEqual([
      { kind: 'text', text: 'Doc', heading: true },
      { kind: 'text', text: 'by Ann', heading: false },
      { kind: 'html', html: 'Read <b>this</b>' },
    ]);
    expect(card.links).toEqual([{ title: 'Open', url: 'https://x.test/doc' }]);
    expect(card.inTeams).toEqual(['Say hi']);
  });

  it('a connector’s card', () => {
    const part = read('application/vnd.microsoft.teams.card.o365connector', {
      title: 'Build failed',
      sections: [{ activityTitle: 'main', facts: [{ name: 'By', value: 'Ann' }] }],
      potentialAction: [
        { '@type': 'OpenUri', name: 'See', targets: [{ os: 'default', uri: 'https://ci.test/1' }] },
        { '@type': 'HttpPOST', name: 'Retry', target: 'https://ci.test/retry' },
      ],
    });
    expect(part).toMatchObject({
      kind: 'card',
      card: {
        blocks: [
          { text: 'Build failed', heading: true },
          { text: 'main' },
          { kind: 'facts', facts: [{ name: 'By', value: 'Ann' }] },
        ],
        links: [{ title: 'See', url: 'https://ci.test/1' }],
        inTeams: ['Retry'],
      },
    });
  });

  it('a receipt adds up', () => {
    const { blocks } = cardOf('receipt', { title: 'Bill', items: [{ title: 'Tea', price: '€ 3' }], total: '€ 3' });
    expect(blocks.slice(1)).toEqual([
      { kind: 'facts', facts: [{ name: 'Tea', value: '€ 3' }] },
      { kind: 'facts', facts: [{ name: 'Total', value: '€ 3' }] },
    ]);
  });
});
