// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { asErpUser } from '../../../lib/model/ids.ts';
import { ALICE, codeOf, createSite, EVENT, json } from './site.ts';

const FIELD = '/api/resource/Custom Field/Event-custom_teams_chat_id';
const BOUND = { erpUser: ALICE, deadline: 10_000 };
const VALUES = { dt: 'Event', fieldname: 'custom_teams_chat_id', label: 'Teams Chat ID', fieldtype: 'Data' };
const MAKE = { ...BOUND, values: VALUES };
const ONE = { ...BOUND, doctype: EVENT.doctype, fieldname: 'custom_teams_chat_id' };
const lost = () => Promise.reject(new TypeError('Failed to fetch'));
const saved = (more: object) => json(200, { data: { name: 'Event-custom_teams_chat_id', ...VALUES, ...more } });

describe('site.makeField', () => {
  test('sends what was ordered, and says that it was made', async () => {
    const site = createSite(({ method }) => (method === 'POST' ? saved({}) : undefined));
    expect(await site.orders['site.makeField'](MAKE)).toBe(true);
    const made = site.asked.find(({ method }) => method === 'POST');
    expect(made).toMatchObject({ path: '/api/resource/Custom Field', body: VALUES });
  });

  test('there already: nothing is made', async () => {
    const site = createSite(({ path }) => (path === FIELD ? saved({}) : undefined));
    expect(await site.orders['site.makeField'](MAKE)).toBe(false);
    expect(site.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each([
    ['two administrators at once: the other made it', () => json(417, { exc_type: 'ValidationError' }), false],
    ['a lost answer: it was us', lost, true],
  ])('%s', async (_, answer, made) => {
    let there = false;
    const site = createSite(({ path, method }) => {
      if (method === 'POST') {
        there = true;
        return answer();
      }
      if (path === FIELD && there) return saved({});
    });
    expect(await site.orders['site.makeField'](MAKE)).toBe(made);
  });

  test('without the role, as somebody else, of a field that is not ours', async () => {
    const site = createSite(({ method }) =>
      method === 'POST' ? json(403, { exc_type: 'PermissionError' }) : undefined,
    );
    const code = (order: typeof MAKE) => codeOf(site.orders['site.makeField'](order));
    expect(await code(MAKE)).toBe('erp-forbidden');
    expect(await code({ ...MAKE, erpUser: asErpUser('bob@contoso.test') })).toBe('erp-other-user');
    const { length } = site.asked;
    expect(await code({ ...MAKE, values: { ...VALUES, fieldname: 'salary' } })).toBe('not-permitted');
    expect(await code({ ...MAKE, values: { ...VALUES, fieldname: 'azure_object_id' } })).toBe('not-permitted');
    expect(site.asked).toHaveLength(length);
  });

  test('that ERPNext names otherwise is no success', async () => {
    const site = createSite(({ method }) => (method === 'POST' ? saved({ fieldname: 'custom_x' }) : undefined));
    expect(await codeOf(site.orders['site.makeField'](MAKE))).toBe('erp-refused');
  });
});

describe('site.changeField', () => {
  const change = (answer: Response) => {
    const site = createSite(({ method, path }) => (method === 'PUT' && path === FIELD ? answer : undefined));
    return { site, done: site.orders['site.changeField']({ ...ONE, values: { no_copy: 1 } }) };
  };
  test('changes what was agreed to, and nothing else', async () => {
    const { site, done } = change(saved({ no_copy: 1 }));
    await done;
    expect(site.asked.at(-1)?.body).toEqual({ no_copy: 1 });
  });
  test('refused, or ignored without a word', async () => {
    expect(await codeOf(change(json(417, { exc_type: 'ValidationError' })).done)).toBe('erp-refused');
    expect(await codeOf(change(saved({ no_copy: 0 })).done)).toBe('erp-refused');
  });
});

describe('site.removeField', () => {
  const removing = (holders: { name: string }[], there = true) =>
    createSite(({ method, path }) => {
      if (method === 'DELETE') return json(202, { message: 'ok' });
      if (path === FIELD && there) return saved({});
      if (path.startsWith('/api/resource/Event?')) return json(200, { data: holders });
    });
  const methods = (site: ReturnType<typeof removing>) => site.asked.map(({ method }) => method);

  test('only while nothing stands in it', async () => {
    const held = removing([{ name: 'EV00007' }]);
    expect(await held.orders['site.removeField'](ONE)).toEqual({ heldBy: 'EV00007' });
    expect(methods(held)).not.toContain('DELETE');
    const empty = removing([]);
    expect(await empty.orders['site.removeField'](ONE)).toEqual({ heldBy: null });
    expect(empty.asked.at(-1)).toMatchObject({ method: 'DELETE', path: FIELD });
    expect(empty.asked.some(({ path }) => path.includes('["custom_teams_chat_id","is","set"]'))).toBe(true);
  });

  test('gone already: nothing to do', async () => {
    const gone = removing([], false);
    expect(await gone.orders['site.removeField'](ONE)).toEqual({ heldBy: null });
    expect(methods(gone)).toEqual(['GET']);
  });

  test('not where the documents could not be looked at', async () => {
    const blind = createSite(({ path }) => (path === FIELD ? saved({}) : json(403, { exc_type: 'PermissionError' })));
    expect(await codeOf(blind.orders['site.removeField'](ONE))).toBe('erp-forbidden');
    expect(blind.asked.map(({ method }) => method)).not.toContain('DELETE');
  });
});
