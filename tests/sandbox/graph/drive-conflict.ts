import type { ConflictBehavior } from '../tenant/drives.ts';
import { GraphError } from './graph-error.ts';

/** `@microsoft.graph.conflictBehavior`: what happens where a name is taken (resources/driveitem.md). */
export function readBehavior(value: unknown): ConflictBehavior {
  if (value === 'fail' || value === 'replace' || value === 'rename') return value;
  throw new GraphError(400, 'invalidRequest', `Invalid conflictBehavior '${String(value)}'.`);
}

export const nameTaken = () =>
  new GraphError(409, 'nameAlreadyExists', 'An item with the same name already exists under the parent.');
