// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { createDraftBackup } from '../../entrypoints/panel/state/draft-backup.ts';
import { createDrafts } from '../../entrypoints/panel/state/drafts.ts';
import type { Ask } from '../../entrypoints/panel/state/session.ts';
import type { RecordKey } from '../../lib/model/ids.ts';
import { NOTHING_WRITTEN } from '../../lib/model/writing.ts';
import { BEN, ME } from './samples.ts';

const A = '["https://erp.test","Event","A"]' as RecordKey;
let me = ME.id;
let saves: boolean;
const ask = vi.fn();
const kept = new Map<string, unknown>();
const area = {
  get: async (key: string | null) => Object.fromEntries([...kept].filter(([k]) => key === null || k === key)),
  set: async (items: Record<string, unknown>) => {
    for (const [k, v] of Object.entries(items)) kept.set(k, v);
  },
  remove: async (keys: string | string[]) => {
    for (const k of [keys].flat()) kept.delete(k);
  },
};
const backup = () => createDraftBackup(area, () => me);
const panel = () => createDrafts(ask as unknown as Ask, backup());
const write = (text: string) => ({ ...NOTHING_WRITTEN, text });

beforeEach(() => {
  kept.clear();
  me = ME.id;
  saves = true;
  vi.useFakeTimers();
  ask.mockImplementation(async (call: string) => {
    if (call === 'draft.load') return { ok: true, value: { text: 'older' } };
    return saves ? { ok: true, value: undefined } : { ok: false, error: { code: 'bug' } };
  });
});

test('what the worker was never heard to keep is there after the tab was loaded anew, and is saved then', async () => {
  saves = false;
  panel().set(A, write('typed last'));
  const after = panel();
  await after.load(A);
  expect(after.writing(A).text).toBe('typed last');
  saves = true;
  await vi.advanceTimersByTimeAsync(500);
  expect(ask).toHaveBeenLastCalledWith('draft.save', { shown: A, writing: write('typed last') });
  expect(kept.size).toBe(0);
  const later = panel();
  await later.load(A);
  expect(later.writing(A).text).toBe('older');
});

test('nothing of it is anybody else’s, and none of it stays after signing out', async () => {
  saves = false;
  const drafts = panel();
  drafts.set(A, write('mine'));
  me = BEN.id;
  const bens = panel();
  await bens.load(A);
  expect(bens.writing(A).text).toBe('older');
  drafts.forget();
  await vi.advanceTimersByTimeAsync(1);
  expect(kept.size).toBe(0);
});

test('a frame without storage does without', async () => {
  const bare = createDrafts(
    ask as unknown as Ask,
    createDraftBackup(undefined, () => me),
  );
  bare.set(A, write('x'));
  await bare.load(A);
  expect(bare.writing(A).text).toBe('x');
});
