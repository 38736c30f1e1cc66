import { Mail, MessageSquare, Phone } from 'lucide';
import { useContext, useId, useState } from 'preact/hooks';
import { presenceWords } from '../../lib/i18n/desk-words.ts';
import { shownLanguage, t } from '../../lib/i18n/translate.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { callLink, newChatLink } from '../chat/deep-links.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { Face } from './face.tsx';
import { FacesContext } from './faces.ts';

interface ReachProps {
  userId: UserId | null;
  name: string;
  src: string | null;
  /** Without one there is no way to them, and no button. */
  email: string | null;
}

/**
 * A face that opens the ways to its person: chat and call in Teams, mail. Two pieces, since the ways stand under the
 * name, where there is room for them.
 */
export function useReach({ userId, name, src, email }: ReachProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const presence = useContext(FacesContext).presenceOf(userId);
  useEscape(open ? () => setOpen(false) : null);
  const words = presence && presenceWords(presence, shownLanguage());
  const label = t('reach.open', { name: words ? `${name}, ${words}` : name });
  const face = email ? (
    <button
      type="button"
      class="people-face-button"
      aria-expanded={open}
      aria-controls={open ? id : undefined}
      aria-label={label}
      title={label}
      onClick={() => setOpen(!open)}
    >
      <Face userId={userId} name={name} src={src} />
    </button>
  ) : (
    <Face userId={userId} name={name} src={src} />
  );
  const ways = open && email && (
    <div id={id} class="people-reach">
      {words && <span class="people-mail">{words}</span>}
      <ExternalLink look="button" icon={MessageSquare} href={newChatLink([email])}>
        {t('reach.chat')}
      </ExternalLink>
      <ExternalLink look="button" icon={Phone} href={callLink([email])}>
        {t('reach.call')}
      </ExternalLink>
      <ExternalLink look="button" icon={Mail} href={mailTo(email)}>
        {t('reach.mail')}
      </ExternalLink>
    </div>
  );
  return { face, ways };
}

/** What stands before the address's end is quoted: `?cc=…` in an address must not become a header. */
function mailTo(email: string): string {
  return `mailto:${encodeURIComponent(email).replaceAll('%40', '@')}`;
}
