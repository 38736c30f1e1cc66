import { expect, it } from 'vitest';
import { toBase64 } from '../../../lib/util/base64.ts';
import { imageTypeOf } from '../../../lib/util/image-type.ts';

const bytes = (text: string) => Uint8Array.from([...text].map((c) => c.charCodeAt(0)));

it.each([
  ['\x89PNG\r\n\x1a\nrest', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF89a..', 'image/gif'],
  ['RIFF1234WEBPVP8 ', 'image/webp'],
  ['\0\0\0\x20ftypavif', 'image/avif'],
  ['BM6\0\0\0\0\0\0\0', 'image/bmp'],
  ['<svg xmlns="http://www.w3.org/2000/svg">', null],
  ['<!doctype html>', null],
  ['%PDF-1.7', null],
  ['RIFF1234WAVE', null],
  ['\x89PN', null],
  ['', null],
])('%j is %s', (text, type) => {
  expect(imageTypeOf(bytes(text))).toBe(type);
});

it('writes many bytes in base64', () => {
  const many = Uint8Array.from({ length: 200_001 }, (_, i) => i % 256);
  expect(toBase64(many)).toBe(Buffer.from(many).toString('base64'));
});
