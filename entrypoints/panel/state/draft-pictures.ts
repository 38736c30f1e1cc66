import { signal } from '@preact/signals';
import type { PreparedImage } from '../../../components/compose/prepare-image.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { RecordKey } from '../../../lib/model/ids.ts';
import { IMAGES_BYTES, MOST_IMAGES } from '../../../lib/model/message-size.ts';
import type { WrittenImage } from '../../../lib/model/writing.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface PicturesDeps {
  ask: Ask;
  drafts: Drafts;
  newId: () => string;
  prepare: (file: Blob, most: number) => Promise<PreparedImage | null>;
  onProblem: (problem: AppError) => void;
}

/** A single picture leaves room for others. */
const ONE_BYTES = 1_500_000;
/** Worth a picture at all. */
const LEAST_BYTES = 40_000;

export type DraftPictures = ReturnType<typeof createDraftPictures>;

/**
 * The pictures of drafts: made small, given to the worker before the draft names them, and their bytes at hand for being
 * shown and sent.
 */
export function createDraftPictures({ ask, drafts, newId, prepare, onProblem }: PicturesDeps) {
  const known = signal<ReadonlyMap<string, { contentType: string; bytes: string }>>(new Map());
  const working = signal<ReadonlyMap<RecordKey, number>>(new Map());
  const asked = new Set<string>();

  const remember = (id: string, picture: { contentType: string; bytes: string }) => {
    known.value = new Map(known.value).set(id, picture);
  };
  const count = (record: RecordKey, by: 1 | -1) => {
    working.value = new Map(working.value).set(record, (working.value.get(record) ?? 0) + by);
  };
  const images = (record: RecordKey) => drafts.writing(record).images;
  const put = (record: RecordKey, next: WrittenImage[]) =>
    drafts.set(record, { ...drafts.writing(record), images: next });

  const addOne = async (record: RecordKey, file: File): Promise<AppError | null> => {
    const room = IMAGES_BYTES - images(record).reduce((sum, { size }) => sum + size, 0);
    if (room < LEAST_BYTES || images(record).length >= MOST_IMAGES) return FULL;
    const made = await prepare(file, Math.min(ONE_BYTES, room));
    if (!made) return UNREADABLE;
    const { contentType, bytes, size, width, height } = made;
    const id = newId();
    const call = () => ask('draft.keep', { shown: record, id, contentType, bytes });
    let kept = await call();
    if (!kept.ok && kept.error.code === 'bug') kept = await call();
    if (!kept.ok) return kept.error;
    remember(id, { contentType, bytes });
    put(record, [...images(record), { id, name: file.name, contentType, width, height, alt: '', size }]);
    return null;
  };

  return {
    /** One after the other, so that each knows what room the others left. */
    async add(record: RecordKey, files: readonly File[]): Promise<void> {
      count(record, 1);
      try {
        for (const file of files) {
          const problem = await addOne(record, file);
          if (problem) onProblem(problem);
        }
      } finally {
        count(record, -1);
      }
    },
    remove(record: RecordKey, id: string): void {
      put(
        record,
        images(record).filter((image) => image.id !== id),
      );
      void ask('draft.drop', { shown: record, ids: [id] });
    },
    describe(record: RecordKey, id: string, alt: string): void {
      put(
        record,
        images(record).map((image) => (image.id === id ? { ...image, alt } : image)),
      );
    },
    /** These were sent. */
    sent(record: RecordKey, gone: readonly WrittenImage[]): void {
      if (gone.length) void ask('draft.drop', { shown: record, ids: gone.map(({ id }) => id) });
    },
    /** In base64; null while it is not here yet. Asking fetches it for the next time. */
    bytesOf(record: RecordKey, { id }: WrittenImage): string | null {
      const here = known.value.get(id);
      if (!here && !asked.has(id)) {
        asked.add(id);
        void ask('draft.picture', { shown: record, id }).then((answer) => {
          if (answer.ok && answer.value) remember(id, answer.value);
          // Gone for good: the draft must not wait for it.
          else if (answer.ok)
            put(
              record,
              images(record).filter((image) => image.id !== id),
            );
          else asked.delete(id);
        });
      }
      return here?.bytes ?? null;
    },
    /** Some are still being made small. */
    busy: (record: RecordKey) => (working.value.get(record) ?? 0) > 0,
  };
}

const UNREADABLE: AppError = {
  code: 'refused-by-microsoft',
  title: 'This is no picture that can be sent',
  text: 'The browser cannot read it, or not make it small enough. Save it as PNG or JPEG and try again. Any other file: put it into OneDrive and paste its link here.',
};

const FULL: AppError = {
  code: 'too-long',
  title: 'No more pictures fit into this message',
  text: 'Teams takes about 4 MB at once. Send this message, and the other pictures in the next one.',
};
