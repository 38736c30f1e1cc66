import { signal } from '@preact/signals';
import type { RecordKey } from '../../../lib/model/ids.ts';
import type { MembersView, PanelView } from '../../../lib/rpc/contract.ts';
import type { Ask } from './session.ts';

/** Reading and marking as read go first: Graph takes one such call a second and chat. */
const AFTER_MS = 1500;

/** How the record's people and the chat's members differ; null while nobody has compared them, or could. */
export function createMembersState(ask: Ask) {
  const compared = signal<MembersView | null>(null);
  let record: RecordKey | null = null;
  let asked = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const compare = async (what: string): Promise<void> => {
    asked = what;
    const answer = await ask('members.view', { shown: record! });
    // What stands in the way (no tab, no network) is told where it hinders the person; comparing only offers.
    if (asked === what) compared.value = answer.ok ? answer.value : null;
  };

  return {
    compared,
    /** Compares anew whenever the record was saved, or the chat has other members. */
    follow(view: PanelView | null): void {
      const linked = view?.kind === 'record' && view.chat.kind === 'linked' ? view.chat : null;
      if (!linked || view?.kind !== 'record') {
        record = null;
        asked = '';
        compared.value = null;
        return;
      }
      if (view.key !== record) compared.value = null;
      record = view.key;
      // While people are being added the members change by the minute: the end of it is soon enough.
      if (linked.adding && !linked.adding.report) return;
      const members = linked.chat.members.map((m) => m.userId);
      const what = JSON.stringify([
        view.key,
        view.modified,
        linked.chat.id,
        members,
        !!linked.adding,
        view.canRead,
        linked.care.mayRemove,
      ]);
      if (what === asked) return;
      asked = what;
      clearTimeout(timer);
      timer = setTimeout(() => void (asked === what && compare(what)), AFTER_MS);
    },
    /** After an act that changes it: taken out, dismissed. */
    async again(): Promise<void> {
      if (record) await compare(asked);
    },
  };
}
