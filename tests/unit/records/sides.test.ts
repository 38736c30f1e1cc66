import { describe, expect, it } from 'vitest';
import { type AccountId, asAccountId, asDoctype, asOrigin, asRecordName } from '../../../lib/model/ids.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { allSides, callsBySide, type Side } from '../../../lib/records/sides.ts';
import { createTabs } from '../../../lib/records/tabs.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import type { Sender, WorkerHandlers } from '../../../lib/rpc/server.ts';

const [NORTH, SOUTH] = [asOrigin('https://north.example'), asOrigin('https://south.example')];
const [ADA, GINA] = [asAccountId('ada'), asAccountId('gina')];

/** A side with a tab of the north site (1) and one of the south site (2), each with its account. */
async function side(name: string): Promise<Side> {
  const items: Record<string, unknown> = {};
  const session = { get: async () => items, set: async (more: object) => void Object.assign(items, more) };
  const tabs = createTabs(session, () => 'x');
  for (const [tabId, origin] of [
    [1, NORTH],
    [2, SOUTH],
  ] as const)
    await tabs.shows({ tabId, origin, erpUser: null, shown: null });
  const workers = new Map<AccountId | null, Worker>();
  const speakers = new Map([
    [NORTH, ADA],
    [SOUTH, GINA],
  ]);
  const of = (id: AccountId | null) => {
    const worker = workers.get(id) ?? ({ is: `${name} ${id ?? 'nobody'}` } as unknown as Worker);
    workers.set(id, worker);
    return worker;
  };
  const at = async (site: typeof NORTH) => of(speakers.get(site) ?? null);
  return { tabs, of, at, everybody: async () => [of(ADA), of(GINA)] } as unknown as Side;
}
let made = 0;
/** Answers which worker was asked. */
const callsOf = (worker: Worker) => {
  made++;
  const who = () => (worker as unknown as { is: string }).is;
  return {
    'panel.view': who,
    'desk.nonce': who,
    'desk.shows': who,
    'mapping.view': who,
    'popup.view': who,
    'record.open': who,
  } as unknown as WorkerHandlers;
};
const from = (name: Sender['from'], tabId?: number, incognito = false): Sender => ({
  tabId,
  frameId: 0,
  from: name,
  incognito,
});

describe('the sides of one background', () => {
  it('a private window is answered from its own side, everybody else from the ordinary one', async () => {
    const calls = callsBySide({ ordinary: await side('ordinary'), hidden: await side('hidden') }, callsOf);
    expect(await calls['desk.nonce'](undefined, from('desk', 1, true))).toBe('hidden ada');
    expect(await calls['desk.nonce'](undefined, from('desk', 1))).toBe('ordinary ada');
  });

  it('where private windows have a background of their own, there is one side for all', async () => {
    const [ordinary, hidden] = [await side('ordinary'), await side('hidden')];
    const calls = callsBySide({ ordinary: hidden, hidden: null }, callsOf);
    expect(await calls['desk.nonce'](undefined, from('desk', 1, true))).toBe('hidden ada');
    expect(allSides({ ordinary, hidden: null })).toEqual([ordinary]);
    expect(allSides({ ordinary, hidden })).toEqual([ordinary, hidden]);
  });
});

describe('the accounts of one side', () => {
  it('each tab is answered as the account of its site, whatever its panel says of itself', async () => {
    const calls = callsBySide({ ordinary: await side('o'), hidden: null }, callsOf);
    const view = (data: object, tabId?: number) => calls['panel.view'](data as never, from('panel', tabId));
    expect([await view({}, 1), await view({}, 2), await view({}, 3)]).toEqual(['o ada', 'o gina', 'o nobody']);
    expect(await view({ origin: SOUTH }, 1)).toBe('o ada');
  });

  it('a tab’s first report, and what the options ask of a site, name it', async () => {
    const calls = callsBySide({ ordinary: await side('o'), hidden: null }, callsOf);
    expect(await calls['desk.shows']({ origin: SOUTH } as never, from('desk', 3))).toBe('o gina');
    expect(await calls['mapping.view']({ origin: NORTH } as never, from('options'))).toBe('o ada');
    const key = recordKey({ origin: SOUTH, doctype: asDoctype('Event'), name: asRecordName('EV1') });
    expect(await calls['record.open']({ key } as never, from('popup'))).toBe('o gina');
  });

  it('what is of no site is asked of whoever signed in first', async () => {
    const calls = callsBySide({ ordinary: await side('o'), hidden: null }, callsOf);
    expect(await calls['popup.view']({ incognito: false } as never, from('popup'))).toBe('o ada');
  });

  it('handlers are made once for each account', async () => {
    made = 0;
    const calls = callsBySide({ ordinary: await side('o'), hidden: null }, callsOf);
    for (const tabId of [1, 2, 1, 2, 1]) await calls['panel.view']({} as never, from('panel', tabId));
    expect(made).toBe(2);
  });
});
