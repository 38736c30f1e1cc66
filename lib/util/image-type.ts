/**
 * What kind of picture these bytes are, by how they begin, whatever somebody called them; null for all but the kinds
 * that hold pixels alone.
 */
export function imageTypeOf(bytes: Uint8Array): string | null {
  for (const [type, pattern] of BEGINNINGS)
    if (pattern.every((part, i) => part === null || part === bytes[i])) return type;
  return null;
}

const text = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));
const any = [null, null, null, null];

const BEGINNINGS: readonly (readonly [type: string, pattern: readonly (number | null)[]])[] = [
  ['image/png', [0x89, ...text('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', text('GIF87a')],
  ['image/gif', text('GIF89a')],
  ['image/webp', [...text('RIFF'), ...any, ...text('WEBP')]],
  ['image/avif', [...any, ...text('ftypavif')]],
  ['image/bmp', [...text('BM'), ...any, 0, 0, 0, 0]],
];
