import { expect, it } from 'vitest';
import { popupCalls } from '../../../lib/records/popup-calls.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { openMemoryStore } from '../../../lib/storage/open.ts';
import { fakeWorker, panelOf } from './fake-worker.ts';

const signIn = { state: () => ({ signingIn: false, problem: null }) } as unknown as SignIn;
const notices = async (worker: Worker, incognito: boolean) =>
  (await popupCalls(worker, signIn)['popup.view']({ incognito }, { ...panelOf(1), from: 'popup' })).notices;

it('says over a private window, once, what its panels say there', async () => {
  const { worker } = await fakeWorker();
  expect(await notices(worker, false)).toEqual([]);
  const said = openMemoryStore().problem;
  expect(await notices(worker, true)).toEqual([said]);
  const memory = { ...worker, store: { ...worker.store, problem: said } };
  expect(await notices(memory, true)).toEqual([said]);
});
