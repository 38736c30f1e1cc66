import { prepareImage } from '../../components/compose/prepare-image.ts';

/** What the page's own test asks: pictures made here, and what became of them. */
async function canvasBlob(width: number, height: number, type: string, noise: boolean): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  if (noise) {
    const data = context.createImageData(width, height);
    for (let at = 0; at < data.data.length; at += 65_536)
      crypto.getRandomValues(data.data.subarray(at, Math.min(at + 65_536, data.data.length)));
    for (let at = 3; at < data.data.length; at += 4) data.data[at] = 255;
    context.putImageData(data, 0, 0);
  } else {
    context.fillStyle = 'teal';
    context.fillRect(0, 0, width / 2, height / 2);
  }
  return canvas.convertToBlob({ type });
}

/** A JPEG whose EXIF says that it lies on its side, and where it was taken. */
async function turnedPhoto(): Promise<Blob> {
  const plain = new Uint8Array(await (await canvasBlob(300, 200, 'image/jpeg', false)).arrayBuffer());
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const body = [...new TextEncoder().encode('Exif\0\0'), ...tiff, ...new TextEncoder().encode('GPS 52.52N 13.40E')];
  const size = body.length + 2;
  const app1 = new Uint8Array([0xff, 0xe1, size >> 8, size & 255, ...body]);
  return new Blob([plain.slice(0, 2), app1, plain.slice(2)], { type: 'image/jpeg' });
}

/** One moving picture of 1 × 1, two frames. */
const GIF =
  'R0lGODlhAQABAIAAAAAAAP///yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAAAAABAAEAAAICTAEAOw==';

async function seen(file: Blob, most: number) {
  const made = await prepareImage(file, most);
  if (!made) return null;
  const binary = atob(made.bytes);
  const shown = await createImageBitmap(new Blob([Uint8Array.from(binary, (c) => c.charCodeAt(0))]));
  return {
    type: made.contentType,
    width: made.width,
    height: made.height,
    size: made.size,
    real: [shown.width, shown.height, binary.length],
    tells: /Exif|GPS/.test(binary),
    before: file.size,
  };
}

Object.assign(window, {
  pictures: {
    async all() {
      const gif = new Blob([Uint8Array.from(atob(GIF), (c) => c.charCodeAt(0))], { type: 'image/gif' });
      return {
        screenshot: await seen(await canvasBlob(800, 600, 'image/png', false), 1_500_000),
        large: await seen(await canvasBlob(3000, 1500, 'image/png', false), 1_500_000),
        photo: await seen(await canvasBlob(2400, 1800, 'image/png', true), 300_000),
        turned: await seen(await turnedPhoto(), 1_500_000),
        gif: await seen(gif, 1_500_000),
        words: await seen(new Blob(['no picture'], { type: 'image/png' }), 1_500_000),
        script: await seen(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' }), 1_500),
      };
    },
  },
});
