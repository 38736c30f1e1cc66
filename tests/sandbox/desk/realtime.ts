import { mayUser } from './permissions.ts';
import type { Notice, Site } from './site.ts';

/** The stand-in for Frappe's socket.io: server-sent events `{ event, data }`, to people who may read the document. */
export function serveRealtime(site: Site, user: string, signal: AbortSignal): Response {
  if (!site.switches.socket) return new Response('', { status: 503 });
  const encoder = new TextEncoder();
  let stop = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send(': hello\n\n');
      const unlisten = site.listen(({ event, about, data }) => {
        if (mayHear(site, user, about)) send(`data: ${JSON.stringify({ event, data })}\n\n`);
      });
      const hangUp = () => {
        stop();
        controller.close();
      };
      stop = () => {
        unlisten();
        site.streams.delete(hangUp);
      };
      site.streams.add(hangUp);
      signal.addEventListener('abort', () => stop());
    },
    cancel() {
      stop();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
}

function mayHear(site: Site, user: string, about: Notice['about']): boolean {
  const doc = site.store.find(about.doctype, about.name);
  return doc !== undefined && mayUser(site.store, user, 'read', about.doctype, doc) === 'yes';
}
