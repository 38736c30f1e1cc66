import type { Attachment, Message } from '../../lib/model/message.ts';
import { BEN, CHAT_ID, CHLOE, GUEST, ME, message } from './samples.ts';

/** A talk with one of each thing that a message can hold, for tests and the gallery. */

export const hosted = (id: string) =>
  `https://graph.microsoft.com/v1.0/chats/${CHAT_ID}/messages/1700000000000/hostedContents/${id}/$value`;

const attachment = (contentType: string, content: unknown, more: Partial<Attachment> = {}): Attachment => ({
  contentType,
  name: '',
  url: null,
  content: JSON.stringify(content),
  ...more,
});

const event = (minutesAgo: number, what: Message['event']) => message(minutesAgo, null, '', { event: what });
const by = { userId: null, name: 'Ben Okafor' };

export const RICH: Message[] = [
  event(400, { kind: 'call-started', by, call: 'meeting' }),
  event(399, { kind: 'recording', by, state: 'there', url: 'https://contoso.sharepoint.test/rec.mp4', seconds: 2419 }),
  event(398, {
    kind: 'call-ended',
    by,
    call: 'meeting',
    seconds: 2520,
    who: [by, { userId: null, name: 'Chloé Durand' }],
  }),
  event(397, { kind: 'done', what: 'teamsAppInstalled', by, name: 'Polls' }),
  message(300, BEN, `<p>The floor plan:</p><img src="${hosted('aa')}" alt="Floor plan" width="900" height="520">`),
  message(
    299,
    BEN,
    `<p>small <img src="${hosted('bb')}" alt="Icon" width="40" height="40"> and lost</p><img src="${hosted('cc')}" alt="Missing" width="300" height="120">`,
  ),
  message(290, ME, '<attachment id="1"></attachment><p>Looks right to me.</p>', {
    attachments: [
      attachment('messageReference', {
        messageId: '1700000000001',
        messagePreview:
          'The floor plan: could everybody look whether the big room has enough seats for the review, please?',
        messageSender: { user: { displayName: 'Ben Okafor' } },
      }),
    ],
  }),
  message(
    280,
    CHLOE,
    '<p><at id="0">Alice Anders</at> and <at id="1">Ben Okafor</at>: see <a href="https://contoso.test/plan">the plan</a> <emoji alt="🙂"></emoji></p>',
    {
      mentions: [
        { id: 0, userId: ME.id, name: 'Alice Anders' },
        { id: 1, userId: BEN.id, name: 'Ben Okafor' },
      ],
      reactions: [{ type: 'heart', userId: ME.id }],
    },
  ),
  message(270, GUEST, '<p>Here they are.</p>', {
    attachments: [
      { contentType: 'reference', name: 'Order 4711.pdf', url: 'https://contoso.sharepoint.test/order.pdf' },
      {
        contentType: 'reference',
        name: 'Revenue by quarter and region, second draft.xlsx',
        url: 'https://contoso.sharepoint.test/r.xlsx',
      },
    ],
  }),
  message(260, BEN, '', {
    attachments: [
      attachment('application/vnd.microsoft.card.adaptive', {
        body: [
          { type: 'TextBlock', text: 'Sales Order SO-4711', weight: 'Bolder', size: 'Large' },
          { type: 'TextBlock', text: 'Waiting for **your approval** since {{DATE(2028-11-20T08:00:00Z, SHORT)}}.' },
          {
            type: 'FactSet',
            facts: [
              { title: 'Customer', value: 'Fabrikam' },
              { title: 'Total', value: '12,400 €' },
            ],
          },
          {
            type: 'Table',
            rows: [
              {
                cells: [
                  { items: [{ type: 'TextBlock', text: 'Q2' }] },
                  { items: [{ type: 'TextBlock', text: '412 k€' }] },
                ],
              },
            ],
          },
        ],
        actions: [
          { type: 'Action.OpenUrl', title: 'Open the order', url: 'https://erp.contoso.test/app/sales-order/SO-4711' },
          { type: 'Action.Submit', title: 'Approve' },
          { type: 'Action.Submit', title: 'Reject' },
        ],
      }),
    ],
  }),
  message(250, CHLOE, '', {
    attachments: [
      attachment('forwardedMessageReference', {
        originalMessageContent: '<p>The <b>fair</b> begins on Monday.</p>',
        originalSentDateTime: '2028-11-21T09:00:00Z',
        originalMessageSender: { user: { displayName: 'Sam Lee' } },
      }),
    ],
  }),
  message(
    240,
    BEN,
    '<codeblock class="Python"><code>for order in orders:<br>    if order.total &gt; 10_000 and not order.approved_by: notify(order.owner, template="approval")</code></codeblock>',
    {
      attachments: [
        attachment('application/vnd.microsoft.card.codesnippet', { name: 'fix.py', language: 'Python' }, { id: 'x' }),
        attachment('application/vnd.microsoft.card.fluidEmbedCard', {
          componentUrl: 'https://contoso.sharepoint.test/:fl:/g',
        }),
        attachment('meetingReference', {}),
      ],
    },
  ),
  message(
    230,
    CHLOE,
    '<table><tr><th>Quarter</th><th>Region</th><th>Revenue</th><th>Costs</th><th>Staff</th><th>Difference</th></tr><tr><td>Q2</td><td>North</td><td>412,000.00 €</td><td>398,000.00 €</td><td>14</td><td>14,000.00 €</td></tr></table><p>מה דעתך? (Price: 5 €)</p><p>And from elsewhere: <img src="https://tracker.test/a.png" alt="order.png"></p>',
  ),
];
