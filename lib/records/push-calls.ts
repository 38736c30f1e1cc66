import { fail } from '../model/errors.ts';
import type { Origin } from '../model/ids.ts';
import type { PushProtocol } from '../rpc/contract/push.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { pushView, setUpPush, undoPush } from './push-site.ts';
import { siteErp } from './site-erp.ts';
import type { Worker } from './worker.ts';

/** What the options page asks of a site's bell, as whoever is logged in there. */
export function pushCalls(worker: Worker): Pick<WorkerHandlers, keyof PushProtocol> {
  const listed = async (origin: Origin) => {
    if ((await worker.settings()).sites.includes(origin)) return siteErp(worker, origin);
    throw fail('not-permitted', 'Not one of your sites', 'Add the site first: open it and click the Deskside icon.');
  };
  return {
    'push.view': async ({ origin }) => pushView(worker, origin, await listed(origin)),
    'push.setUp': async ({ origin }) => setUpPush(worker, origin, await listed(origin)),
    'push.undo': async ({ origin }) => undoPush(worker, origin, await listed(origin)),
  };
}
