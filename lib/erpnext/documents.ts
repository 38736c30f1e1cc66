import * as v from 'valibot';
import { BELL_TITLE } from '../model/bell.ts';
import { AppFailure } from '../model/errors.ts';
import type { ErpUser } from '../model/ids.ts';
import type { CommentDeps } from './comments.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

/** Whose documents make a site ring. */
export type BellDoctype = 'Note' | 'Server Script';

interface Bound {
  erpUser: ErpUser;
  deadline: number;
  doctype: BellDoctype;
}
export type MakeDocumentOrder = Bound & { values: Record<string, string | number> };
export type RemoveDocumentOrder = Bound & { name: string };

/** The bells of this site, the oldest first: the first is the one in use. */
export async function listBells(rest: Rest): Promise<{ name: string; content: string }[]> {
  const { body } = await rest.get(
    listPath('Note', ['name', 'content', 'creation'], [['title', '=', BELL_TITLE]], 5),
    shape({ data: v.array(Bell) }),
    { verb: 'read', doctype: 'Note' },
  );
  return body.data
    .toSorted((a, b) => (a.creation < b.creation ? -1 : 1))
    .map(({ name, content }) => ({ name, content: content ?? '' }));
}

/**
 * Asks the bell's method as Microsoft asks it: a POST with a token and without a session, which has to come back as plain
 * text. @throws what `fetch` throws where nothing answers.
 */
export async function askBell(
  fetch: typeof globalThis.fetch,
  method: string,
  token: string,
): Promise<{ status: number; type: string; text: string }> {
  const answer = await fetch(`/api/method/${method}?validationToken=${encodeURIComponent(token)}`, {
    method: 'POST',
    credentials: 'omit',
    signal: AbortSignal.timeout(10_000),
  });
  const text = (await answer.text()).slice(0, LONGEST);
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text };
}

const LONGEST = 2_000;

/** @returns its name. @throws AppFailure as every write; `erp-refused` where there is one of that name. */
export async function makeDocument(order: MakeDocumentOrder, { rest, user, now }: CommentDeps): Promise<string> {
  const { doctype, values: body } = order;
  const answer = await rest.send(
    { method: 'POST', path: resourcePath(doctype), body },
    shape({ data: shape({ name: v.string() }) }),
    { verb: 'create', doctype },
    () => checkOrder(order, user(), now()),
  );
  return answer.body.data.name;
}

/** What is gone already is as good. */
export async function removeDocument(order: RemoveDocumentOrder, { rest, user, now }: CommentDeps): Promise<void> {
  const { doctype, name } = order;
  try {
    await rest.send(
      { method: 'DELETE', path: resourcePath(doctype, name), body: {} },
      v.unknown(),
      { verb: 'change', doctype, name },
      () => checkOrder(order, user(), now()),
    );
  } catch (caught) {
    if (!(caught instanceof AppFailure) || caught.error.code !== 'erp-not-found') throw caught;
  }
}

const Bell = shape({ name: v.string(), content: v.nullish(v.string()), creation: v.string() });
