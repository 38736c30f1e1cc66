import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Answers of real sites, where this machine has them beside the checkout; the tests pass without. */
export interface Recorded {
  request: { method: string; url: string; body: unknown };
  status: number;
  body: unknown;
}

export const VERSIONS = ['v14', 'v15', 'v16'] as const;

const FOLDER = resolve(import.meta.dirname, '../../../../shared/data');

export function recorded(version: string, name: string): Recorded | null {
  const file = resolve(FOLDER, version, `${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : null;
}
