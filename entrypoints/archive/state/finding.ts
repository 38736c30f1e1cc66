import { batch, signal } from '@preact/signals';
import type { Found, TeamsPart } from '../../../components/archive/actions.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { AccountId } from '../../../lib/model/ids.ts';
import { askPatiently, sendToWorker } from '../../../lib/rpc/client.ts';

/** Milliseconds without a key until it is searched. */
const PAUSE = 150;

/** What was found for a query: here, and at Microsoft where somebody asked for that. */
export function createFinding() {
  const found = signal<Found | null>(null);
  const loading = signal(false);
  const problem = signal<AppError | null>(null);
  /** By account; null: nobody asked. */
  const teams = signal<ReadonlyMap<AccountId, TeamsPart> | null>(null);
  let asked = '';
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(from: Found | null): Promise<void> {
    turn += 1;
    const mine = turn;
    const text = asked;
    const last = from?.hits.at(-1);
    loading.value = true;
    const answer = await askPatiently('archive.search', {
      text,
      from: last ? { at: Date.parse(last.createdAt), id: last.id } : null,
    });
    if (mine !== turn) return;
    batch(() => {
      loading.value = false;
      problem.value = answer.ok ? null : answer.error;
      if (answer.ok) found.value = { text, ...answer.value, hits: [...(from?.hits ?? []), ...answer.value.hits] };
    });
  }

  function setPart(account: AccountId, part: Partial<TeamsPart>): void {
    const known = teams.peek()?.get(account) ?? NOTHING;
    teams.value = new Map([...(teams.peek() ?? []), [account, { ...known, ...part }]]);
  }

  return {
    found,
    loading,
    problem,
    teams,
    /** What is typed now; searched when the person pauses, or at once. */
    query(text: string, now = false): void {
      if (text.trim() === asked.trim()) return;
      asked = text;
      turn += 1;
      clearTimeout(timer);
      batch(() => {
        teams.value = null;
        problem.value = null;
        loading.value = text.trim() !== '';
        if (!text.trim()) found.value = null;
      });
      if (text.trim()) timer = setTimeout(() => void ask(null), now ? 0 : PAUSE);
    },
    again: () => void ask(null),
    older(): void {
      const before = found.peek();
      if (before?.more && !loading.peek() && before.text === asked) void ask(before);
    },
    /** The next page of Microsoft's answer for this account. */
    async askTeams(account: AccountId): Promise<void> {
      const before = teams.peek()?.get(account);
      if (before?.loading || before?.next === null) return;
      const text = asked;
      setPart(account, { loading: true, problem: null });
      const answer = await sendToWorker('archive.teams', { account, text, from: before?.next ?? 0 });
      if (text !== asked) return;
      if (!answer.ok) return setPart(account, { loading: false, problem: answer.error });
      const { hits, elsewhere, ...rest } = answer.value;
      setPart(account, {
        ...rest,
        hits: [...(before?.hits ?? []), ...hits],
        elsewhere: (before?.elsewhere ?? 0) + elsewhere,
        loading: false,
      });
    },
  };
}

const NOTHING: TeamsPart = { hits: [], next: 0, elsewhere: 0, unable: [], problem: null, loading: false };
