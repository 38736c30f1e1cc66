import { signal } from '@preact/signals';
import type { AppError } from '../../../lib/model/errors.ts';
import type { RecordKey } from '../../../lib/model/ids.ts';
import { MOST_FILES, PART_BYTES, partsOf, type WrittenFile } from '../../../lib/model/upload.ts';
import { toBase64 } from '../../../lib/util/base64.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface FilesDeps {
  ask: Ask;
  drafts: Drafts;
  newId: () => string;
  onProblem: (problem: AppError) => void;
}

/** A file that is being given to the worker; `kept` in bytes. */
export interface KeepingFile extends WrittenFile {
  kept: number;
}

export type DraftFiles = ReturnType<typeof createDraftFiles>;

/**
 * The files of drafts: given to the worker in parts before the draft names them, so that a draft never names a file that is
 * not whole.
 */
export function createDraftFiles({ ask, drafts, newId, onProblem }: FilesDeps) {
  const keeping = signal<ReadonlyMap<RecordKey, readonly KeepingFile[]>>(new Map());
  const of = (record: RecordKey) => keeping.value.get(record) ?? [];
  const put = (record: RecordKey, files: readonly KeepingFile[]) => {
    keeping.value = new Map(keeping.value).set(record, files);
  };
  const files = (record: RecordKey) => drafts.writing(record).files;
  const isWanted = (record: RecordKey, id: string) => of(record).some((file) => file.id === id);

  async function keep(record: RecordKey, { kept: _, ...file }: KeepingFile, blob: Blob): Promise<AppError | null> {
    for (let no = 0; no < partsOf(file.size); no++) {
      if (!isWanted(record, file.id)) return null;
      let part: string;
      try {
        const slice = blob.slice(no * PART_BYTES, (no + 1) * PART_BYTES);
        part = toBase64(new Uint8Array(await slice.arrayBuffer()));
      } catch {
        return { ...UNREADABLE, title: `${file.name}: ${UNREADABLE.title}` };
      }
      const call = () => ask('file.keep', { shown: record, id: file.id, size: file.size, no, bytes: part });
      let answer = await call();
      if (!answer.ok && answer.error.code === 'bug') answer = await call();
      if (!answer.ok) return answer.error;
      const kept = Math.min(file.size, (no + 1) * PART_BYTES);
      put(
        record,
        of(record).map((one) => (one.id === file.id ? { ...one, kept } : one)),
      );
    }
    if (isWanted(record, file.id)) drafts.set(record, { ...drafts.writing(record), files: [...files(record), file] });
    return null;
  }

  return {
    keeping: of,
    /** One after the other. */
    async add(record: RecordKey, chosen: readonly File[]): Promise<void> {
      const named = chosen.map((blob) => {
        const { name, type, size } = blob;
        return { blob, file: { id: newId(), name: name || 'file', contentType: type, size, kept: 0 } };
      });
      const full = named.filter(({ file }) => file.size > 0);
      if (full.length < named.length) onProblem(EMPTY);
      const room = MOST_FILES - files(record).length - of(record).length;
      if (full.length > room) onProblem(TOO_MANY);
      const taken = full.slice(0, Math.max(0, room));
      put(record, [...of(record), ...taken.map(({ file }) => file)]);
      for (const { blob, file } of taken) {
        const problem = await keep(record, file, blob);
        put(
          record,
          of(record).filter(({ id }) => id !== file.id),
        );
        if (!files(record).some(({ id }) => id === file.id)) void ask('file.drop', { shown: record, ids: [file.id] });
        if (problem) onProblem(problem);
      }
    },
    remove(record: RecordKey, id: string): void {
      put(
        record,
        of(record).filter((file) => file.id !== id),
      );
      const draft = drafts.writing(record);
      if (!draft.files.some((file) => file.id === id)) return;
      drafts.set(record, { ...draft, files: draft.files.filter((file) => file.id !== id) });
      void ask('file.drop', { shown: record, ids: [id] });
    },
  };
}

const EMPTY: AppError = {
  code: 'not-permitted',
  title: 'A file with nothing in it cannot be sent',
  text: 'A folder cannot be sent either: make it a ZIP file first.',
};

const TOO_MANY: AppError = {
  code: 'too-long',
  title: 'Too many files for one message',
  text: `A message takes ${MOST_FILES}. Send this one, and the other files in the next one.`,
};

const UNREADABLE: AppError = {
  code: 'not-found',
  title: 'The file cannot be read',
  text: 'It was moved or changed since you chose it, or it is a folder. Choose it again.',
};
