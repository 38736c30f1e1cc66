import { describe, expect, it } from 'vitest';
import { allSides, callsBySide } from '../../../lib/records/sides.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import type { Sender, WorkerHandlers } from '../../../lib/rpc/server.ts';

const ordinary = { incognito: false } as Worker;
const hidden = { incognito: true } as Worker;
const sender = (incognito: boolean): Sender => ({ tabId: 1, frameId: 0, from: 'desk', incognito });
/** Answers which worker was asked. */
const callsOf = (worker: Worker) =>
  ({ 'desk.nonce': () => (worker.incognito ? 'hidden' : 'ordinary') }) as unknown as WorkerHandlers;

describe('the sides of one background', () => {
  it('a private window is answered from its own side, everybody else from the ordinary one', async () => {
    const calls = callsBySide({ ordinary, hidden }, callsOf);
    expect(await calls['desk.nonce'](undefined, sender(true))).toBe('hidden');
    expect(await calls['desk.nonce'](undefined, sender(false))).toBe('ordinary');
  });

  it('where private windows have a background of their own, there is one side for all', async () => {
    const calls = callsBySide({ ordinary: hidden, hidden: null }, callsOf);
    expect(await calls['desk.nonce'](undefined, sender(true))).toBe('hidden');
    expect(allSides({ ordinary, hidden: null })).toEqual([ordinary]);
    expect(allSides({ ordinary, hidden })).toEqual([ordinary, hidden]);
  });
});
