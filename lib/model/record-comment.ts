import type { ErpUser } from './ids.ts';

/** A comment of Deskside's on a record. What else people write there never leaves the page. */
export interface RecordComment {
  name: string;
  /** When ERPNext took it in, by ERPNext: opaque, but in order when compared as text. */
  creation: string;
  /** Whose session wrote it. ERPNext's own word, unlike the comment's "by", which anybody may set. */
  owner: ErpUser;
  /** The machine's part (`lib/records/comment-link.ts`); as little to be believed as a field's value. */
  data: string;
}

/** What a comment is to say: a sentence for people, ending in a link where there is one, and the machine's part. */
export interface CommentText {
  /** Null: a plain sentence, which no Deskside reads any more. */
  data: string | null;
  sentence: string;
  link?: { text: string; url: string };
}

/** In the order in which ERPNext took them in. */
export function byArrival(a: RecordComment, b: RecordComment): number {
  return compare(a.creation, b.creation) || compare(a.name, b.name);
}

/** Not by locale: machines must agree. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
