import { toBase64 } from '../../lib/util/base64.ts';

/** A picture as it is sent. */
export interface PreparedImage {
  contentType: 'image/png' | 'image/jpeg' | 'image/gif';
  /** In base64. */
  bytes: string;
  size: number;
  width: number;
  height: number;
}

/** The longer side, in pixels: what a screen shows, then less and less until the bytes fit. */
const SIDES = [2048, 1600, 1280, 960, 640, 480];
const QUALITIES = [0.86, 0.72];
/** A moving picture stays what it is, up to this many bytes. */
const GIF_BYTES = 1_500_000;

/**
 * A picture drawn anew: turned as its EXIF says, without EXIF (it may tell where it was taken) and whatever else was in
 * the file, and small enough. A GIF stays as it is where that fits, since it may move.
 * @param most bytes it may have
 * @returns null where this browser reads no picture in it, or cannot make it so small
 */
export async function prepareImage(file: Blob, most: number): Promise<PreparedImage | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) return null;
  try {
    if (file.type === 'image/gif' && file.size <= Math.min(most, GIF_BYTES))
      return await prepared(file, 'image/gif', bitmap);
    for (const side of SIDES) {
      const canvas = drawn(bitmap, side, file.type !== 'image/jpeg');
      // Lines and letters stay sharp as PNG, and see-through what is so; a photo is many times smaller as JPEG.
      const png = file.type === 'image/jpeg' ? null : await canvas.convertToBlob({ type: 'image/png' });
      if (png && png.size <= most) return await prepared(png, 'image/png', canvas);
      const flat = png ? drawn(bitmap, side, false) : canvas;
      for (const quality of QUALITIES) {
        const jpeg = await flat.convertToBlob({ type: 'image/jpeg', quality });
        if (jpeg.size <= most) return await prepared(jpeg, 'image/jpeg', flat);
      }
    }
    return null;
  } finally {
    bitmap.close();
  }
}

function drawn(bitmap: ImageBitmap, side: number, seeThrough: boolean): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(bitmap.width * scale)),
    Math.max(1, Math.round(bitmap.height * scale)),
  );
  const context = canvas.getContext('2d')!;
  if (!seeThrough) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function prepared(
  blob: Blob,
  contentType: PreparedImage['contentType'],
  { width, height }: { width: number; height: number },
): Promise<PreparedImage> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { contentType, bytes: toBase64(bytes), size: bytes.length, width, height };
}
