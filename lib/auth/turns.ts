/** Runs tasks one after the other, whatever becomes of each. */
export function oneAtATime(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const mine = last.then(task, task);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Runs a task once for all who ask for the same key while it runs. */
export function onePerKey<T>(): (key: string, task: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (key, task) => {
    const known = running.get(key);
    if (known) return known;
    const mine = task().finally(() => running.delete(key));
    running.set(key, mine);
    return mine;
  };
}
