import { computed, effect, signal } from '@preact/signals';
import { type ArchiveActions, keyOf, type Latest } from '../../../components/archive/actions.ts';
import { setTeamsCloud } from '../../../components/chat/deep-links.ts';
import type { PhotoOf } from '../../../components/people/photo-of.ts';
import type { AppError, Result } from '../../../lib/model/errors.ts';
import type { AccountId } from '../../../lib/model/ids.ts';
import { askPatiently, sendToWorker } from '../../../lib/rpc/client.ts';
import type { ArchiveView, ConversationId } from '../../../lib/rpc/contract/archive.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import { createPhotos } from '../../panel/state/photos.ts';
import type { Ask } from '../../panel/state/session.ts';
import { createFinding } from './finding.ts';
import { createPlace } from './place.ts';
import { createReading } from './reading.ts';

/** Lines of the list are asked for so many at a time. */
const AT_ONCE = 50;

/** The archive page: its address, what was found, what is read, and the list of all conversations. */
export function createArchive(window: Pick<Window, 'history' | 'location'>) {
  const { place, go, follow } = createPlace(window);
  const view = signal<ArchiveView | null>(null);
  const problem = signal<AppError | null>(null);
  const latest = signal<Latest>(new Map());
  const finding = createFinding();
  const reading = createReading();
  const opened = computed(() => {
    const { open } = place.value;
    const at = open && keyOf({ account: open.account, chatId: open.chatId });
    return view.value?.conversations.find((one) => keyOf({ account: one.account, chatId: one.chatId }) === at) ?? null;
  });
  const photos = new Map<AccountId, PhotoOf>();
  const wanted = new Set<string>();

  async function refresh(): Promise<void> {
    const answer = await askPatiently('archive.view');
    if (!answer.ok) {
      problem.value = answer.error;
      return;
    }
    // What one account left in this page's memory is nobody else's.
    if (view.peek() && namesOf(view.peek()!) !== namesOf(answer.value)) return location.reload();
    setTeamsCloud(answer.value.settings.registration?.cloud ?? 'global');
    problem.value = null;
    view.value = answer.value;
  }

  async function askLatest(of: readonly ConversationId[]): Promise<void> {
    for (let i = 0; i < of.length; i += AT_ONCE) {
      const answer = await askPatiently('archive.latest', {
        of: of.slice(i, i + AT_ONCE).map(({ account, chatId }) => ({ account, chatId })),
      });
      if (!answer.ok) return;
      const fresh = answer.value.map((line) => [keyOf({ account: line.account, chatId: line.chatId }), line] as const);
      latest.value = new Map([...latest.peek(), ...fresh]);
    }
  }

  effect(() => finding.query(place.value.query));
  effect(() => reading.show(place.value.open, opened.value));
  // Asked for by the address, it waits until it is known who may ask.
  effect(() => {
    const asks = place.value.teams && finding.found.value && view.value;
    if (asks && !finding.teams.peek()) searchTeams(null);
  });

  function searchTeams(account: AccountId | null): void {
    go({ teams: true });
    const able = view.peek()?.accounts.filter(({ id, canRead }) => (account ? id === account : canRead)) ?? [];
    for (const { id } of able) void finding.askTeams(id);
  }

  const told = (result: Result<unknown>) => {
    problem.value = result.ok ? null : result.error;
  };

  const actions: ArchiveActions = {
    type: (query) => go({ query, teams: false }),
    open: (open) => go({ open }),
    older: finding.older,
    searchTeams,
    allow: (account) =>
      void sendToWorker('archive.allow', { account }).then(async (result) => {
        told(result);
        await refresh();
        if (result.ok) searchTeams(account);
      }),
    openRecord: ({ account, chatId }, key, id) =>
      void sendToWorker('archive.record', { account, chatId, key, id }).then(told),
    wantLatest(of) {
      const fresh = of.filter((one) => !wanted.has(keyOf({ account: one.account, chatId: one.chatId })));
      for (const one of fresh) wanted.add(keyOf({ account: one.account, chatId: one.chatId }));
      if (fresh.length > 0) void askLatest(fresh);
    },
    act: () => {
      problem.value = null;
      void refresh();
      if (finding.problem.peek()) finding.again();
    },
  };

  return {
    place,
    view,
    problem,
    latest,
    finding,
    reading,
    opened,
    actions,
    refresh,
    follow,
    photoOf(account: AccountId): PhotoOf {
      const ask = ((_: 'photos', { userIds }: { userIds: never[] }) =>
        sendToWorker('archive.photos', { account, userIds })) as unknown as Ask;
      const known = photos.get(account) ?? createPhotos(ask);
      photos.set(account, known);
      return known;
    },
    hear(notice: ChangeNotice): void {
      if (notice.kind === 'messages') {
        reading.hear(notice.chatId);
        for (const { account } of view.peek()?.conversations.filter(({ chatId }) => chatId === notice.chatId) ?? [])
          if (wanted.has(keyOf({ account, chatId: notice.chatId })))
            void askLatest([{ account, chatId: notice.chatId }]);
      }
      if (notice.kind !== 'mapping' && notice.kind !== 'marks') void refresh();
    },
  };
}

function namesOf({ accounts }: ArchiveView): string {
  return accounts.map(({ id }) => id).join(' ');
}
