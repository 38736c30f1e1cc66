import { Globe, PlugZap } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Origin } from '../../lib/model/ids.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface SiteGateProps {
  sites: OptionsView['sites'];
  /** The site that is worked with. */
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  /** Opens the site in a tab, through which ERPNext is reached. */
  onOpen: (origin: Origin) => void;
  children: ComponentChildren;
  /** What can be shown of the site without a tab. */
  offline?: ComponentChildren;
}

/** What needs a site: which one, or how to get there. */
export function SiteGate({ sites, origin, onSite, onOpen, children, offline }: SiteGateProps) {
  const site = sites.find((one) => one.origin === origin);
  if (!site)
    return (
      <EmptyState icon={Globe} title={t('options.noSite')}>
        <p>{t('options.noSiteHow')}</p>
      </EmptyState>
    );
  return (
    <>
      {sites.length > 1 && <SitePick sites={sites} origin={site.origin} onSite={onSite} />}
      {site.erpUser ? (
        children
      ) : (
        <>
          <EmptyState icon={PlugZap} title={t('options.noTab', { host: hostOf(site.origin) })}>
            <p>{t('options.noTabWhy')}</p>
            <Button look="primary" large onClick={() => onOpen(site.origin)}>
              {t('options.openTab', { host: hostOf(site.origin) })}
            </Button>
          </EmptyState>
          {offline}
        </>
      )}
    </>
  );
}

/** Which of several sites. */
export function SitePick({ sites, origin, onSite }: Pick<SiteGateProps, 'sites' | 'onSite'> & { origin: Origin }) {
  const id = useId();
  return (
    <div class="ui-field">
      <label class="ui-label" for={id}>
        {t('options.site')}
      </label>
      <select
        id={id}
        class="ui-input"
        dir="ltr"
        value={origin}
        onChange={(event) => onSite(event.currentTarget.value as Origin)}
      >
        {sites.map((site) => (
          <option key={site.origin} value={site.origin}>
            {hostOf(site.origin)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The scheme is left out where it is the usual one. */
export function hostOf(origin: Origin): string {
  return origin.replace(/^https:\/\//, '');
}
