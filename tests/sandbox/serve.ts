import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';

/** Anything that answers requests: a Hono app's `fetch`. */
export type Answer = (request: Request, env: HttpBindings) => Response | Promise<Response>;

export interface Served {
  port: number;
  close(): Promise<void>;
}

/** Serves on a free port of 127.0.0.1, over TLS where key and certificate are given. */
export async function serve(answer: Answer, tls?: { key: string; cert: string }): Promise<Served> {
  const server = createAdaptorServer({
    fetch: (request, env) => answer(request, env as HttpBindings),
    // The adapter would otherwise put its own Request over the process's, and the caller's code runs here too.
    overrideGlobalObjects: false,
    ...(tls ? { createServer: createTlsServer, serverOptions: { key: tls.key, cert: tls.cert } } : {}),
  }) as Server & { closeAllConnections?(): void };
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        // Event streams never end by themselves.
        server.closeAllConnections?.();
      }),
  };
}
