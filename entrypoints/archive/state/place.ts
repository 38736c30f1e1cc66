import { signal } from '@preact/signals';
import type { OpenMessage } from '../../../components/archive/actions.ts';
import { asAccountId, asChatId, asMessageId } from '../../../lib/model/ids.ts';

/** Where the page stands: all of it is in its address, so that it can be bookmarked and gone back to. */
export interface Place {
  /** What is searched for. */
  query: string;
  /** Microsoft is asked too. */
  teams: boolean;
  /** What is read beside it. */
  open: OpenMessage | null;
}

/** `#q=…&teams=1&account=…&chat=…&id=…`; whatever else stands there is left out. */
export function readPlace(hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const [account, chat, id] = [said.get('account'), said.get('chat'), said.get('id')];
  return {
    query: said.get('q') ?? '',
    teams: said.get('teams') === '1',
    open:
      account && chat
        ? { account: asAccountId(account), chatId: asChatId(chat), id: id ? asMessageId(id) : null }
        : null,
  };
}

export function writePlace({ query, teams, open }: Place): string {
  const said = new URLSearchParams();
  if (query) said.set('q', query);
  if (query && teams) said.set('teams', '1');
  if (open) {
    said.set('account', open.account);
    said.set('chat', open.chatId);
    if (open.id) said.set('id', open.id);
  }
  return `#${said}`;
}

/** The place as a signal that the address follows: what is opened is a step back, what is typed is none. */
export function createPlace({ history, location }: Pick<Window, 'history' | 'location'>) {
  const place = signal(readPlace(location.hash));
  return {
    place,
    go(next: Partial<Place>): void {
      const before = place.peek();
      place.value = { ...before, ...next };
      const hash = writePlace(place.peek());
      if (JSON.stringify(before.open) === JSON.stringify(place.peek().open)) history.replaceState(null, '', hash);
      else history.pushState(null, '', hash);
    },
    /** The person went back, or typed an address. */
    follow(): void {
      place.value = readPlace(location.hash);
    },
  };
}
