import { Ellipsis, Hash, Search, X } from 'lucide';
import { useContext } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ChannelView } from '../../lib/rpc/contract/channels.ts';
import { channelLink } from '../chat/deep-links.ts';
import { PanelHeader } from '../panel/panel-header.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { usePopover } from '../ui/use-popover.ts';
import { useSlash } from '../ui/use-slash.ts';
import { ChannelName } from './channel-name.tsx';
import { ChannelContext } from './channel-side.ts';

interface ChannelHeadProps {
  /** The record's. */
  title: string;
  view: ChannelView;
  onClose: () => void;
}

/** Over a channel: which it is, search in it, Open in Teams, and what else can be done with it. */
export function ChannelHead({ title, view, onClose }: ChannelHeadProps) {
  const side = useContext(ChannelContext)!;
  const search = () => side.turn({ kind: 'search', text: '' });
  useSlash(search);
  const channel = view.channel!;
  return (
    <PanelHeader title={title} sub={<ChannelName channel={channel} />} onClose={onClose}>
      <IconButton icon={Search} label={t('channel.searchIn')} onClick={search} />
      <ExternalLink look="icon" href={channelLink(channel, view.tenant)} label={t('chat.open')} />
      <Menu view={view} />
    </PanelHeader>
  );
}

function Menu({ view }: { view: ChannelView }) {
  const side = useContext(ChannelContext)!;
  const { open, box, toggle, leave } = usePopover();
  return (
    <div ref={box} class="panel-members">
      <IconButton icon={Ellipsis} label={t('channel.menu')} expanded={open} onClick={toggle} />
      {open && (
        <section class="panel-popover panel-menu" aria-label={t('channel.menu')}>
          <Button
            icon={Hash}
            look="quiet"
            onClick={() => {
              leave();
              side.show('choosing');
            }}
          >
            {t('channel.change')}
          </Button>
          <Button
            icon={X}
            look="quiet"
            onClick={() => {
              leave();
              void side.choose(null);
            }}
          >
            {t('channel.remove')}
          </Button>
          <p class="ui-muted panel-menu-text">{t(`channel.from_${view.chosenBy}`)}</p>
        </section>
      )}
    </div>
  );
}
