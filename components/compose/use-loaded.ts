import { useEffect, useState } from 'preact/hooks';
import type { Result } from '../../lib/model/errors.ts';

/** What was asked for when this was opened; null until the answer is here. */
export function useLoaded<T>(load: () => Promise<Result<T>>): Result<T> | null {
  const [answer, setAnswer] = useState<Result<T> | null>(null);
  useEffect(() => {
    let gone = false;
    void load().then((result) => gone || setAnswer(result));
    return () => {
      gone = true;
    };
  }, []);
  return answer;
}
