import { useState } from 'preact/hooks';
import type { Person } from '../../lib/model/person.ts';
import type { Choices } from './choose.ts';

/** What the person decides line by line, beginning with `first`. */
export function useChoices(first: () => Choices) {
  const [choices, setChoices] = useState<Choices>(first);
  return {
    choices,
    leaveOut(key: string, out: boolean): void {
      const leftOut = new Set(choices.leftOut);
      if (out) leftOut.add(key);
      else leftOut.delete(key);
      setChoices({ ...choices, leftOut });
    },
    pick(key: string, person: Person | null): void {
      const picked = new Map(choices.picked);
      if (person) picked.set(key, person);
      else picked.delete(key);
      setChoices({ ...choices, picked });
    },
  };
}
