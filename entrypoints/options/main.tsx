import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/people/people.css';
import '../../components/panel/panel.css';
import '../../components/channels/channels.css';
import '../../components/settings/settings.css';
import '../../components/settings/options.css';
import '../../components/settings/mapping.css';
import '../../components/settings/push.css';
import '../../components/settings/storage.css';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { OptionsScreen } from '../../components/settings/options-screen.tsx';
import { hearEscape } from '../../components/ui/use-escape.ts';
import { setLanguage, shownLanguage, t } from '../../lib/i18n/translate.ts';
import { listen } from '../../lib/rpc/client.ts';
import { readChannels } from './channels-state.ts';
import { readChats } from './chats-state.ts';
import { readFaces } from './faces-state.ts';
import { hear } from './mapping-state.ts';
import { problem, refresh, section } from './options-state.ts';
import { sections } from './sections.tsx';
import { readRun, readStorage, STORAGE } from './storage-state.ts';
import { readSync } from './sync-state.ts';

/** No Desk around it: language, direction and theme are the browser's. */
setLanguage(browser.i18n.getUILanguage());
Object.assign(document.documentElement, { lang: shownLanguage(), dir: browser.i18n.getMessage('@@bidi_dir') || 'ltr' });
document.title = t('options.title');
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const paint = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
};
dark.addEventListener('change', paint);
paint();

function Options() {
  return (
    <OptionsScreen
      sections={sections()}
      current={section.value}
      problem={problem.value}
      onProblemSeen={() => {
        problem.value = null;
      }}
      onAction={() => void refresh()}
    />
  );
}

window.addEventListener('hashchange', () => {
  section.value = location.hash.slice(1);
  if (section.value === STORAGE) void readStorage();
});
render(<Options />, document.getElementById('app')!);
hearEscape(() => {});
const readAll = () => Promise.all([refresh(), readChats(), readFaces(), readChannels(), readSync()]);
void readAll();
if (section.value === STORAGE) void readStorage();
listen(
  'options',
  (notice) => {
    hear(notice);
    // Runs tell of themselves often, and change nothing of the rest.
    if (notice.kind === 'sync') void readSync();
    else if (notice.kind === 'storage') void readRun();
    else if (notice.kind !== 'mapping' && notice.kind !== 'messages') void readAll();
  },
  {
    onReconnect: () => {
      hear(null);
      void readAll();
    },
  },
);
