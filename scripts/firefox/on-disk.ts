import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The file below a folder in which a text stands, or null. It is looked for in both ways a browser writes it: UTF-8, or
 * two bytes a character. (IndexedDB packs its rows, but leaves what does not repeat as it is.)
 */
export async function onDisk(folder: string, text: string): Promise<string | null> {
  const spellings = (['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(text, encoding));
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    // Files come and go while the browser runs.
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (spellings.some((spelling) => bytes.includes(spelling))) return join(entry.parentPath, entry.name);
  }
  return null;
}
