import { signal } from '@preact/signals';
import type { OutgoingMessage } from '../../../lib/model/message.ts';
import type { RecordView } from '../../../lib/rpc/contract.ts';
import type { Ask } from './session.ts';

/** How far files on their way have come, by their ids: asked for alone, since it changes with every range. */
export function createUploadProgress(ask: Ask, record: () => RecordView | null) {
  const sent = signal<Readonly<Record<string, number>>>({});
  let asking = false;
  return {
    async again(): Promise<void> {
      const rec = record();
      if (!rec || asking) return;
      asking = true;
      const answer = await ask('file.progress', { shown: rec.key });
      asking = false;
      if (answer.ok) sent.value = answer.value;
    },
    /** A message as the view has it, with what came since. */
    with(row: OutgoingMessage): OutgoingMessage {
      if (!row.files) return row;
      return {
        ...row,
        files: row.files.map((file) => ({ ...file, sent: Math.max(file.sent, sent.value[file.id] ?? 0) })),
      };
    },
  };
}
