import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Firefox's own remote protocol, which `--marionette` opens on 127.0.0.1: no driver program is needed in between.
 * Commands are those of WebDriver and a few of Firefox.
 * @see https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
 */
export interface Marionette {
  /** Rejects with a `MarionetteError` where Firefox refuses, and with an Error when the line is cut. */
  send<Answer = unknown>(command: string, parameters?: object): Promise<Answer>;
  close(): void;
}

/** What Firefox refused, by WebDriver's code: `no such element`, `stale element reference`, … */
export class MarionetteError extends Error {
  code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** Connects as soon as Firefox listens. @throws when it does not within `patience` ms */
export async function connectMarionette(port: number, patience = 60_000): Promise<Marionette> {
  const socket = await dial(port, Date.now() + patience);
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  let greeted: () => void = () => {};
  const greeting = new Promise<void>((resolve) => {
    greeted = resolve;
  });
  const read = createReader((message) => {
    if (!Array.isArray(message)) return greeted();
    const [, id, error, answer] = message as [1, number, { error: string; message: string } | null, unknown];
    const asker = waiting.get(id);
    waiting.delete(id);
    if (error) asker?.reject(new MarionetteError(error.error, error.message));
    else asker?.resolve(answer);
  });
  socket.on('data', read);
  socket.on('error', () => {});
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox ended the conversation.'));
    waiting.clear();
  });
  await greeting;

  let last = 0;
  return {
    send: <Answer>(command: string, parameters: object = {}) =>
      new Promise<Answer>((resolve, reject) => {
        if (socket.closed) return reject(new Error('Firefox is gone.'));
        last += 1;
        waiting.set(last, { resolve: resolve as (answer: unknown) => void, reject });
        socket.write(framed([0, last, command, parameters]));
      }),
    close: () => socket.destroy(),
  };
}

/** A message as it goes over the line: its length in bytes, a colon, JSON. */
export function framed(message: unknown): string {
  const json = JSON.stringify(message);
  return `${Buffer.byteLength(json)}:${json}`;
}

/** Takes bytes as they come, cut anywhere, and hands on whole messages. */
export function createReader(onMessage: (message: unknown) => void): (bytes: Buffer) => void {
  let held = Buffer.alloc(0);
  return (bytes) => {
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const colon = held.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(held.subarray(0, colon));
      if (held.length < end) return;
      const message: unknown = JSON.parse(held.subarray(colon + 1, end).toString());
      held = held.subarray(end);
      onMessage(message);
    }
  };
}

async function dial(port: number, until: number): Promise<Socket> {
  for (;;) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => resolve(socket));
        socket.once('error', reject);
      });
    } catch (error) {
      if (Date.now() > until) throw error;
      await wait(100);
    }
  }
}
