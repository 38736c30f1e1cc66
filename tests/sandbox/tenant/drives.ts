import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shell.ts';

/** A file or folder in somebody's OneDrive; its Graph shape is made in ../graph. Times in ms since 1970. */
export interface ItemRecord {
  id: string;
  /** The one in its eTag, by which messages name it. */
  guid: string;
  version: number;
  ownerId: string;
  /** Path of the folder it lies in, without slashes around it; '' for the root. */
  folder: string;
  name: string;
  /** Null for folders. */
  content: { bytes: Buffer; mimeType: string } | null;
  createdAt: number;
  modifiedAt: number;
  links: LinkRecord[];
  /** Ids of who else may open it. */
  people: string[];
}

export interface LinkRecord {
  id: string;
  type: string;
  scope: string;
  webUrl: string;
}

export interface UploadRecord {
  id: string;
  ownerId: string;
  folder: string;
  name: string;
  behavior: ConflictBehavior;
  mimeType: string;
  /** What has come so far, from the first byte on without a gap. */
  received: Buffer[];
  /** Of the whole file; unknown before the first range. */
  total: number | null;
  expiresAt: number;
}

export type ConflictBehavior = 'fail' | 'replace' | 'rename';

/** Everybody's OneDrive. Rules about who may do what are Graph's (../graph). */
export class Drives {
  readonly #clock: Clock;
  #items: ItemRecord[] = [];
  readonly uploads = new Map<string, UploadRecord>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#items = [];
    this.uploads.clear();
  }

  all(): readonly ItemRecord[] {
    return this.#items;
  }

  byId(ownerId: string, id: string): ItemRecord | undefined {
    if (id === 'root') return this.root(ownerId);
    return this.#items.find((item) => item.ownerId === ownerId && item.id === id);
  }

  /** Names are compared without regard to case, as OneDrive does. */
  byPath(ownerId: string, path: string): ItemRecord | undefined {
    if (path === '') return this.root(ownerId);
    const wanted = path.toLowerCase();
    return this.#items.find((item) => item.ownerId === ownerId && pathOf(item).toLowerCase() === wanted);
  }

  root(ownerId: string): ItemRecord {
    const known = this.#items.find((item) => item.ownerId === ownerId && item.name === '');
    return known ?? this.#add(ownerId, '', '', null);
  }

  /** Stores a file and the folders above it; undefined where its name is taken and the behavior is to fail. */
  store(
    ownerId: string,
    folder: string,
    name: string,
    content: NonNullable<ItemRecord['content']>,
    behavior: ConflictBehavior,
  ): { item: ItemRecord; created: boolean } | undefined {
    this.#ensureFolder(ownerId, folder);
    const taken = this.byPath(ownerId, joined(folder, name));
    if (!taken) return { item: this.#add(ownerId, folder, name, content), created: true };
    if (behavior === 'rename') {
      return { item: this.#add(ownerId, folder, this.#freeName(ownerId, folder, name), content), created: true };
    }
    if (behavior === 'fail' || taken.content === null) return undefined;
    taken.content = content;
    taken.version += 1;
    taken.modifiedAt = this.#clock.now();
    return { item: taken, created: false };
  }

  remove(gone: ItemRecord): void {
    const below = `${pathOf(gone)}/`.toLowerCase();
    this.#items = this.#items.filter(
      (item) => item !== gone && !(item.ownerId === gone.ownerId && `${pathOf(item)}/`.toLowerCase().startsWith(below)),
    );
  }

  #ensureFolder(ownerId: string, path: string): void {
    this.root(ownerId);
    const names = path.split('/').filter(Boolean);
    for (let i = 0; i < names.length; i++) {
      const folder = names.slice(0, i).join('/');
      const name = names[i] ?? '';
      if (!this.byPath(ownerId, joined(folder, name))) this.#add(ownerId, folder, name, null);
    }
  }

  #freeName(ownerId: string, folder: string, name: string): string {
    const [, stem = name, ending = ''] = name.match(/^(.+?)(\.[^.]*)?$/) ?? [];
    for (let i = 1; ; i++) {
      const free = `${stem} ${i}${ending}`;
      if (!this.byPath(ownerId, joined(folder, free))) return free;
    }
  }

  #add(ownerId: string, folder: string, name: string, content: ItemRecord['content']): ItemRecord {
    const now = this.#clock.now();
    const id = `01${randomBytes(16).toString('hex').toUpperCase()}`;
    const item = {
      id,
      guid: randomUUID(),
      version: 1,
      ownerId,
      folder,
      name,
      content,
      createdAt: now,
      modifiedAt: now,
      links: [],
      people: [],
    };
    this.#items.push(item);
    return item;
  }
}

export const joined = (folder: string, name: string): string => [folder, name].filter(Boolean).join('/');
export const pathOf = (item: ItemRecord): string => joined(item.folder, item.name);

/** For GET /state: enough to see that a file arrived whole. */
export const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
