import type { HostedRecord } from '../tenant/chat-records.ts';
import { hostedId, hostedUrl } from '../tenant/hosted.ts';
import { badRequest } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties } from './json-body.ts';

const TEMPORARY_ID = '@microsoft.graph.temporaryId';
const REFERENCE = /\.\.\/hostedContents\/([^/"'\s\\]+)\/\$value/g;

/** Images that come with a message, and how the texts that name them are to be rewritten. */
export interface GivenHosted {
  hosted: HostedRecord[];
  /** Puts the ids that the images got in the place of those that the client gave. */
  rename(text: string): string;
}

/**
 * `hostedContents` of a new message (chatmessage-post.md, examples 5 and 6): each has a temporary id that the body or a
 * card names, and each that is named is there.
 *
 * @param texts the HTML and the cards' contents
 */
export function readHosted(given: unknown, texts: string[]): GivenHosted {
  const byTemporaryId = new Map<string, HostedRecord>();
  for (const value of given === undefined || given === null ? [] : asArray(given, 'hostedContents')) {
    const [temporaryId, record] = readOne(value);
    if (byTemporaryId.has(temporaryId)) throw badRequest(`The temporaryId '${temporaryId}' is used twice.`);
    byTemporaryId.set(temporaryId, record);
  }
  const named = new Set(texts.flatMap((text) => [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '')));
  for (const id of named) {
    if (!byTemporaryId.has(id))
      throw badRequest(`No hosted content has the temporaryId '${id}', which the message names.`);
  }
  for (const id of byTemporaryId.keys()) {
    if (!named.has(id)) throw badRequest(`The message does not name the hosted content with the temporaryId '${id}'.`);
  }
  return {
    hosted: [...byTemporaryId.values()],
    rename: (text) => text.replace(REFERENCE, (whole, id) => hostedUrl('..', byTemporaryId.get(id)?.id ?? whole)),
  };
}

function readOne(value: unknown): [temporaryId: string, HostedRecord] {
  const given = asObject(value, 'hostedContents');
  checkProperties(given, 'microsoft.graph.chatMessageHostedContent', [TEMPORARY_ID, 'contentBytes', 'contentType']);
  const temporaryId = asString(given[TEMPORARY_ID], TEMPORARY_ID);
  const contentType = asString(given.contentType, 'hostedContents/contentType');
  if (!/^image\/[\w.+-]+$/.test(contentType))
    throw badRequest(`Invalid content type '${contentType}' of a hosted content.`);
  return [temporaryId, { id: hostedId(), contentType, bytes: readBytes(given.contentBytes) }];
}

function readBytes(value: unknown): Buffer {
  const text = asString(value, 'hostedContents/contentBytes');
  const valid = text.length > 0 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  if (!valid) throw badRequest("Cannot convert the value of 'contentBytes' to the expected target type 'Edm.Binary'.");
  return Buffer.from(text, 'base64');
}
