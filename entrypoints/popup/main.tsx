import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/people/people.css';
import '../../components/panel/panel.css';
import '../../components/settings/settings.css';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { PopupScreen } from '../../components/settings/popup-screen.tsx';
import { setLanguage, shownLanguage } from '../../lib/i18n/translate.ts';
import { listen } from '../../lib/rpc/client.ts';
import { readCurrentTab } from './current-tab.ts';
import { actions, askingSignOut, problem, readSync, refresh, refused, saved, sync, tab, view } from './popup-state.ts';

/** No Desk around it: language and theme are the browser's. */
setLanguage(browser.i18n.getUILanguage());
document.documentElement.lang = shownLanguage();
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
};
dark.addEventListener('change', paint);
paint();

function Popup() {
  return (
    <PopupScreen
      view={view.value}
      tab={tab.value}
      sync={sync.value}
      problem={problem.value}
      refused={refused.value}
      saved={saved.value}
      askingSignOut={askingSignOut.value}
      onStay={() => {
        askingSignOut.value = null;
      }}
      actions={actions}
    />
  );
}

render(<Popup />, document.getElementById('app')!);
void refresh();
void readCurrentTab().then((current) => {
  tab.value = current;
});
listen('popup', ({ kind }) => void (kind === 'sync' ? readSync() : refresh()), { onReconnect: () => void refresh() });
