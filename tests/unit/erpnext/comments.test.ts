// @vitest-environment happy-dom
import { describe, expect, it, test } from 'vitest';
import type { CommentText } from '../../../lib/model/record-comment.ts';
import { markdown } from '../../sandbox/desk/markdown.ts';
import { sanitiseHtml } from '../../sandbox/desk/sanitise.ts';
import { ALICE, codeOf, createSite, EVENT, json, SERVER_TIME } from './site.ts';

const METHODS = '/api/method/frappe.desk.form';
const ORDER = { ref: EVENT, erpUser: ALICE, deadline: 10_000 };
const LINK: CommentText = {
  data: 'deskside:chat:0123456789abcdef0123456789abcdef:0123456789abcdef:19%3Ameeting_Mjd_hN*j%40thread.v2',
  sentence: 'The Teams chat of this record:',
  link: {
    text: 'Kick-off *_x_* <b> & Co',
    url: 'https://teams.microsoft.com/l/chat/19%3Ameeting_Mjd_hNj%40thread.v2/0',
  },
};

/** An ERPNext that keeps comments as one of its versions does, and gives them as it does. */
function site(flavour: 'v14' | 'v15' | 'v16') {
  const stored = new Map<string, string>();
  const clean = (content: unknown) =>
    sanitiseHtml(flavour, String(content), flavour === 'v14' ? [] : ['form', 'input']);
  return {
    stored,
    ...createSite(({ path, body }) => {
      if (path === `${METHODS}.utils.add_comment`) {
        stored.set(`c${stored.size}`, clean(body?.content));
        return json(200, { message: { name: 'c0' } });
      }
      if (path === `${METHODS}.utils.update_comment`) {
        stored.set(String(body?.name), clean(body?.content));
        return json(200, {});
      }
      if (!path.startsWith(`${METHODS}.load.get_docinfo?doctype=Event&name=EV00001`)) return undefined;
      const comments = [...stored].map(([name, content], i) => ({
        name,
        creation: `2026-11-22 10:00:00.00000${9 - i}`,
        owner: 'bob@contoso.test',
        comment_type: 'Comment',
        content: markdown(content),
      }));
      return json(200, { docinfo: { comments, versions: [] } });
    }),
  };
}

describe.each(['v14', 'v15', 'v16'] as const)('a comment of Deskside in %s', (flavour) => {
  it('comes back with its data through sanitiser and Markdown, whoever looks', async () => {
    const { orders, stored } = site(flavour);
    await orders['site.addComment']({ ...ORDER, text: LINK });
    const { comments, serverTime } = await orders['site.comments']({ ref: EVENT });
    expect(comments).toEqual([
      { name: 'c0', creation: '2026-11-22 10:00:00.000009', owner: 'bob@contoso.test', data: LINK.data },
    ]);
    expect(serverTime).toBe(SERVER_TIME);
    const shown = document.createElement('div');
    shown.innerHTML = markdown(stored.get('c0')!);
    expect(shown.textContent?.trim()).toBe('The Teams chat of this record: Kick-off *_x_* <b> & Co');
    expect(shown.querySelector('a')?.getAttribute('href')).toBe(LINK.link!.url);
  });

  it('is a plain sentence, and none of ours, once its data is taken out', async () => {
    const { orders, stored } = site(flavour);
    await orders['site.addComment']({ ...ORDER, text: LINK });
    await orders['site.editComment']({ ...ORDER, name: 'c0', text: { data: null, sentence: 'Gone & over.' } });
    expect((await orders['site.comments']({ ref: EVENT })).comments).toEqual([]);
    expect(markdown(stored.get('c0')!)).toContain('Gone &amp; over.');
  });
});

test('other people’s words stay in the page, those that quote ours too, and order is arrival', async () => {
  const { orders, stored } = site('v16');
  const data = 'deskside:1:x';
  stored.set('a', `<div data-deskside-chat="${data}">ours</div>`);
  stored.set('b', `<p>See data-deskside-chat="${data}"</p>`);
  stored.set('c', `<p>x</p><div data-deskside-chat="${data}">quoted</div>`);
  stored.set('d', '<div data-deskside-chat="">empty</div>');
  stored.set('e', `<div data-deskside-chat="${'x'.repeat(601)}">long</div>`);
  stored.set('f', `<div data-deskside-chat="later">ours</div>`);
  const { comments } = await orders['site.comments']({ ref: EVENT });
  expect(comments.map(({ name }) => name)).toEqual(['f', 'a']);
});

test('it asks in the person’s own name, mentions nobody, and is not repeated where no answer came', async () => {
  let times = 0;
  const { orders, asked } = createSite(({ method }) => {
    if (method !== 'POST') return undefined;
    times++;
    return Promise.reject(new TypeError('Failed to fetch'));
  });
  expect(await codeOf(orders['site.addComment']({ ...ORDER, text: LINK }))).toBe('outcome-unknown');
  expect(times).toBe(1);
  const body = asked.at(-1)?.body;
  expect(body).toMatchObject({
    reference_doctype: 'Event',
    reference_name: 'EV00001',
    comment_email: ALICE,
    comment_by: ALICE,
  });
  expect(body?.content).not.toContain('mention');
});

test('nothing is written for somebody else, or too late', async () => {
  const { orders, state, asked } = site('v15');
  state.user = 'bob%40contoso.test';
  expect(await codeOf(orders['site.addComment']({ ...ORDER, text: LINK }))).toBe('erp-other-user');
  state.user = 'alice%40contoso.test';
  state.now = 10_001;
  expect(await codeOf(orders['site.editComment']({ ...ORDER, name: 'c0', text: LINK }))).toBe('no-tab');
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('somebody else’s comment stays as it is', async () => {
  const refuses = () => json(403, { exc_type: 'PermissionError' });
  const { orders } = createSite(({ method }) => (method === 'POST' ? refuses() : undefined));
  expect(await codeOf(orders['site.editComment']({ ...ORDER, name: 'c0', text: LINK }))).toBe('erp-forbidden');
});
