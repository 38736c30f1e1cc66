import type { PushActions } from '../../components/settings/push-section.tsx';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';

export const pushActions: PushActions = {
  view: (origin) => askPatiently('push.view', { origin }),
  setUp: (origin) => sendToWorker('push.setUp', { origin }),
  undo: (origin) => sendToWorker('push.undo', { origin }),
};
