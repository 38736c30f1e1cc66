import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startBridge } from '../lib/erpnext/bridge/main-world.ts';

/** Runs in the page's own world on the sites a person listed: registered by the worker, `document_start`. */
export default defineUnlistedScript(() => {
  startBridge(window);
});
