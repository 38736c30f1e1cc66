import { company, packsOf } from './packs.ts';

/** Our words against an index in memory, MiniSearch, of the same texts cut at the same places. For Node alone. */

const tokenize = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** What we need of MiniSearch. It is loaded where it is measured: who has not run setup since it came checks all else. */
interface Index {
  addAll(documents: { id: number; text: string }[]): void;
  documentCount: number;
}
const load = async (name: string): Promise<new (options: object) => Index> => (await import(name)).default;

async function indexer(): Promise<(texts: readonly string[]) => Index> {
  const MiniSearch = await load('minisearch');
  return (texts) => {
    const index = new MiniSearch({ fields: ['text'], tokenize, processTerm: (term: string) => term });
    index.addAll(texts.map((text, id) => ({ id, text })));
    return index;
  };
}

/** Milliseconds for each to be made of so many messages' texts. */
export async function buildTimes(count: number): Promise<{ ours: () => Promise<number>; index: () => number }> {
  const items = company(count, Math.max(1, count / 200));
  const texts = items.map(({ text }) => text);
  const indexOf = await indexer();
  return {
    async ours() {
      const begun = performance.now();
      await packsOf(items, true);
      return performance.now() - begun;
    },
    index() {
      const begun = performance.now();
      indexOf(texts);
      return performance.now() - begun;
    },
  };
}

/** Bytes that each holds once it is made, and the letters of the texts. Needs `--expose-gc`. */
export async function heldBytes(count: number): Promise<{ ours: number; index: number; letters: number }> {
  const items = company(count, Math.max(1, count / 200));
  const letters = items.reduce((sum, { text }) => sum + text.length, 0);
  const texts = items.map(({ text }) => text);
  const indexOf = await indexer();
  const before = held();
  const index = indexOf(texts);
  const indexBytes = held() - before;
  if (index.documentCount !== items.length) throw new Error('Not all was put into the index.');
  const bare = held();
  const packs = await packsOf(items, true);
  const ours = held() - bare;
  // Read after it was measured: what nobody needs any more would be let go, and count for us.
  if (packs.reduce((sum, pack) => sum + pack.count, 0) !== Math.min(texts.length, items.length))
    throw new Error('Not all was packed.');
  return { ours, index: indexBytes, letters };
}

function held(): number {
  if (!globalThis.gc) throw new Error('Run with --expose-gc.');
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
