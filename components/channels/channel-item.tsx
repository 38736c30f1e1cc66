import { Hash } from 'lucide';
import { useContext } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ChannelContext } from './channel-side.ts';

/** In the chat's menu: the way to a channel, where the record has none. */
export function ChannelItem({ onChosen }: { onChosen: () => void }) {
  const side = useContext(ChannelContext);
  if (!side?.view || side.view.channel) return null;
  return (
    <Button
      icon={Hash}
      look="quiet"
      onClick={() => {
        onChosen();
        side.show('choosing');
      }}
    >
      {t('channel.open')}
    </Button>
  );
}

/** The same in the head of a record that has no chat. */
export function ChannelButton() {
  const side = useContext(ChannelContext);
  if (!side?.view || side.view.channel) return null;
  return <IconButton icon={Hash} label={t('channel.open')} onClick={() => side.show('choosing')} />;
}
