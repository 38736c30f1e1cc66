// @vitest-environment node
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startProxy, type WayOut } from '../../../../scripts/firefox/proxy.ts';

let target: Server;
let proxy: WayOut;
beforeEach(async () => {
  target = createServer((socket) => socket.on('data', (bytes) => socket.write(`heard ${bytes}`)).on('error', () => {}));
  await new Promise<void>((listening) => target.listen(0, '127.0.0.1', listening));
  proxy = await startProxy(['graph.microsoft.com'], (target.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  target.close();
});

/** Says `first` and, once the way is open, `second`; answers all that came back when `enough` did. */
function ask(first: string, second: string, enough: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    let said = false;
    const socket = connect(proxy.port, '127.0.0.1', () => socket.write(first));
    socket.on('data', (bytes) => {
      heard += bytes;
      if (!said && heard.includes('200')) socket.write(second);
      said = true;
      if (heard.includes(enough)) socket.destroy();
    });
    socket.on('close', () => resolve(heard));
  });
}

it('leads a named host to the sandbox', async () => {
  const heard = await ask('CONNECT graph.microsoft.com:443 HTTP/1.1\r\n\r\n', 'hello', 'heard hello');
  expect(heard).toContain('heard hello');
  expect([...proxy.refused]).toEqual([]);
});

it.each(['example.org:443', 'graph.microsoft.com:80', 'graph.microsoft.com.example.org:443'])(
  'refuses %s',
  async (host) => {
    const heard = await ask(`CONNECT ${host} HTTP/1.1\r\n\r\n`, 'hello', '\r\n\r\n');
    expect(heard).toMatch(/^HTTP\/1\.1 403/);
    expect(heard).not.toContain('heard');
    expect([...proxy.refused]).toEqual([host]);
  },
);
