import type { OutgoingAttachment } from './message.ts';

/** OneDrive takes ranges in multiples of 320 KiB. Source: Graph API, "createUploadSession". */
export const UPLOAD_UNIT = 320 * 1024;
/** Bytes of a file are handed to the worker, and kept, in parts of this many. */
export const PART_BYTES = 4 * UPLOAD_UNIT;
/** Files of one message. */
export const MOST_FILES = 10;
/** Where Teams itself puts what is sent in chats. */
export const CHAT_FILES_FOLDER = 'Microsoft Teams Chat Files';

/** A file that goes along. Its bytes are kept by its id until they lie in OneDrive. */
export interface WrittenFile {
  id: string;
  name: string;
  contentType: string;
  /** Bytes; at least one. */
  size: number;
}

/** How far a file of a message on its way has come. Each is written down before what it allows is done. */
export interface SendFile extends WrittenFile {
  /** Its name in OneDrive, which was free when the upload began at `begunAt` (milliseconds since 1970). */
  as?: string;
  begunAt?: number;
  /** Where the ranges go: whoever knows this address may write there, without a token, until it is over. */
  uploadUrl?: string;
  /** Bytes that OneDrive has. */
  sent: number;
  /** It lies in OneDrive whole, as this item of the person's drive. */
  itemId?: string;
  /** With what a message names it; set once the chat's people may open it. */
  attachment?: OutgoingAttachment;
}

/** A file in the person's own OneDrive. */
export interface DriveFile {
  id: string;
  name: string;
  size: number;
  /** ISO time. */
  createdAt: string;
  /** By which messages name it. */
  guid: string;
  folderId: string;
}

/** What came of a range. */
export type RangeAnswer =
  /** OneDrive wants the bytes from here on. */
  | { kind: 'more'; next: number }
  /** The file is whole. */
  | { kind: 'whole'; file: DriveFile }
  /** Nothing is known under this address: the upload is over, or ran out. */
  | { kind: 'gone' }
  /** Somebody else took the name meanwhile. */
  | { kind: 'taken' }
  /** Not now; `after` in seconds, where it says so. */
  | { kind: 'later'; after: number | null };

export function partsOf(size: number): number {
  return Math.ceil(size / PART_BYTES);
}

/**
 * A name that OneDrive takes: without the characters it refuses, and not too long for a path.
 * Source: "Restrictions and limitations in OneDrive and SharePoint".
 */
export function driveName(name: string): string {
  const clean = name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
    .replace(/["*:<>?/\\|#%\u0000-\u001f\u007f]/g, '_')
    .replace(/^[~\s]+|[.\s]+$/g, '');
  const { stem, ending } = split(clean);
  const short = stem.slice(0, MOST_NAME - ending.length).replace(/[\ud800-\udbff]$|[.\s]+$/g, '');
  return RESERVED.test(short) || !short ? `_${short}${ending}` : short + ending;
}

/** `offer.pdf` → `offer 2.pdf` */
export function numbered(name: string, number: number | string): string {
  const { stem, ending } = split(name);
  return `${stem} ${number}${ending}`;
}

const MOST_NAME = 120;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|desktop|\.lock|_vti_.*)$/i;

function split(name: string): { stem: string; ending: string } {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.\s]{1,16})?$/s.exec(name) ?? [];
  return { stem, ending };
}

/** Of the parts that hold a file's bytes, those from `from` on, at most `most` bytes. */
export function slicesOf(from: number, most: number, size: number): { part: number; from: number; to: number }[] {
  const end = Math.min(size, from + most);
  const slices = [];
  for (let at = from; at < end; ) {
    const part = Math.floor(at / PART_BYTES);
    const to = Math.min(end, (part + 1) * PART_BYTES);
    slices.push({ part, from: at - part * PART_BYTES, to: to - part * PART_BYTES });
    at = to;
  }
  return slices;
}
