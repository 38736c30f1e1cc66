import type { FaultRule } from '../../tests/sandbox/faults.ts';
import type { RecordedRequest } from '../../tests/sandbox/shell.ts';
import type { TenantSwitches } from '../../tests/sandbox/switches.ts';
import type { EventOrder } from '../../tests/sandbox/tenant/control-events.ts';
import type { MessageOrder } from '../../tests/sandbox/tenant/control-messages.ts';
import type { HistoryOrder } from '../../tests/sandbox/tenant/history.ts';
import type { ChatOrder, ManyChatsOrder } from '../../tests/sandbox/tenant/many-chats.ts';
import type { Presence } from '../../tests/sandbox/tenant/presences.ts';
import { type DeskControl, deskControl } from './control-desk.ts';
import {
  type MeetingsControl,
  meetingsControl,
  type SandboxMail,
  type SandboxMeeting,
  type SandboxOnlineMeeting,
} from './control-meetings.ts';
import { type PushControl, pushControl, type SandboxSubscription } from './control-push.ts';
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
  subscriptions: SandboxSubscription[];
  meetings: SandboxMeeting[];
  onlineMeetings: SandboxOnlineMeeting[];
  /** About meetings, oldest first. */
  mails: SandboxMail[];
  /** What lies in people's OneDrives; `sha256` in hex. */
  files: {
    id: string;
    owner: string;
    path: string;
    size: number;
    sha256: string;
    links: { type: string; scope: string }[];
    /** Who else may open it, by e-mail. */
    people: string[];
  }[];
  documents: Record<string, unknown>;
}

/** A sandbox's control server, spoken to from a test or a script. */
export interface Control extends TeamsControl, MeetingsControl, PushControl, DeskControl {
  /** Adds fault rules; they act until used up or cleared. */
  faults(...rules: FaultRule[]): Promise<void>;
  /** The rules as given, in their order, and how often each has acted: before the answer, so it tells what is held. */
  listFaults(): Promise<(FaultRule & { used: number })[]>;
  clearFaults(): Promise<void>;
  /** Moves the sandbox's clock on, or sets it (ms since 1970). The browser's own clock stays. */
  clock(order: { advance: number } | { now: number }): Promise<void>;
  /** A colleague writes in Teams, with all that a message can hold; the HTML arrives byte for byte. Answers its id. */
  write(message: MessageOrder): Promise<string>;
  /** Their HTML alone where nothing else is given, else all of it anew. */
  editMessage(change: Omit<MessageOrder, 'from'> & { id: string }): Promise<void>;
  /** Something that nobody wrote: a call, a tab, an app, somebody who joined. Answers the message's id. */
  event(event: EventOrder): Promise<string>;
  /** What the members wrote over some days, the same for the same seed. Answers the ids, oldest first. */
  history(order: HistoryOrder): Promise<string[]>;
  deleteMessage(message: { chatId: string; id: string }): Promise<void>;
  react(reaction: { chatId: string; id: string; from: string; type: string; remove?: boolean }): Promise<void>;
  /** A group chat made in Teams. Answers its id. */
  createChat(chat: ChatOrder): Promise<string>;
  /** So many group chats of one person, each with a history. Answers their ids. */
  createManyChats(order: ManyChatsOrder): Promise<string[]>;
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
  /** @param last so many messages of each chat, the newest; all unless said otherwise (slow where there are thousands) */
  state(last?: number): Promise<SandboxState>;
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
  const idsOf = (text: string) => (JSON.parse(text) as { ids: string[] }).ids;
  return {
    ...teamsControl(ask, tell),
    ...meetingsControl(ask, tell),
    ...pushControl(tell),
    ...deskControl(tell),
    faults: (...rules) => tell('POST', '/faults', rules),
    listFaults: async () => JSON.parse(await ask('GET', '/faults')) as (FaultRule & { used: number })[],
    clearFaults: () => tell('DELETE', '/faults'),
    clock: (order) => tell('POST', '/clock', order),
    write: async (message) => idOf(await ask('POST', '/messages', message)),
    editMessage: (change) => tell('PATCH', '/messages', change),
    event: async (event) => idOf(await ask('POST', '/events', event)),
    history: async (order) => idsOf(await ask('POST', '/history', order)),
    deleteMessage: (message) => tell('DELETE', '/messages', message),
    react: (reaction) => tell('POST', '/reactions', reaction),
    createChat: async (chat) => idOf(await ask('POST', '/chats', chat)),
    createManyChats: async (order) => idsOf(await ask('POST', '/chats/many', order)),
    renameChat: (change) => tell('PATCH', '/chats', change),
    changeMembers: (change) => tell('POST', '/members', change),
    presence: (change) => tell('POST', '/presence', change),
    tenant: (switches) => tell('POST', '/tenant', switches),
    hireStaff: (count) => tell('POST', '/staff', { count }),
    requests: async () => parseLines(await ask('GET', '/requests')),
    clearRequests: () => tell('DELETE', '/requests'),
    state: async (last) =>
      JSON.parse(await ask('GET', last === undefined ? '/state' : `/state?last=${last}`)) as SandboxState,
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
