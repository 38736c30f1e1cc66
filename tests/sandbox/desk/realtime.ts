import { mayUser } from './permissions.ts';
import type { DocUpdate, Site } from './site.ts';

/**
 * The stand-in for Frappe's socket.io: server-sent events with `doc_update`, to people who may read the document.
 * As on a real site each notice comes twice, and the tab that saved gets it too.
 */
export function serveRealtime(site: Site, user: string, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send(': hello\n\n');
      stop = site.listen((update) => {
        if (mayHear(site, user, update)) send(`data: ${JSON.stringify(update)}\n\n`.repeat(2));
      });
      signal.addEventListener('abort', () => stop());
    },
    cancel() {
      stop();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}

function mayHear(site: Site, user: string, update: DocUpdate): boolean {
  const doc = site.store.find(update.doctype, update.name);
  return doc !== undefined && mayUser(site.store, user, 'read', update.doctype, doc) === 'yes';
}
