import type { BenchPart } from './bench-row.ts';
import { coldPart } from './cold.part.ts';
import { deskPart } from './desk.part.ts';
import { indexPart } from './index.part.ts';
import { searchPart } from './search.part.ts';
import { storagePart } from './storage.part.ts';
import { syncPart } from './sync.part.ts';
import { viewPart } from './view.part.ts';

/** All there is to measure, in the order of the table. */
export const PARTS: readonly BenchPart[] = [storagePart, searchPart, indexPart, syncPart, viewPart, coldPart, deskPart];
