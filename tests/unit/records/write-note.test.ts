import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import { asMessageId, asOrigin } from '../../../lib/model/ids.ts';
import type { Note } from '../../../lib/model/note.ts';
import { parseRecordKey } from '../../../lib/model/record.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { noteHandler, noteView, WRITE_NOTE, type Writing } from '../../../lib/records/write-note.ts';
import type { orderTab } from '../../../lib/rpc/orders.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createJobs, type JobsDeps } from '../../../lib/sync/jobs.ts';
import { account, chatId, erpUser, freshIndexedDb, record } from '../storage/fixtures.ts';
import { mortal, testClock } from '../sync/fixtures.ts';

const NOTE: Note = {
  kind: 'comment',
  text: 'Ship <b>today</b>\nplease',
  source: 'Bob & Co in Microsoft Teams',
  chatId,
  messageId: asMessageId('1700000000000'),
};
const MARK = '6a4c2f36-0000-4000-8000-000000000001';
const origin = parseRecordKey(record).origin;

/** ERPNext behind one tab: what was written, and what goes wrong with the next write. */
function fakeSite() {
  const written: { doctype: string; values: Record<string, string> }[] = [];
  const site = {
    written,
    trouble: null as { code: 'outcome-unknown' | 'erp-forbidden' | 'no-tab'; after: boolean } | null,
    hidden: false,
    order: (async (
      _tab: number,
      key: string,
      data: { doctype: string; mark: string; values: Record<string, string> },
    ) => {
      const html = (one: (typeof written)[number]) => one.values.content ?? one.values.description ?? '';
      if (key === 'site.findNote') {
        const at = site.hidden ? -1 : written.findIndex((one) => html(one).includes(data.mark));
        return { ok: true, value: at < 0 ? null : `N-${at}` };
      }
      const trouble = site.trouble;
      site.trouble = null;
      if (!trouble || trouble.after) written.push({ doctype: data.doctype, values: data.values });
      if (trouble) return { ok: false, error: fail(trouble.code, 't', 'x').error };
      return { ok: true, value: `N-${written.length - 1}` };
    }) as unknown as typeof orderTab,
  };
  return site;
}

let store: Store;
let clock: ReturnType<typeof testClock>;
let site: ReturnType<typeof fakeSite>;

function runner(wrapped: Store = store, order = site.order) {
  const worker = {
    store: wrapped,
    clock,
    order,
    tabs: { of: async () => [{ tabId: 1, erpUser }] },
    settings: async () => ({ registration: null }),
  } as unknown as Worker;
  const handlers: JobsDeps['handlers'] = { [WRITE_NOTE]: noteHandler(() => worker) };
  return createJobs({ store: wrapped, clock, wake: () => {}, handlers });
}

async function put(note: Note = NOTE) {
  const data: Writing = { note, mark: MARK, emptyLooks: 0, name: null };
  const row = { id: 'n', kind: WRITE_NOTE, account, recordKey: record, origin: asOrigin(origin), erpUser };
  await store.jobs.add({
    ...row,
    ...{ step: 'new', data, createdAt: 0, updatedAt: 0, wakeAt: null, problem: null, question: null },
  });
}
const view = async () => noteView((await store.jobs.get(account, 'n'))!);

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  site = fakeSite();
});
afterEach(() => store.close());

describe('a message into ERPNext', () => {
  it('becomes a comment: text and source escaped, with a link back and its mark', async () => {
    await put();
    await runner().run(account, 'n');
    expect(site.written).toEqual([{ doctype: 'Comment', values: { content: expect.any(String) } }]);
    const html = site.written[0]!.values.content!;
    expect(html).toContain('Ship &lt;b&gt;today&lt;/b&gt;<br>please');
    expect(html).toContain('Bob &amp; Co in Microsoft Teams');
    expect(html).toContain(`href="https://teams.microsoft.com/l/message/${encodeURIComponent(chatId)}/1700000000000`);
    expect(html).toContain(`data-deskside-note="${MARK}"`);
    expect(await view()).toMatchObject({ state: 'done', made: null });
  });

  it('becomes a ToDo that hangs on the record, or a Task in a project; what was left empty is left out', async () => {
    const plan = { date: '2026-12-24', priority: 'High' as const };
    await put({ ...NOTE, ...plan, kind: 'todo', allocatedTo: 'bob@contoso.test' });
    await runner().run(account, 'n');
    const { doctype, name } = parseRecordKey(record);
    expect(site.written[0]).toMatchObject({
      doctype: 'ToDo',
      values: {
        reference_type: doctype,
        reference_name: name,
        allocated_to: 'bob@contoso.test',
        assigned_by: erpUser,
        ...plan,
      },
    });
    expect(await view()).toMatchObject({ state: 'done', made: { name: 'N-0', url: `${origin}/app/todo/N-0` } });
    await store.jobs.remove(account, 'n');
    await put({ ...NOTE, kind: 'task', subject: 'Ship', project: '', date: '', priority: 'Low' });
    site.written.length = 0;
    await runner().run(account, 'n');
    expect(Object.keys(site.written[0]!.values).sort()).toEqual(['description', 'priority', 'subject']);
  });

  it('that ERPNext refuses says why, and goes again when the person says so', async () => {
    site.trouble = { code: 'erp-forbidden', after: false };
    await put();
    await runner().run(account, 'n');
    expect(await view()).toMatchObject({ state: 'failed', problem: { code: 'erp-forbidden' } });
    const jobs = runner();
    await jobs.restart(account, 'n', 'new', (await store.jobs.get(account, 'n'))!.data);
    await jobs.run(account, 'n');
    expect(await view()).toMatchObject({ state: 'done' });
  });

  it.each(['outcome-unknown', 'no-tab'] as const)(
    'whose answer was lost (%s) is found, not written again',
    async (code) => {
      site.trouble = { code, after: true };
      await put();
      await runner().run(account, 'n');
      expect(await view()).toMatchObject({ state: 'writing' });
      clock.move(10_000);
      await runner().start();
      expect(await view()).toMatchObject({ state: 'done' });
      expect(site.written).toHaveLength(1);
    },
  );

  it('that two looks do not find is left to the person', async () => {
    site.trouble = { code: 'outcome-unknown', after: true };
    site.hidden = true;
    await put();
    await runner().run(account, 'n');
    clock.move(10_000);
    await runner().start();
    expect(await view()).toMatchObject({ state: 'writing' });
    clock.move(60_000);
    await runner().start();
    expect(await view()).toMatchObject({ state: 'unsure' });
    expect(site.written).toHaveLength(1);
  });

  it('is written once, or asked about, wherever the worker dies', async () => {
    for (let dieAt = 1; dieAt <= 14; dieAt++)
      for (const when of ['before', 'after'] as const) {
        freshIndexedDb();
        store = await openStore();
        site = fakeSite();
        await put();
        const { wrap, death } = mortal(dieAt, when);
        const { order } = wrap({ order: site.order });
        const first = runner(wrap(store), order).run(account, 'n');
        await Promise.race([first, death]);
        for (let i = 0; i < 4; i++) {
          clock.move(60_000);
          await runner().start();
        }
        const { state } = await view();
        expect(site.written.length, `${dieAt} ${when}`).toBe(state === 'done' ? 1 : 0);
        expect(['done', 'unsure'], `${dieAt} ${when}`).toContain(state);
        store.close();
      }
    store = await openStore();
  });
});
