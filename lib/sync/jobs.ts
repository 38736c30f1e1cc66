import type { Clock } from '../model/clock.ts';
import { type AppError, fail, toAppError } from '../model/errors.ts';
import type { AccountId } from '../model/ids.ts';
import type { Store } from '../storage/open.ts';
import type { JobRow } from '../storage/schema.ts';

/** What a handler made of its job this time. */
export type JobResult = 'done' | { wait: number } | { ask: unknown };

export type JobHandler = (job: JobRow, tools: JobTools) => Promise<JobResult>;

export interface JobTools {
  /**
   * Writes the step down, with what the next run needs, and resolves when it is on the disk: call it *before* the
   * effect it names. Throws, and so ends the run, where the job has been discarded meanwhile.
   */
  step(step: string, data: unknown): Promise<void>;
  clock: Clock;
  /** Aborted when the job is discarded. */
  signal: AbortSignal;
}

export interface JobsDeps {
  store: Store;
  clock: Clock;
  /** Sets the alarm: call `start()` at this time (milliseconds since 1970). A later call replaces it. */
  wake(at: number): void;
  handlers: Record<string, JobHandler>;
  /** A job's step, problem or question changed, or it is gone. */
  changed?(job: JobRow): void;
}

export type NewJob = Pick<JobRow, 'id' | 'kind' | 'account' | 'recordKey' | 'origin' | 'erpUser' | 'step' | 'data'>;

export type Jobs = ReturnType<typeof createJobs>;

/** Troubles that pass by themselves; any other waits for the person. */
const passing = new Set<AppError['code']>(['offline', 'throttled', 'microsoft-down', 'erp-unreachable']);
const RETRY_MS = 60_000;

/** Runs durable jobs, each by one runner at a time, from the step it had reached when the worker died. */
export function createJobs({ store, clock, wake, handlers, changed }: JobsDeps) {
  const running = new Map<string, { again: boolean; done: Promise<void>; stop: AbortController }>();

  /** Writes the job down and begins it. False: it is there already. Resolves once it is on the disk. */
  async function add(job: NewJob): Promise<boolean> {
    const now = clock.now();
    const row: JobRow = { ...job, createdAt: now, updatedAt: now, wakeAt: null, problem: null, question: null };
    if (!(await store.jobs.add(row))) return false;
    changed?.(row);
    void run(job.account, job.id).catch(() => {});
    return true;
  }

  /** Goes on with a job now, whatever it waits for. While it runs already: once more afterwards. */
  function run(account: AccountId, id: string): Promise<void> {
    const key = keyOf(account, id);
    const there = running.get(key);
    if (there) {
      there.again = true;
      return there.done;
    }
    const runner = { again: false, done: Promise.resolve(), stop: new AbortController() };
    running.set(key, runner);
    runner.done = (async () => {
      try {
        await setAlarm();
        do {
          runner.again = false;
          await once(account, id, runner.stop.signal);
        } while (runner.again);
      } finally {
        running.delete(key);
      }
      await setAlarm();
    })();
    return runner.done;
  }

  async function once(account: AccountId, id: string, signal: AbortSignal): Promise<void> {
    const job = await store.jobs.get(account, id);
    // A question stands until the person answers, however often the job is poked.
    if (!job || job.question !== null) return;
    try {
      const handler = handlers[job.kind];
      if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}`);
      const result = await handler(job, { clock, signal, step: (step, data) => reach(job, step, data) });
      if (result === 'done') {
        await store.jobs.remove(account, id);
        changed?.(job);
      } else if ('ask' in result) await update(job, { question: result.ask, wakeAt: null, problem: null });
      else await update(job, { wakeAt: clock.now() + result.wait, problem: null });
    } catch (caught) {
      const problem = toAppError(caught);
      await update(job, { problem, wakeAt: passing.has(problem.code) ? clock.now() + waitFor(problem) : null });
    }
  }

  async function reach(job: JobRow, step: string, data: unknown): Promise<void> {
    if (await update(job, { step, data, problem: null, wakeAt: null })) return;
    throw fail('not-permitted', 'This was given up', 'It was discarded while it was running.');
  }

  async function update(job: JobRow, change: Partial<JobRow>): Promise<JobRow | undefined> {
    const next = await store.jobs.update(job.account, job.id, { ...change, updatedAt: clock.now() });
    if (next) changed?.(next);
    return next;
  }

  /** At the worker's start and at each alarm: all that is due or was cut off in its run. */
  async function start(): Promise<void> {
    const due = (await store.jobs.list()).filter((job) => {
      if (running.has(keyOf(job.account, job.id))) return false;
      return !waits(job) || (job.wakeAt ?? Number.POSITIVE_INFINITY) <= clock.now();
    });
    await Promise.all(due.map((job) => run(job.account, job.id)));
    await setAlarm();
  }

  /** Something happened that jobs may have waited for (a tab of the site, a sign-in): go on with those that match. */
  async function poke(which: (job: JobRow) => boolean): Promise<void> {
    const jobs = (await store.jobs.list()).filter(which);
    await Promise.all(jobs.map((job) => run(job.account, job.id)));
  }

  /** The person's answer to a question, or their "go on" after a problem: `data` replaces what the job knows. */
  async function answer(account: AccountId, id: string, data: unknown): Promise<void> {
    const job = await store.jobs.get(account, id);
    if (!job) return;
    await update(job, { data, question: null, problem: null, wakeAt: null });
    void run(account, id).catch(() => {});
  }

  /** From this step once more, because the person says so. */
  async function restart(account: AccountId, id: string, step: string, data: unknown): Promise<void> {
    const job = await store.jobs.get(account, id);
    if (!job) return;
    await update(job, { step, data, question: null, problem: null, wakeAt: null });
    void run(account, id).catch(() => {});
  }

  /** Forgets the job; a run under way ends at its next step. What it has done stays done. */
  async function discard(account: AccountId, id: string): Promise<void> {
    const job = await store.jobs.get(account, id);
    await store.jobs.remove(account, id);
    running.get(keyOf(account, id))?.stop.abort();
    if (job) changed?.(job);
  }

  async function setAlarm(): Promise<void> {
    const times = (await store.jobs.list()).filter((job) => job.question === null).flatMap((job) => job.wakeAt ?? []);
    // Should the worker die in a run, the alarm starts the next one.
    if (running.size) times.push(clock.now() + RETRY_MS);
    if (times.length) wake(Math.max(Math.min(...times), clock.now()));
  }

  return { add, run, start, poke, answer, restart, discard };
}

function keyOf(account: AccountId, id: string): string {
  return JSON.stringify([account, id]);
}

/** It stopped by itself, and not because its worker died. */
function waits(job: JobRow): boolean {
  return job.wakeAt !== null || job.problem !== null || job.question !== null;
}

function waitFor(problem: AppError): number {
  return problem.retryAfter === undefined ? RETRY_MS : problem.retryAfter * 1000;
}
