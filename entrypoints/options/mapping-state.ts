import { computed, effect, signal } from '@preact/signals';
import type { MappingActions } from '../../components/settings/mapping-section.tsx';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { Origin } from '../../lib/model/ids.ts';
import { sendToWorker } from '../../lib/rpc/client.ts';
import type { ChangeNotice, MappingLine, MappingPrice, MappingView } from '../../lib/rpc/contract.ts';
import { download, section, site, view } from './options-state.ts';

export const PEOPLE = 'people';
export const mapping = signal<MappingView | null>(null);
export const price = signal<MappingPrice | null>(null);
export const lines = signal<readonly MappingLine[]>([]);
export const problem = signal<AppError | null>(null);

/** The site whose people are on screen, and who is logged in there. */
const shown = computed(() => {
  const origin = section.value === PEOPLE ? site.value : null;
  const erpUser = view.value?.sites.find((one) => one.origin === origin)?.erpUser;
  return JSON.stringify([origin, erpUser ?? null]);
});
const origin = () => (JSON.parse(shown.peek()) as [Origin | null])[0];
const hasTab = () => (JSON.parse(shown.peek()) as [unknown, unknown])[1] !== null;

effect(() => {
  void shown.value;
  mapping.value = null;
  price.value = null;
  lines.value = [];
  problem.value = null;
  void read(true);
});

/** Lines come by the hundred while a run is looking people up: now and then is often enough. */
const LINES_MS = 3_000;
let linesReadAt = 0;
let reading: Promise<void> | null = null;
let again: boolean | null = null;

/** One reading at a time; what is asked for meanwhile is one more afterwards. `all`: the lines and the price, too. */
function read(all: boolean): Promise<void> {
  if (reading) {
    again = again || all;
    return reading.then(() => reading ?? undefined);
  }
  reading = readOnce(all).finally(() => {
    reading = null;
    const next = again;
    again = null;
    if (next !== null) void read(next);
  });
  return reading;
}

async function readOnce(all: boolean): Promise<void> {
  const of = origin();
  if (!of) return;
  const running = mapping.peek()?.run != null;
  const now = told(await sendToWorker('mapping.view', { origin: of }));
  if (!now || of !== origin()) return;
  mapping.value = now;
  if (!now.signedIn) return;
  const over = running && !now.run;
  if (all || over || Date.now() - linesReadAt > LINES_MS) {
    linesReadAt = Date.now();
    const rows = told(await sendToWorker('mapping.rows', { origin: of }));
    if (of === origin()) lines.value = rows ?? [];
  }
  if (!now.run && hasTab() && (all || over)) {
    const asked = told(await sendToWorker('mapping.price', { origin: of }));
    if (of === origin()) price.value = asked;
  }
}

/** A change notice of the worker, or null where some may have been missed. */
export function hear(notice: ChangeNotice | null): void {
  if (notice?.kind === 'mapping' && notice.origin === origin()) void read(mapping.peek()?.run == null);
  else if (notice === null || notice.kind === 'account') void read(true);
}

function told<T>(result: Result<T>): T | null {
  if (result.ok) return result.value;
  problem.value = result.error;
  return null;
}

const act = async (asked: Promise<Result<void>>): Promise<void> => {
  const result = await asked;
  problem.value = result.ok ? null : result.error;
  await read(true);
};
const here = () => ({ origin: origin() ?? ('' as Origin) });

export const mappingActions: MappingActions = {
  signIn: () => void act(sendToWorker('auth.signIn', { ...here(), pickAccount: false })),
  start: (write) => act(sendToWorker('mapping.start', { ...here(), write })),
  stop: () => void act(sendToWorker('mapping.stop', here())),
  goOn: () => void act(sendToWorker('mapping.goOn', here())),
  async choose(address, userId, write) {
    const result = await sendToWorker('mapping.choose', { ...here(), address, userId, write });
    await read(true);
    return result;
  },
  search: (text) => sendToWorker('mapping.search', { ...here(), text }),
  save: (name, text) => download(name, text, 'text/csv;charset=utf-8'),
  act(action) {
    problem.value = null;
    if (action.kind === 'sign-in') mappingActions.signIn();
    else void read(true);
  },
};
