// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { ALICE, codeOf, createSite, EVENT, json } from './site.ts';

const ORDER = { ref: EVENT, erpUser: ALICE, deadline: 10_000 };
const comment = (name: string, content: string, creation = '2026-11-22 10:00:00') => {
  return { name, content, creation, owner: 'bob@contoso.test', comment_type: 'Comment' };
};
const docinfo = (comments: unknown[], more = {}) => json(200, { docinfo: { comments, ...more } });

it('a comment goes by add_comment, in the person’s own name, and its name comes back', async () => {
  const { orders, asked } = createSite(({ path }) =>
    path.endsWith('utils.add_comment') ? json(200, { message: { name: 'c9' } }) : undefined,
  );
  const values = { content: '<div>x</div>' };
  expect(await orders['site.makeNote']({ ...ORDER, doctype: 'Comment', values })).toBe('c9');
  expect(asked[0]?.body).toEqual({
    reference_doctype: 'Event',
    reference_name: 'EV00001',
    comment_email: ALICE,
    comment_by: ALICE,
    content: '<div>x</div>',
  });
});

it('a ToDo is made by REST; a refusal is ERPNext’s own, a lost answer not certain', async () => {
  const answers = [
    json(200, { data: { name: 'TD-1' } }),
    json(403, { exc_type: 'PermissionError' }),
    new Response('Bad gateway', { status: 502 }),
  ];
  const { orders, asked } = createSite(({ path }) => (path === '/api/resource/ToDo' ? answers.shift() : undefined));
  const order = { ...ORDER, doctype: 'ToDo' as const, values: { description: 'x' } };
  expect(await orders['site.makeNote'](order)).toBe('TD-1');
  expect(asked[0]).toMatchObject({ method: 'POST', body: { description: 'x' } });
  expect(await codeOf(orders['site.makeNote'](order))).toBe('erp-forbidden');
  expect(await codeOf(orders['site.makeNote'](order))).toBe('outcome-unknown');
});

it('nothing is written as somebody else, or too late', async () => {
  const { orders, asked, state } = createSite(() => undefined);
  const order = { ...ORDER, doctype: 'ToDo' as const, values: {} };
  state.user = 'carol%40contoso.test';
  expect(await codeOf(orders['site.makeNote'](order))).toBe('erp-other-user');
  state.user = 'alice%40contoso.test';
  state.now = 20_000;
  expect(await codeOf(orders['site.makeNote'](order))).not.toBe('bug');
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('a note is found by its mark: a comment with its record, others by their description', async () => {
  const { orders, asked } = createSite(({ path }) => {
    if (path.includes('get_docinfo')) return docinfo([comment('c1', 'x'), comment('c2', '<div data-x="m-1">y</div>')]);
    if (path.startsWith('/api/resource/Task?')) return json(200, { data: [] });
    return undefined;
  });
  expect(await orders['site.findNote']({ ref: EVENT, doctype: 'Comment', mark: 'm-1' })).toBe('c2');
  expect(await orders['site.findNote']({ ref: EVENT, doctype: 'Task', mark: 'm-1' })).toBeNull();
  expect(asked[1]?.path).toContain('[["description","like","%m-1%"]]');
});

it('people’s comments come newest first, with full names, without what Deskside keeps there', async () => {
  const { orders } = createSite(({ path }) =>
    path.includes('get_docinfo')
      ? docinfo(
          [
            comment('c1', '<p>old</p>', '2026-11-20 10:00:00'),
            comment('c2', '<div data-deskside-chat="deskside:claim:x">link</div>'),
            comment('c3', '<p>new</p>', '2026-11-23 10:00:00'),
          ],
          { user_info: { 'bob@contoso.test': { fullname: 'Bob Bhatt' } } },
        )
      : undefined,
  );
  const found = await orders['site.talk']({ ref: EVENT });
  expect(found.map(({ name, by, html }) => [name, by, html])).toEqual([
    ['c3', 'Bob Bhatt', '<p>new</p>'],
    ['c1', 'Bob Bhatt', '<p>old</p>'],
  ]);
});
