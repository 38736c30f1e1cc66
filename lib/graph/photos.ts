import type { UserId } from '../model/ids.ts';
import { getManyIfThere } from './batch.ts';
import type { Graph } from './client.ts';
import { segment } from './pages.ts';

/**
 * People's photos as data: URLs of 48 by 48 pixels, 20 people a request; null of whom there is none or it may not be
 * seen. Docs: api/profilephoto-get.
 */
export async function photos(graph: Graph, ids: readonly UserId[]): Promise<Map<UserId, string | null>> {
  const paths = ids.map((id) => `/users/${segment(id)}/photos/48x48/$value`);
  const answers = await getManyIfThere(graph, paths, [400, 403, 404]);
  return new Map(ids.map((id, i) => [id, answers[i] ? dataUrl(answers[i]) : null]));
}

function dataUrl({ type, body }: { type: string; body: unknown }): string | null {
  const kind = IMAGE.exec(type)?.[0];
  const sound = typeof body === 'string' && BASE64.test(body) && body.length <= MOST_CHARACTERS;
  return kind && sound ? `data:${kind};base64,${body}` : null;
}

const IMAGE = /^image\/(jpeg|png|gif|webp|bmp)\b/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
/** 48 by 48 pixels are two or three kilobytes. */
const MOST_CHARACTERS = 270_000;
