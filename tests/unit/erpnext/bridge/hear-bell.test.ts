import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FrappePage, Socket } from '../../../../lib/erpnext/bridge/frappe-page.ts';
import { hearBell } from '../../../../lib/erpnext/bridge/hear-bell.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function fakeSocket(connected: boolean) {
  const handlers = new Map<string, ((data: unknown) => void)[]>();
  const sent: unknown[][] = [];
  const socket: Socket = {
    connected,
    emit: (...what) => void sent.push(what),
    on: (event, handler) => void handlers.set(event, [...(handlers.get(event) ?? []), handler]),
    off: (event, handler) =>
      void handlers.set(
        event,
        (handlers.get(event) ?? []).filter((one) => one !== handler),
      ),
  };
  const tell = (event: string, data?: unknown) => {
    for (const handler of handlers.get(event) ?? []) handler(data);
  };
  return { socket, sent, tell };
}

it.each([
  ['v14', (socket: Socket): FrappePage => ({ frappe: { socketio: { socket } } })],
  ['v15', (socket: Socket): FrappePage => ({ frappe: { realtime: { socket } } })],
])('hears the one note through the socket of %s, again after the line broke', (_, pageOf) => {
  const { socket, sent, tell } = fakeSocket(true);
  let rings = 0;
  const stop = hearBell(pageOf(socket), 'N1', () => rings++);
  expect(sent).toEqual([['doc_subscribe', 'Note', 'N1']]);
  tell('doc_update', { doctype: 'Note', name: 'N1' });
  tell('doc_update', { doctype: 'Note', name: 'N2' });
  tell('doc_update', { doctype: 'Event', name: 'N1' });
  tell('doc_update', null);
  expect(rings).toBe(1);
  tell('connect');
  expect(sent).toHaveLength(2);
  stop();
  tell('doc_update', { doctype: 'Note', name: 'N1' });
  expect(rings).toBe(1);
});

it('waits for Desk to open its socket, and not for ever', () => {
  const { socket, sent } = fakeSocket(true);
  const page: FrappePage = {};
  hearBell(page, 'N1', () => {});
  vi.advanceTimersByTime(5_000);
  page.frappe = { realtime: { socket } };
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(1);
  const never: FrappePage = {};
  hearBell(never, 'N1', () => {});
  vi.advanceTimersByTime(120_000);
  expect(vi.getTimerCount()).toBe(0);
});
