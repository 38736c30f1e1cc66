import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Message } from '../../lib/model/message.ts';
import { browserFound, openBundle } from './real-browser.ts';
import { BEN, CHAT_ID, ME, message } from './samples.ts';

const inBrowser = describe.skipIf(!browserFound);

let page: Page;
let close = async () => {};
const requested: string[] = [];

beforeAll(async () => {
  if (!browserFound) return;
  ({ page, close } = await openBundle('contents-page.tsx', '<div id="app" style="block-size: 100%"></div>'));
  page.on('request', (request) => requested.push(request.url()));
}, 60_000);

afterAll(() => close());

const show = (messages: Message[]) => page.evaluate((all) => window.contents.show(all), messages);
const told = () => page.evaluate(() => window.contents.log.splice(0));
const GRAPH = `https://graph.microsoft.com/v1.0/chats/${CHAT_ID}/messages/1/hostedContents`;
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const card = (content: unknown) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  name: '',
  url: null,
  content: JSON.stringify(content),
});

inBrowser('a picture of a message', () => {
  const tall = message(5, BEN, `<p>Look</p><img src="${GRAPH}/aa/$value" alt="The plan" width="800" height="400">`);
  const last = message(4, BEN, '<p>And this</p>');

  it('has its room before it is there, and moves nothing when it comes', async () => {
    await show([tall, last]);
    const box = page.locator('.chat-picture-box');
    const size = await box.boundingBox();
    expect(size!.width / size!.height).toBeCloseTo(2, 1);
    expect(await told()).toEqual(['want aa']);
    const before = await page.evaluate((id) => window.contents.line(id), last.id);
    await page.evaluate((url) => window.contents.picture('aa', { kind: 'there', url }), PIXEL);
    await page.getByRole('button', { name: 'The plan: show it large' }).waitFor();
    expect(await box.boundingBox()).toEqual(size);
    expect(await page.evaluate((id) => window.contents.line(id), last.id)).toBe(before);
  });

  it('opens large, and Escape leads back to it and leaves the panel open', async () => {
    const button = page.getByRole('button', { name: 'The plan: show it large' });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'The plan' });
    await dialog.waitFor();
    const link = dialog.getByRole('link', { name: 'Open this message in Teams' });
    expect(await link.getAttribute('href')).toContain('teams.microsoft.com/l/message/');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await button.evaluate((el) => el === document.activeElement)).toBe(true);
    expect(await told()).not.toContain('panel closed');
    await button.click();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('says why it is not there, and is asked for again', async () => {
    await page.evaluate(() =>
      window.contents.picture('aa', {
        kind: 'failed',
        problem: { code: 'offline', title: 'Microsoft cannot be reached', text: 'Check your connection.' },
      }),
    );
    expect(await page.locator('.chat-picture-failed').textContent()).toContain('Microsoft cannot be reached');
    await page.getByRole('button', { name: 'Load it again' }).click();
    expect(await told()).toContain('again aa');
  });

  it('is left alone once its message is gone', async () => {
    await show([last]);
    // The page draws in its own time.
    await page.waitForFunction(() => window.contents.log.length > 0);
    expect(await told()).toEqual(['leave aa']);
  });
});

inBrowser('a quote', () => {
  it('names who said what, leads there, and to Teams where that cannot be', async () => {
    const content = { messageId: '1700', messagePreview: 'At nine?', messageSender: { user: { displayName: 'Ann' } } };
    const quote = { contentType: 'messageReference', name: '', url: null, content: JSON.stringify(content) };
    await show([message(3, BEN, '<attachment id="1700"></attachment><p>Yes</p>', { attachments: [quote] })]);
    const jump = page.getByRole('button', { name: 'Answers Ann: At nine?. Go there' });
    await jump.click();
    expect(await told()).toEqual(['jump 1700']);
    await page.evaluate(() => window.contents.lose());
    await jump.click();
    await page.getByText('This message cannot be shown here.').waitFor();
    expect(await page.locator('.chat-quote a').getAttribute('href')).toContain('/1700?');
  });
});

inBrowser('hostile content', () => {
  it('runs nothing, asks nobody and covers nothing', async () => {
    const evil = [
      message(9, BEN, '<img src="https://tracker.test/1.gif" onerror="alert(1)" alt="x"><svg onload="alert(1)"></svg>'),
      message(
        8,
        BEN,
        '<style>*{display:none!important}</style><form action="https://evil.test"><button>Go</button></form>',
      ),
      message(7, BEN, '<p>card</p>', {
        attachments: [
          card({
            body: [
              { type: 'TextBlock', text: '[click](javascript:alert(1)) <img src=x onerror=alert(1)> **bold**' },
              { type: 'Image', url: 'https://tracker.test/2.gif', altText: 'tracked' },
              { type: 'Image', url: 'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+' },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Pay', url: 'javascript:alert(1)' }],
          }),
          { contentType: 'reference', name: 'a.pdf', url: 'javascript:alert(1)' },
        ],
      }),
      message(6, BEN, `${'<div>'.repeat(3000)}deep`),
    ];
    await show(evil);
    await page.waitForTimeout(200);
    const found = await page.evaluate(() => ({
      ran: window.ran === true,
      tags: [...document.querySelectorAll('#app :is(script,style,form,iframe,object,embed)')].length,
      hrefs: [...document.querySelectorAll<HTMLAnchorElement>('#app a')].map((a) => a.protocol),
      srcs: [...document.querySelectorAll<HTMLImageElement>('#app img')].map((img) => img.src),
    }));
    expect(found).toMatchObject({ ran: false, tags: 0, srcs: [] });
    expect(new Set(found.hrefs)).toEqual(new Set(['https:']));
    expect(requested).toEqual([]);
    expect(await page.getByText('Pay').isVisible()).toBe(true);
  });
});

inBrowser('mentions', () => {
  it('of whoever reads stand out, and of everyone', async () => {
    const mentions = [
      { id: 0, userId: BEN.id, name: 'Ben' },
      { id: 1, userId: ME.id, name: 'Alice' },
      { id: 2, userId: null, name: 'Everyone', everyone: true as const },
    ];
    const html = '<p><at id="0">Ben</at> <at id="1">Alice</at> <at id="2">Everyone</at></p>';
    await show([message(2, BEN, html, { mentions })]);
    expect(await page.locator('.chat-mention-me').allTextContents()).toEqual(['Alice', 'Everyone']);
    expect(await page.locator('.chat-mention').count()).toBe(3);
  });
});

inBrowser('copying', () => {
  const quote = {
    contentType: 'messageReference',
    name: '',
    url: null,
    content: JSON.stringify({
      messageId: '1700',
      messagePreview: 'At nine?',
      messageSender: { user: { displayName: 'Ann' } },
    }),
  };
  const talk = [
    message(19, BEN, '<p>Before <b>our</b> middle<br>second line</p>'),
    message(18, ME, `<p>See <a href="https://x.test/">this</a></p><img src="${GRAPH}/aa/$value" alt="The plan">`, {
      attachments: [quote],
    }),
    message(17, BEN, '<ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>', {
      attachments: [card({ body: [{ type: 'FactSet', facts: [{ title: 'Total', value: '12 €' }] }] })],
    }),
    message(16, BEN, '<p>After all</p>'),
  ];

  it('of several messages takes who wrote them and when along, and nothing of their looks', async () => {
    await show(talk);
    const { text, html } = await page.evaluate(() => window.contents.copy('middle', 'After'));
    const time = (at: Message) =>
      new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(at.createdAt));
    expect(text).toBe(
      [
        `Ben Okafor, ${time(talk[0]!)}\nmiddle\nsecond line`,
        `Alice Anders, ${time(talk[1]!)}\n> Ann\n> At nine?\nSee this\n[The plan]`,
        `Ben Okafor, ${time(talk[2]!)}\n- one\n- two\n\na\tb\n\nTotal\t12 €`,
        `Ben Okafor, ${time(talk[3]!)}\nAfter`,
      ].join('\n\n'),
    );
    expect(html).not.toMatch(/class=|style=|data-|<img|<svg|<button|<span/);
    expect(html).toContain('<a href="https://x.test/">this</a>');
    expect(html).toContain('<li>one</li><li>two</li>');
    expect(html).toContain('<td>a</td><td>b</td>');
    expect(html).not.toContain('Before');
    expect(html).not.toContain('all');
  });

  it('of a part of one message takes that part alone', async () => {
    const { text, html } = await page.evaluate(() => window.contents.copy('our', 'second'));
    expect(text).toBe('our middle\nsecond');
    expect(html).toBe('<b>our</b> middle<br>second');
  });

  it('of one message by its menu puts both forms there', async () => {
    await page.evaluate(() => document.getSelection()!.removeAllRanges());
    const heard = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const put = DataTransfer.prototype.setData;
          const said: string[] = [];
          DataTransfer.prototype.setData = function (type, data) {
            said.push(type, data);
            put.call(this, type, data);
            if (said.length === 4) resolve(said);
          };
        }),
    );
    const row = page.locator('article', { hasText: 'After all' });
    await row.hover();
    await row.locator('.chat-menu > button').click();
    await row.getByRole('button', { name: 'Copy the text' }).click();
    expect(await heard).toEqual(['text/plain', 'After all', 'text/html', '<p>After all</p>']);
  });
});
