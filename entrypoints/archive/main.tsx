import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/people/people.css';
import '../../components/chat/chat.css';
import '../../components/chat/reading.css';
import '../../components/chat/acts.css';
import '../../components/chat/search.css';
import '../../components/panel/panel.css';
import '../../components/channels/channels.css';
import '../../components/archive/archive.css';
import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { ArchiveScreen } from '../../components/archive/archive-screen.tsx';
import { type Reading, ReadingContext } from '../../components/chat/reading.ts';
import { hearEscape } from '../../components/ui/use-escape.ts';
import { setLanguage, shownLanguage, t } from '../../lib/i18n/translate.ts';
import { listen } from '../../lib/rpc/client.ts';
import { createArchive } from './state/archive-state.ts';

/** No Desk around it: language, direction and theme are the browser's. */
setLanguage(browser.i18n.getUILanguage());
Object.assign(document.documentElement, { lang: shownLanguage(), dir: browser.i18n.getMessage('@@bidi_dir') || 'ltr' });
document.title = t('archive.title');
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
};
dark.addEventListener('change', paint);
paint();

const archive = createArchive(window);
const { reading, finding } = archive;

/** The signals as props of the views. */
function Archive() {
  const view = archive.view.value;
  const { query, open } = archive.place.value;
  const account = view?.accounts.find(({ id }) => id === open?.account) ?? null;
  const me = account?.me ?? null;
  const about: Reading = useMemo(() => ({ me, onJump: reading.messages.jump, pictures: reading.pictures }), [me]);
  return (
    <ReadingContext.Provider value={about}>
      <ArchiveScreen
        view={view}
        query={query}
        found={finding.found.value}
        loading={finding.loading.value}
        problem={archive.problem.value ?? finding.problem.value}
        teams={finding.teams.value}
        latest={archive.latest.value}
        open={open}
        reader={
          archive.opened.value && account
            ? {
                conversation: archive.opened.value,
                account,
                messages: reading.messages.messages.value,
                more: reading.messages.more.value,
                newer: reading.messages.newer.value,
                loadingOlder: reading.messages.loadingOlder.value,
                jumped: reading.messages.jumped.value,
                threads: reading.threads.value,
                unplaced: reading.unplaced.value,
                problem: reading.problem.value,
                photoOf: archive.photoOf(account.id),
                onOlder: () => void reading.messages.older(),
                onNewer: () => void reading.messages.toNewer(),
                onNewest: () => void reading.messages.toNewest(),
                onOlderThreads: reading.olderThreads,
              }
            : null
        }
        now={Date.now()}
        actions={archive.actions}
      />
    </ReadingContext.Provider>
  );
}

window.addEventListener('popstate', archive.follow);
window.addEventListener('hashchange', archive.follow);
render(<Archive />, document.getElementById('app')!);
hearEscape(() => {});
void archive.refresh();
listen('archive', archive.hear, { onReconnect: () => archive.hear({ kind: 'view' }) });
