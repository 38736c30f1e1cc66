import { createDesk, type Desk } from '../../../sandbox/desk/desk.ts';
import type { Flavour } from '../../../sandbox/desk/flavour.ts';
import { createSessions } from '../../../sandbox/desk/sessions.ts';

export const FLAVOURS: Flavour[] = ['v14', 'v15', 'v16'];

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared, not used
  body: any;
}

/** A person logged in at a stand-in site: sends with cookie and CSRF token, as a page does. */
export interface Person {
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  cookie: string;
  token: string;
}

/** A site with a clock that stands still but where a test moves it. */
export function site(flavour: Flavour) {
  const time = { now: Date.UTC(2026, 10, 22, 17, 0, 0) };
  const sessions = createSessions();
  const origin = `http://site-${flavour}.test`;
  const desk = createDesk({ flavour, sessions, origin: () => origin, clock: { now: () => time.now } });
  const guest = personOn(desk, origin, '', '');
  return {
    desk,
    sessions,
    time,
    guest,
    guestAgain: personOn(desk, origin, 'sid=Guest', ''),
    async login(local: string): Promise<Person> {
      const answer = await guest.send('POST', '/api/method/login', {
        usr: `${local}@contoso.test`,
        pwd: `sandbox-${local}`,
      });
      const sid = answer.headers.getSetCookie().find((line) => line.startsWith('sid=')) ?? '';
      const cookie = sid.split(';')[0] ?? '';
      const page = await desk.app.request(`${origin}${flavour === 'v16' ? '/desk' : '/app'}`, { headers: { cookie } });
      const token = /csrf_token\s*=\s*"([^"]+)"/.exec(await page.text())?.[1] ?? '';
      return personOn(desk, origin, cookie, token);
    },
  };
}

function personOn(desk: Desk, origin: string, cookie: string, token: string): Person {
  return {
    cookie,
    token,
    async send(method, path, body, headers = {}) {
      const response = await desk.app.request(origin + path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(cookie ? { cookie } : {}),
          ...(token ? { 'x-frappe-csrf-token': token } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: json(text) };
    },
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
