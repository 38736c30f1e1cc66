import {
  BellRing,
  Circle,
  CircleUser,
  FileText,
  HardDrive,
  Hash,
  History,
  ListPlus,
  MessagesSquare,
  Users,
} from 'lucide';
import { AccountsSection } from '../../components/settings/accounts-section.tsx';
import { ChannelDefaults } from '../../components/settings/channel-defaults.tsx';
import { FacesSection } from '../../components/settings/faces-section.tsx';
import { MappingSection } from '../../components/settings/mapping-section.tsx';
import { MessagesSection } from '../../components/settings/messages-section.tsx';
import { Chats } from '../../components/settings/options-chats.tsx';
import { Doctypes } from '../../components/settings/options-doctypes.tsx';
import { Fields } from '../../components/settings/options-fields.tsx';
import type { OptionsSection } from '../../components/settings/options-screen.tsx';
import { PushSection } from '../../components/settings/push-section.tsx';
import { StorageSection } from '../../components/settings/storage-section.tsx';
import { t } from '../../lib/i18n/translate.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { CHANNELS, channelActions, channels } from './channels-state.ts';
import { chats, chatsActions } from './chats-state.ts';
import { busy, faces, problem as facesProblem, setFace } from './faces-state.ts';
import { lines, mapping, mappingActions, PEOPLE, price, problem } from './mapping-state.ts';
import {
  accountActions,
  askingSignOut,
  chooseSite,
  doctypeActions,
  fieldActions,
  openSite,
  site,
  view,
} from './options-state.ts';
import { pushActions } from './push-state.ts';
import { persistent, run, STORAGE, storageActions, problem as storageProblem, stored } from './storage-state.ts';
import { messagesActions, sync, syncSettings } from './sync-state.ts';

/** The pages of the options, in their order. Each is an entry here and a component in components/settings. */
export function sections(): OptionsSection[] {
  return [
    {
      id: 'doctypes',
      title: t('doctypes.title'),
      icon: FileText,
      body: () => view.value && <Doctypes {...ofSite(view.value)} actions={doctypeActions} />,
    },
    {
      id: 'chats',
      title: t('chats.title'),
      icon: MessagesSquare,
      body: () =>
        view.value &&
        chats.value && (
          <Chats
            chats={chats.value}
            sites={view.value.sites.map(({ origin }) => origin)}
            doctypes={view.value.doctypes.filter(({ on }) => on).map(({ rule }) => rule.doctype)}
            actions={chatsActions}
          />
        ),
    },
    {
      id: 'messages',
      title: t('sync.title'),
      icon: History,
      body: () =>
        sync.value &&
        syncSettings.value && <MessagesSection view={syncSettings.value} sync={sync.value} actions={messagesActions} />,
    },
    {
      id: CHANNELS,
      title: t('channel.defaults'),
      icon: Hash,
      body: () =>
        view.value && <ChannelDefaults {...ofSite(view.value)} channels={channels.value} actions={channelActions} />,
    },
    {
      id: 'fields',
      title: t('fields.title'),
      icon: ListPlus,
      body: () => view.value && <Fields {...ofSite(view.value)} actions={fieldActions} />,
    },
    {
      id: PEOPLE,
      title: t('mapping.title'),
      icon: Users,
      body: () =>
        view.value && (
          <MappingSection
            {...ofSite(view.value)}
            mapping={mapping.value}
            price={price.value}
            lines={lines.value}
            problem={problem.value}
            actions={mappingActions}
          />
        ),
    },
    {
      id: 'faces',
      title: t('faces.title'),
      icon: Circle,
      body: () =>
        faces.value && (
          <FacesSection
            faces={faces.value}
            problem={facesProblem.value}
            busy={busy.value}
            onSet={(what, on) => void setFace(what, on)}
          />
        ),
    },
    {
      id: 'push',
      title: t('push.title'),
      icon: BellRing,
      body: () => view.value && <PushSection {...ofSite(view.value)} actions={pushActions} />,
    },
    {
      id: STORAGE,
      title: t('storage.title'),
      icon: HardDrive,
      body: () => (
        <StorageSection
          view={stored.value}
          persistent={persistent.value}
          run={run.value}
          problem={storageProblem.value}
          actions={storageActions}
        />
      ),
    },
    {
      id: 'accounts',
      title: t('account.headings'),
      icon: CircleUser,
      body: () =>
        view.value && (
          <AccountsSection
            view={view.value}
            asking={askingSignOut.value}
            onStay={() => {
              askingSignOut.value = null;
            }}
            actions={accountActions}
          />
        ),
    },
  ];
}

/** What every section that works with a site takes. */
function ofSite(shown: OptionsView) {
  return { view: shown, origin: site.value, onSite: chooseSite, onOpen: openSite };
}
