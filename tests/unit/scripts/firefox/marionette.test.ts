// @vitest-environment node
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  connectMarionette,
  createReader,
  framed,
  type Marionette,
  MarionetteError,
} from '../../../../scripts/firefox/marionette.ts';

describe('the frames of the line', () => {
  const read = (chunks: Buffer[]) => {
    const messages: unknown[] = [];
    const reader = createReader((message) => messages.push(message));
    for (const chunk of chunks) reader(chunk);
    return messages;
  };

  it('count bytes, not characters', () => {
    expect(framed(['ü€'])).toBe('9:["ü€"]');
    expect(read([Buffer.from(framed({ text: 'Žofie · 日本' }))])).toEqual([{ text: 'Žofie · 日本' }]);
  });

  it('are whole again wherever they were cut', () => {
    const bytes = Buffer.from(framed([1, 1, null, { value: 'Grüße: 12' }]) + framed([1, 2, null, {}]));
    for (let cut = 1; cut < bytes.length; cut += 1)
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([
        [1, 1, null, { value: 'Grüße: 12' }],
        [1, 2, null, {}],
      ]);
  });
});

describe('a conversation', () => {
  let server: Server;
  let client: Marionette;
  let peer: Socket;
  afterEach(() => {
    client.close();
    server.close();
  });

  const begin = async (answer: (id: number, command: string) => unknown) => {
    server = createServer((socket) => {
      peer = socket;
      socket.write(framed({ applicationType: 'gecko', marionetteProtocol: 3 }));
      socket.on(
        'data',
        createReader((message) => {
          const [, id, command] = message as [0, number, string];
          const reply = answer(id, command);
          if (reply) socket.write(framed(reply));
        }),
      );
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    client = await connectMarionette((server.address() as AddressInfo).port);
  };

  it('gives each asker the own answer, in whatever order they come', async () => {
    await begin((id, command) => {
      if (command === 'first') {
        setTimeout(() => peer.write(framed([1, id, null, 'one'])), 20);
        return undefined;
      }
      return [1, id, null, 'two'];
    });
    expect(await Promise.all([client.send('first'), client.send('second')])).toEqual(['one', 'two']);
  });

  it('tells refusals by their code', async () => {
    await begin((id) => [1, id, { error: 'no such element', message: 'nothing there', stacktrace: '' }, null]);
    const refusal = await client.send('WebDriver:FindElement').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MarionetteError);
    expect(refusal).toMatchObject({ code: 'no such element', message: 'no such element: nothing there' });
  });

  it('leaves nobody waiting when Firefox goes', async () => {
    await begin(() => {
      peer.destroy();
      return undefined;
    });
    await expect(client.send('Marionette:Quit')).rejects.toThrow('Firefox ended the conversation.');
    await expect(client.send('WebDriver:GetTitle')).rejects.toThrow('Firefox is gone.');
  });
});
