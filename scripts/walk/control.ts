import type { FaultRule } from '../../tests/sandbox/faults.ts';
import type { RecordedRequest } from '../../tests/sandbox/shell.ts';
import type { TenantSwitches } from '../../tests/sandbox/switches.ts';
import type { Presence } from '../../tests/sandbox/tenant/presences.ts';
import { type SandboxTeam, type TeamsControl, teamsControl } from './control-teams.ts';

/** What GET /state tells of Microsoft; times as ISO text, people by e-mail. */
export interface SandboxState {
  now: number;
  chats: {
    id: string;
    topic: string | null;
    members: { email: string; userId: string; role: string }[];
    /** Who has hidden it, by e-mail. */
    hiddenFor: string[];
    messages: { id: string; from: string | null; content: string; deleted: boolean; event: string | null }[];
  }[];
  teams: SandboxTeam[];
  documents: Record<string, unknown>;
}

/** A sandbox's control server, spoken to from a test or a script. */
export interface Control extends TeamsControl {
  /** Adds fault rules; they act until used up or cleared. */
  faults(...rules: FaultRule[]): Promise<void>;
  /** The rules as given, in their order, and how often each has acted: before the answer, so it tells what is held. */
  listFaults(): Promise<(FaultRule & { used: number })[]>;
  clearFaults(): Promise<void>;
  /** Moves the sandbox's clock on, or sets it (ms since 1970). The browser's own clock stays. */
  clock(order: { advance: number } | { now: number }): Promise<void>;
  /** A colleague writes in Teams; the HTML arrives byte for byte. Answers the message's id. */
  write(message: { chatId: string; from: string; html: string }): Promise<string>;
  editMessage(change: { chatId: string; id: string; html: string }): Promise<void>;
  deleteMessage(message: { chatId: string; id: string }): Promise<void>;
  react(reaction: { chatId: string; id: string; from: string; type: string; remove?: boolean }): Promise<void>;
  /** A group chat made in Teams. Answers its id. */
  createChat(chat: { from: string; members: string[]; topic?: string }): Promise<string>;
  renameChat(change: { chatId: string; from: string; topic: string }): Promise<void>;
  /** A member takes somebody in, or out (themselves: they leave), in Teams. */
  changeMembers(change: { chatId: string; from: string; add?: string; remove?: string }): Promise<void>;
  /** What Teams shows of somebody from now on. */
  presence(change: { email: string } & Presence): Promise<void>;
  tenant(switches: TenantSwitches): Promise<void>;
  /** A company of so many more, in the tenant and on every site (tests/sandbox/staff.ts). */
  hireStaff(count: number): Promise<void>;
  requests(): Promise<RecordedRequest[]>;
  clearRequests(): Promise<void>;
  state(): Promise<SandboxState>;
  reset(): Promise<void>;
}

/** @param url of the control server. Every call throws the server's own sentence where it refuses. */
export function controlClient(url: string): Control {
  const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
    const answer = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The sandbox's control server refused ${method} ${path}: ${text}`);
    return text;
  };
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    await ask(method, path, body);
  };
  const idOf = (text: string) => (JSON.parse(text) as { id: string }).id;
  return {
    ...teamsControl(ask, tell),
    faults: (...rules) => tell('POST', '/faults', rules),
    listFaults: async () => JSON.parse(await ask('GET', '/faults')) as (FaultRule & { used: number })[],
    clearFaults: () => tell('DELETE', '/faults'),
    clock: (order) => tell('POST', '/clock', order),
    write: async (message) => idOf(await ask('POST', '/messages', message)),
    editMessage: (change) => tell('PATCH', '/messages', change),
    deleteMessage: (message) => tell('DELETE', '/messages', message),
    react: (reaction) => tell('POST', '/reactions', reaction),
    createChat: async (chat) => idOf(await ask('POST', '/chats', chat)),
    renameChat: (change) => tell('PATCH', '/chats', change),
    changeMembers: (change) => tell('POST', '/members', change),
    presence: (change) => tell('POST', '/presence', change),
    tenant: (switches) => tell('POST', '/tenant', switches),
    hireStaff: (count) => tell('POST', '/staff', { count }),
    requests: async () => parseLines(await ask('GET', '/requests')),
    clearRequests: () => tell('DELETE', '/requests'),
    state: async () => JSON.parse(await ask('GET', '/state')) as SandboxState,
    reset: () => tell('POST', '/reset'),
  };
}

/** JSON lines as the control server and DESKSIDE_REQUESTS write them. */
export function parseLines(text: string): RecordedRequest[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as RecordedRequest);
}
