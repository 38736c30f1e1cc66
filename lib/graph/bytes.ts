import { fail } from '../model/errors.ts';
import { offline } from './errors.ts';

/** The body of an answer as bytes; refused as soon as it is longer than `most`, without waiting for its end. */
export async function bytesOf(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (Number(response.headers.get('content-length') ?? 0) > most) return tooLarge(reader);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const next = await reader?.read().catch((cause) => Promise.reject(offline(cause)));
    if (!next || next.done) break;
    length += next.value.length;
    if (length > most) return tooLarge(reader);
    parts.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooLarge(reader: ReadableStreamDefaultReader | undefined): never {
  // So that its connection is free; not waited for.
  reader?.cancel().catch(() => {});
  throw fail('too-long', 'This is too large to be shown here', 'Open it in Teams.');
}
