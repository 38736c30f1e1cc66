import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction, Result } from '../../lib/model/errors.ts';
import type { Origin, UserId } from '../../lib/model/ids.ts';
import type { Person } from '../../lib/model/person.ts';
import type { MappingLine, MappingPrice, MappingView, OptionsView } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Progress, StartCard } from './mapping-run.tsx';
import { MappingTable } from './mapping-table.tsx';
import { hostOf, SiteGate } from './options-site.tsx';

/** What a person can do with the mapping of a site's users. */
export interface MappingActions {
  signIn(): void;
  /** `write`: the ids into ERPNext, too. Resolves once what runs is on screen. */
  start(write: boolean): Promise<void>;
  stop(): void;
  goOn(): void;
  /** Who a user is; null takes an earlier choice back. */
  choose(address: string, userId: UserId | null, write: boolean): Promise<Result<void>>;
  search(text: string): Promise<Result<Person[]>>;
  /** Hands the person a file. */
  save(name: string, text: string): void;
  act(action: ErrorAction): void;
}

export interface MappingSectionProps {
  view: OptionsView;
  /** The site that is worked with. */
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  onOpen: (origin: Origin) => void;
  /** Null while it is being asked for. */
  mapping: MappingView | null;
  /** Null while it is being asked for, or cannot be. */
  price: MappingPrice | null;
  lines: readonly MappingLine[];
  problem: AppError | null;
  actions: MappingActions;
}

/** "People": who a site's users are at Microsoft, found for all of them at once and corrected by hand. */
export function MappingSection(props: MappingSectionProps) {
  const { view, origin, mapping, price, lines, problem, actions } = props;
  const [write, setWrite] = useState(true);
  if (mapping && !mapping.signedIn)
    return (
      <Notice tone="warn" title={t('mapping.signedOut')}>
        <p>{t('mapping.signedOutHelp')}</p>
        <Button onClick={actions.signIn}>{t('mapping.signIn')}</Button>
      </Notice>
    );
  const table = origin && mapping && (
    <>
      {mapping.run && <Progress run={mapping.run} actions={actions} />}
      {!mapping.seesAll && <p class="ui-muted">{t('mapping.reduced')}</p>}
      <MappingTable
        key={origin}
        host={hostOf(origin)}
        lines={lines}
        seesAll={mapping.seesAll}
        busy={mapping.run !== null}
        write={write}
        actions={actions}
      />
    </>
  );
  return (
    <div class="mapping">
      <p class="ui-muted">{t('mapping.intro')}</p>
      {problem && <Problem problem={problem} role="alert" onAction={actions.act} />}
      <SiteGate sites={view.sites} origin={origin} onSite={props.onSite} onOpen={props.onOpen} offline={table}>
        {mapping && !mapping.run && (
          <StartCard
            price={price}
            asking={!problem}
            again={lines.length > 0}
            write={write}
            onWrite={setWrite}
            onStart={() => actions.start(write)}
          />
        )}
        {table}
      </SiteGate>
    </div>
  );
}
