import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { openBridge } from '../../lib/erpnext/bridge/isolated.ts';
import { createDesk, watchDesk } from '../../lib/erpnext/desk.ts';
import { ruleOf } from '../../lib/erpnext/doctypes/registry.ts';
import { watchJoinButton } from '../../lib/erpnext/join-button.ts';
import { clearLeftovers, createStage } from '../../lib/erpnext/page/stage.ts';
import { createTeller, type Teller } from '../../lib/erpnext/page/teller.ts';
import { erpUserOf } from '../../lib/erpnext/session.ts';
import { createSiteOrders } from '../../lib/erpnext/site-orders.ts';
import type { DoctypeRule } from '../../lib/model/doctype-rule.ts';
import { asOrigin, type Origin } from '../../lib/model/ids.ts';
import { sameRecord } from '../../lib/model/record.ts';
import { askPatiently, listen, sendToWorker } from '../../lib/rpc/client.ts';
import type { ShownRecord } from '../../lib/rpc/contract.ts';
import { onOrders } from '../../lib/rpc/orders.ts';
import { watchActs } from './acts.ts';
import { showFaces } from './faces.ts';
import { watchStored } from './watch-stored.ts';
import { WORDS } from './words.ts';

/** Registered at run time for the sites a person listed; frame 0 only. Wires Desk, worker and panel together. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  runAt: 'document_start',
  allFrames: false,
  noScriptStartedPostMessage: true,
  main(ctx) {
    clearLeftovers(document);
    const origin: Origin = asOrigin(location.origin);
    const { signal } = ctx;

    // The page's end may be there already and answers at once, before there is anybody to tell.
    let teller: Teller | undefined;
    const bridge = openBridge({
      document,
      channel: crypto.randomUUID(),
      onForm: () => teller?.look(),
      onRing: () => void sendToWorker('desk.rang'),
    });
    // None until the worker has said which: nothing is shown too early.
    let rules: readonly DoctypeRule[] = [];
    const desk = createDesk(window, bridge.form, () => rules);
    const stage = createStage({
      window,
      desk,
      words: WORDS,
      frameUrl: browser.runtime.getURL('/panel.html'),
      extensionId: browser.runtime.id,
      nonce: async () => {
        const answer = await sendToWorker('desk.nonce');
        return answer?.ok ? answer.value : null;
      },
      onLayout: (layout) => void sendToWorker('desk.layout', layout),
    });

    const leave = () => {
      if (signal.aborted) return;
      ctx.abort('site not listed');
      bridge.dismiss();
    };

    let last: ShownRecord | null = null;
    let turn = 0;
    teller = createTeller(
      () => ({ shown: desk.shown(), origin, erpUser: erpUserOf(document.cookie) }),
      async (state) => {
        const another = !sameRecord(state.shown?.ref, last?.ref);
        last = state.shown;
        turn += 1;
        const mine = turn;
        if (!last) stage.show(false);
        if (another) stage.setBadge({ unread: 0, attention: false });
        const answer = await sendToWorker('desk.shows', state);
        // The browser's grant covers all ports of a host: this may be one that nobody listed.
        if (answer?.ok && !answer.value.enabled) return leave();
        if (mine !== turn || signal.aborted) return;
        stage.show(!!last && !!answer?.ok);
        if (!another || !last) return;
        const badge = await sendToWorker('desk.badge');
        if (mine === turn && badge?.ok) stage.setBadge(badge.value);
      },
    );

    const faces = showFaces({
      document,
      lang: () => desk.look().lang,
      hasPanel: (doctype) => ruleOf(rules, doctype) !== undefined,
      openRow(link) {
        stage.openNext();
        // Desk's own way to a record: no page is loaded anew.
        link.click();
      },
    });

    const undo = [
      watchDesk(window, () => {
        bridge.look();
        teller?.look();
      }),
      listen('desk', () => faces.refresh(), {
        onReconnect: () => {
          teller?.again();
          faces.refresh();
        },
        onLost: () => ctx.abort('extension gone'),
      }),
      onOrders(
        createSiteOrders({
          document,
          origin,
          // Absolute: a relative address in a content script is not the page's in every browser.
          fetch: (input, init) => fetch(new URL(String(input), origin), init),
          now: Date.now,
          prefix: desk.prefix,
          rules: () => rules,
          csrfFromPage: bridge.csrf,
          patchForm: bridge.patch,
          hearBell: bridge.hearBell,
          togglePanel: (open) => stage.toggle(open),
          badge: (badge) => stage.setBadge(badge),
          panelOpen: (ref) => stage.isOpen() && sameRecord(ref, last?.ref),
          leave,
        }),
      ),
      watchJoinButton(document, {
        meeting: bridge.meeting,
        open: (url) => window.open(url, '_blank', 'noopener'),
        openPanel: () => last && stage.toggle(true),
      }),
      faces.stop,
      bridge.stop,
      teller.stop,
      stage.remove,
    ];
    ctx.onInvalidated(() => {
      for (const step of undo) {
        try {
          step();
        } catch {
          // After an update every call into the browser throws here; what stands in the page must go all the same.
        }
      }
    });

    watchActs(window, signal, () => {
      // Switched off or removed in the browser, which tells nobody: looking is what makes this copy go.
      if (ctx.isInvalid) return;
      teller?.look();
      faces.act();
      if (last) void sendToWorker('desk.act');
    });
    const learnRules = async () => {
      const answer = await askPatiently('desk.rules');
      if (!answer?.ok || signal.aborted) return;
      rules = answer.value;
      bridge.follow(rules);
      teller?.look();
      faces.look();
    };
    const learnBell = async () => {
      const answer = await askPatiently('desk.bell');
      if (answer?.ok && answer.value && !signal.aborted) void bridge.hearBell(answer.value);
    };
    undo.push(
      watchStored(['doctypes', 'policy'], () => void learnRules()),
      watchStored(['bells'], () => void learnBell()),
    );
    void learnRules();
    void learnBell();
    // A worker that died a moment ago must not leave a panel closed that was open.
    void askPatiently('desk.layout', null).then((answer) => {
      if (answer?.ok && !signal.aborted) stage.restore(answer.value);
    });
    teller.look();
  },
});
