import { appendFileSync } from 'node:fs';
import type { RecordedRequest } from './shell.ts';

/** Every request that counts, in the order of its answers; the same lines go to a file where one is named. */
export interface RequestLog {
  add(request: RecordedRequest): void;
  all(): readonly RecordedRequest[];
  clear(): void;
  /** JSON lines, as GET /requests answers and DESKSIDE_REQUESTS holds. */
  lines(): string;
}

/** @param file appended to as it happens, so that a run that is killed still leaves what it asked */
export function createLog(file?: string): RequestLog {
  const requests: RecordedRequest[] = [];
  return {
    add: (request) => {
      requests.push(request);
      if (file) appendFileSync(file, `${JSON.stringify(request)}\n`);
    },
    all: () => requests,
    clear: () => {
      requests.length = 0;
    },
    lines: () => requests.map((request) => `${JSON.stringify(request)}\n`).join(''),
  };
}

/**
 * True for a request that somebody asked for: preflights are the browser's own, and of ERPNext only its API, its
 * sign-in and its pages count, not the sandbox's scripts, styles and event streams.
 */
export function counts(service: RecordedRequest['service'], method: string, path: string): boolean {
  if (method === 'OPTIONS') return false;
  return service !== 'erpnext' || path === '/' || /^\/(api|app|desk|login)(\/|$)/.test(path);
}

/** A body as it is told: parsed where it is JSON, else its text, or how much there was of what is no text; undefined for none. */
export function tellBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return `(${bytes.length} bytes)`;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
