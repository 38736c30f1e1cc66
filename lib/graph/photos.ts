import type { UserId } from '../model/ids.ts';
import type { Graph } from './client.ts';
import { GraphRefusal } from './errors.ts';
import { segment } from './pages.ts';

/**
 * A person's photo as a data: URL of 48 by 48 pixels; null where there is none or it may not be seen.
 * Docs: api/profilephoto-get.
 */
export async function photo(graph: Graph, userId: UserId): Promise<string | null> {
  try {
    const { type, bytes } = await graph.bytes(`/users/${segment(userId)}/photos/48x48/$value`);
    const kind = IMAGE.exec(type)?.[0];
    return kind && bytes.length && bytes.length <= MOST_BYTES ? `data:${kind};base64,${base64(bytes)}` : null;
  } catch (e) {
    if (e instanceof GraphRefusal && [400, 403, 404].includes(e.status)) return null;
    throw e;
  }
}

const IMAGE = /^image\/(jpeg|png|gif|webp|bmp)\b/;
/** 48 by 48 pixels are two or three kilobytes. */
const MOST_BYTES = 200_000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
