import { FileText } from 'lucide';
import { Doctypes } from '../../components/settings/options-doctypes.tsx';
import type { OptionsSection } from '../../components/settings/options-screen.tsx';
import { t } from '../../lib/i18n/translate.ts';
import { chooseSite, doctypeActions, openSite, site, view } from './options-state.ts';

/** The pages of the options, in their order. Each is a line here and a component in components/settings. */
export function sections(): OptionsSection[] {
  return [
    {
      id: 'doctypes',
      title: t('doctypes.title'),
      icon: FileText,
      body: () =>
        view.value && (
          <Doctypes
            view={view.value}
            origin={site.value}
            onSite={chooseSite}
            onOpen={openSite}
            actions={doctypeActions}
          />
        ),
    },
  ];
}
