import type { Sender, WorkerHandlers } from '../rpc/server.ts';
import type { Worker } from './worker.ts';

/** The workers of one background: for ordinary tabs, and for private windows where it serves those too. */
export interface Sides {
  ordinary: Worker;
  hidden: Worker | null;
}

export function allSides({ ordinary, hidden }: Sides): Worker[] {
  return hidden ? [ordinary, hidden] : [ordinary];
}

/** Answers each sender from its own side: what a private window shows must not reach the disk, nor another's tabs. */
export function callsBySide(sides: Sides, callsOf: (worker: Worker) => WorkerHandlers): WorkerHandlers {
  const ordinary = callsOf(sides.ordinary);
  if (!sides.hidden) return ordinary;
  const hidden = callsOf(sides.hidden);
  const names = Object.keys(ordinary) as (keyof WorkerHandlers)[];
  const entries = names.map((name) => {
    const answer = (data: never, sender: Sender) => (sender.incognito ? hidden : ordinary)[name](data, sender);
    return [name, answer];
  });
  return Object.fromEntries(entries) as WorkerHandlers;
}
