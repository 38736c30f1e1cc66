import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A way out of the browser that leads to the sandbox alone. */
export interface WayOut {
  port: number;
  /** `host:port` of everything that was asked for and refused. */
  refused: Set<string>;
  close(): Promise<void>;
}

/**
 * Firefox has no switch that maps hosts, as Chromium's --host-resolver-rules does; a proxy for HTTPS does the same: the
 * named hosts lead to `target` on this machine, TLS and all, and any other is refused.
 */
export async function startProxy(hosts: readonly string[], target: number): Promise<WayOut> {
  const refused = new Set<string>();
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  };
  const server = createServer((request, answer) => {
    refused.add(request.url ?? '');
    answer.writeHead(403).end();
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    keep(client);
    const asked = request.url ?? '';
    if (!hosts.some((host) => asked === `${host}:443`)) {
      refused.add(asked);
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const server = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.write(head);
      server.pipe(client);
      client.pipe(server);
    });
    keep(server);
    // One end that breaks takes the other with it; the browser then sees what it would see of a broken line.
    server.on('error', () => client.destroy());
    client.on('error', () => server.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    refused,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
