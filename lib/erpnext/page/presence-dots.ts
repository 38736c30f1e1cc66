import type { Presence } from '../../model/presence.ts';
import { createDot, type Dot } from './presence-dot.ts';
import { type UserPlace, usersOnPage } from './users-on-page.ts';

/** Dots beside the users whom a form or a list names, drawn again whenever Desk draws them. */
export interface PresenceDots {
  /** The page changed: a dot for whoever is new. Asks only about those. */
  look(): void;
  /** The person did something here: what is older than a minute is asked for again. */
  act(): void;
  remove(): void;
}

export interface PresenceDotsDeps {
  document: Document;
  now: () => number;
  /** Of these users those who are known, and can be reached or not; null where nobody answered. */
  ask: (users: string[]) => Promise<{ user: string; presence: Presence }[] | null>;
  words: (presence: Presence) => string;
}

const EVERY_MS = 60_000;
/** A page that names somebody new with every breath does not make us ask with every breath. */
const APART_MS = 2_000;

export function createPresenceDots({ document, now, ask, words }: PresenceDotsDeps): PresenceDots {
  /** Null: nothing is known of them. */
  const known = new Map<string, Presence | null>();
  const dots = new Map<HTMLElement, { dot: Dot; how: UserPlace['how']; undo: () => void }>();
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking = false;
  let removed = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  const drop = (element: HTMLElement) => {
    const placed = dots.get(element);
    placed?.dot.element.remove();
    placed?.undo();
    dots.delete(element);
  };
  const draw = () => {
    const places = usersOnPage(document).filter(({ user }) => known.get(user));
    const wanted = new Set(places.map(({ element }) => element));
    for (const element of [...dots.keys()]) if (!wanted.has(element)) drop(element);
    for (const { element, how, user } of places) {
      const placed = dots.get(element) ?? { dot: createDot(document, how), how, undo: roomFor(element, how) };
      dots.set(element, placed);
      const presence = known.get(user)!;
      placed.dot.set(presence, words(presence));
      if (!stands(placed.dot.element, element, how)) put(placed.dot.element, element, how);
    }
  };
  const askAll = async () => {
    if (asking) return;
    asking = true;
    askedAt = now();
    const users = [...new Set(usersOnPage(document).map(({ user }) => user))];
    const answer = users.length > 0 ? await ask(users) : null;
    asking = false;
    if (removed) return;
    if (answer) {
      for (const user of users) known.set(user, null);
      for (const { user, presence } of answer) known.set(user, presence);
    }
    draw();
  };

  const look = () => {
    clearTimeout(later);
    draw();
    if (usersOnPage(document).every(({ user }) => known.has(user))) return;
    const wait = askedAt + APART_MS - now();
    if (wait > 0) later = setTimeout(look, wait);
    else void askAll();
  };

  return {
    look,
    act() {
      if (now() - askedAt >= EVERY_MS) void askAll();
    },
    remove() {
      removed = true;
      clearTimeout(later);
      for (const element of [...dots.keys()]) drop(element);
    },
  };
}

function put(dot: HTMLElement, element: HTMLElement, how: UserPlace['how']): void {
  if (how === 'before') element.before(dot);
  else element.append(dot);
}

function stands(dot: HTMLElement, element: HTMLElement, how: UserPlace['how']): boolean {
  return how === 'before' ? dot.nextElementSibling === element : dot.parentElement === element;
}

/** A dot in a corner needs its avatar to be what it is placed by. @returns the undo. */
function roomFor(element: HTMLElement, how: UserPlace['how']): () => void {
  if (how !== 'corner') return () => {};
  const before = element.style.position;
  element.style.position = 'relative';
  return () => {
    element.style.position = before;
  };
}
