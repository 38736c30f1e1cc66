import type { ChatRecord, MessageRecord } from '../tenant/chat-records.ts';
import type { DirectoryUser } from '../tenant/people.ts';
import { badRequest, GraphError } from './graph-error.ts';
import type { Kql } from './kql.ts';
import { findText, fold, textOf } from './search-text.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Who asks, and how to find people. */
export interface Asker {
  me: DirectoryUser;
  byId(id: string): DirectoryUser | undefined;
}

export type Test = (message: MessageRecord, chat: Pick<ChatRecord, 'members'> & { chatType?: string }) => boolean;

/** Compiles a query; what cannot be asked of messages is refused before any is looked at. */
export function compileKql(query: Kql, asker: Asker): Test {
  if (query.kind === 'not') {
    const part = compileKql(query.part, asker);
    return (message, chat) => !part(message, chat);
  }
  if (query.kind === 'text') {
    const term = fold(query.text);
    // The sender's name counts as a part of the message.
    return (message) =>
      findText(textOf(message).folded, term, query.prefix) !== -1 || named(asker.byId(message.fromUserId ?? ''), term);
  }
  if (query.kind === 'property') return propertyTest(query.name, query.operator, query.value, asker);
  const parts = query.parts.map((part) => compileKql(part, asker));
  return (message, chat) =>
    query.kind === 'and' ? parts.every((test) => test(message, chat)) : parts.some((test) => test(message, chat));
}

/** The words and phrases of a query that a hit shows, those under NOT left out. */
export function termsOf(query: Kql): { text: string; prefix: boolean }[] {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(termsOf);
  return query.kind === 'text' ? [{ text: query.text, prefix: query.prefix }] : [];
}

function propertyTest(name: string, operator: string, value: string, { me, byId }: Asker): Test {
  const term = fold(value);
  if (name === 'from') return (message) => named(byId(message.fromUserId ?? ''), term);
  if (name === 'to')
    // "Partially supported for the one-on-one message."
    return (message, chat) =>
      chat.chatType === 'oneOnOne' &&
      chat.members.some(({ userId }) => userId !== message.fromUserId && named(byId(userId), term));
  if (name === 'sent') return sentTest(operator, value);
  if (name === 'mentions') {
    if (!/^[0-9a-f]{32}$/i.test(value)) throw badRequest("'mentions' takes a user's id without '-'.");
    return (message) => mentionedIds(message).some((id) => id.replaceAll('-', '') === value.toLowerCase());
  }
  if (!/^(true|false)$/i.test(value)) throw badRequest(`'${name}' takes true or false.`);
  // As others have measured it.
  if (name === 'isread') throw new GraphError(500, 'InternalServerError', 'An unexpected error occurred.');
  const wanted = value.toLowerCase() === 'true';
  if (name === 'hasattachment') return (message) => message.attachments.length > 0 === wanted;
  return (message) => mentionedIds(message).includes(me.id) === wanted;
}

function sentTest(operator: string, value: string): Test {
  const [from = '', to = from] = value.split('..');
  const start = timeOf(from);
  // A day without a time is all of that day.
  const end = timeOf(to) + (to.includes('T') ? 1 : DAY);
  const tests: Record<string, (time: number) => boolean> = {
    ':': (time) => time >= start && time < end,
    '=': (time) => time >= start && time < end,
    '<>': (time) => time < start || time >= end,
    '>': (time) => time >= end,
    '>=': (time) => time >= start,
    '<': (time) => time < start,
    '<=': (time) => time < end,
  };
  const test = tests[operator] ?? (() => false);
  return (message) => test(message.createdAt);
}

function timeOf(text: string): number {
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?$/.test(text) ? Date.parse(utc(text)) : Number.NaN;
  if (Number.isNaN(time)) throw badRequest(`'sent' does not take '${text}': a date is written 2022-07-14.`);
  return time;
}

const utc = (text: string) => (text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);

const namesOf = new WeakMap<DirectoryUser, string>();

function named(user: DirectoryUser | undefined, term: string): boolean {
  if (!user) return false;
  const names = namesOf.get(user) ?? fold(`${user.displayName} ${user.mail ?? ''} ${user.userPrincipalName}`);
  namesOf.set(user, names);
  return findText(names, term, false) !== -1;
}

function mentionedIds(message: MessageRecord): string[] {
  const mentions = message.mentions as { mentioned?: { user?: { id?: string } | null } }[];
  return mentions.map(({ mentioned }) => mentioned?.user?.id ?? '');
}
