import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import { Icon } from '../ui/icon.tsx';
import { Problem } from '../ui/notice.tsx';

/** One page of the options, named in the address by `#id`. */
export interface OptionsSection {
  id: string;
  title: string;
  icon: IconNode;
  body: () => ComponentChildren;
}

interface OptionsScreenProps {
  sections: OptionsSection[];
  /** Id of the section that the address names; any other shows the first. */
  current: string;
  problem: AppError | null;
  onProblemSeen: () => void;
  onAction: (action: ErrorAction) => void;
}

/** The options, as Frappe lays out its settings: sections at the start, one of them beside. */
export function OptionsScreen({ sections, current, problem, onProblemSeen, onAction }: OptionsScreenProps) {
  const shown = sections.find(({ id }) => id === current) ?? sections[0]!;
  return (
    <div class="options">
      <header class="options-head">
        <img src="/icon/48.png" alt="" />
        <h1>{t('options.title')}</h1>
      </header>
      <nav class="options-nav" aria-label={t('options.sections')}>
        <ul>
          {sections.map(({ id, title, icon }) => (
            <li key={id}>
              <a href={`#${id}`} aria-current={id === shown.id ? 'page' : undefined}>
                <Icon icon={icon} />
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="options-main" key={shown.id}>
        <h2>{shown.title}</h2>
        {problem && <Problem problem={problem} tone="bad" role="alert" onAction={onAction} onDismiss={onProblemSeen} />}
        {shown.body()}
      </main>
    </div>
  );
}
