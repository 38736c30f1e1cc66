import * as v from 'valibot';
import type { DriveFile } from '../model/upload.ts';
import { strangeAnswer } from './errors.ts';
import { parsed } from './pages.ts';

/** @throws AppFailure where the answer is no file as the documentation has it */
export function toDriveFile(answer: unknown): DriveFile {
  const { id, name, size, createdDateTime, eTag, parentReference } = parsed(Item, answer);
  const guid = /\{([0-9a-f-]{36})\}/i.exec(eTag)?.[1]?.toLowerCase();
  if (!guid) throw strangeAnswer('eTag: a GUID expected');
  return { id, name, size, createdAt: createdDateTime, guid, folderId: parentReference.id };
}

const Item = v.object({
  id: v.string(),
  name: v.string(),
  size: v.number(),
  createdDateTime: v.string(),
  eTag: v.string(),
  parentReference: v.object({ id: v.string() }),
});
