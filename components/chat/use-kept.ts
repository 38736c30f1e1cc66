import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';

/**
 * Gives what was drawn for a key the last time where it was made of the same: Preact passes over it then. A list of
 * hundreds draws its new lines alone.
 * @returns a function for the rendering under way; what it is not asked for is forgotten
 */
export function useKept(): <P extends object>(key: string, of: P, draw: (of: P) => VNode) => VNode {
  const before = useRef<Map<string, { of: object; drawn: VNode }>>(new Map());
  const old = before.current;
  const kept: typeof old = new Map();
  before.current = kept;
  return (key, of, draw) => {
    const known = old.get(key);
    const drawn = known && isSame(known.of, of) ? known.drawn : draw(of);
    kept.set(key, { of, drawn });
    return drawn;
  };
}

function isSame(a: object, b: object): boolean {
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.is(left[name], right[name]));
}
