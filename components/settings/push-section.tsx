import { CircleAlert, CircleCheck, CircleDashed } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { Origin } from '../../lib/model/ids.ts';
import type { PushCheck, PushView } from '../../lib/rpc/contract/push.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { SiteGate } from './options-site.tsx';

/** What a person can do with a site's bell. */
export interface PushActions {
  view(origin: Origin): Promise<Result<PushView>>;
  setUp(origin: Origin): Promise<Result<PushView>>;
  undo(origin: Origin): Promise<Result<PushView>>;
}

export interface PushProps {
  view: OptionsView;
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  onOpen: (origin: Origin) => void;
  actions: PushActions;
}

/** New messages at once, where an administrator lets the site ring: what that writes, whether it works, and its undoing. */
export function PushSection({ view, origin, onSite, onOpen, actions }: PushProps) {
  return (
    <>
      <p class="ui-muted">{t('push.intro')}</p>
      <SiteGate sites={view.sites} origin={origin} onSite={onSite} onOpen={onOpen}>
        <SiteBell key={origin} origin={origin!} actions={actions} />
      </SiteGate>
    </>
  );
}

function SiteBell({ origin, actions }: { origin: Origin; actions: PushActions }) {
  const [bell, setBell] = useState<PushView | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(true);
  const run = async (asked: Promise<Result<PushView>>) => {
    setBusy(true);
    const answer = await asked;
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setBell(answer.value);
  };
  const look = () => void run(actions.view(origin));
  useEffect(look, [origin]);
  return (
    <>
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={look} />}
      {busy && !bell && (
        <p class="panel-busy" role="status">
          <Spinner size={14} /> {t('push.checking')}
        </p>
      )}
      {bell && (
        <section class="options-card" aria-labelledby="push-state">
          <h3 id="push-state">{t(bell.on ? 'push.on' : 'push.off')}</h3>
          <ul class="push-checks">
            {bell.checks.map((check) => (
              <Check key={check.what} check={check} onAction={look} />
            ))}
          </ul>
          <Buttons bell={bell} busy={busy} onLook={look} {...{ origin, actions, run }} />
        </section>
      )}
    </>
  );
}

interface ButtonsProps {
  bell: PushView;
  busy: boolean;
  origin: Origin;
  actions: PushActions;
  onLook: () => void;
  run: (asked: Promise<Result<PushView>>) => Promise<void>;
}

function Buttons({ bell, busy, origin, actions, onLook, run }: ButtonsProps) {
  const [asking, setAsking] = useState(false);
  if (!bell.admin) return <p class="ui-muted">{t(bell.on ? 'push.notYours' : 'push.adminOnly')}</p>;
  if (!bell.on)
    return (
      <>
        <p class="ui-muted">{t('push.writes')}</p>
        <div class="panel-row">
          <Button look="primary" busy={busy} onClick={() => void run(actions.setUp(origin))}>
            {t('push.setUp')}
          </Button>
        </div>
      </>
    );
  if (asking)
    return (
      <Notice tone="warn" role="alert" title={t('push.undoTitle')}>
        <p>{t('push.undoText')}</p>
        <div class="panel-row">
          <Button
            look="primary"
            busy={busy}
            onClick={() => {
              setAsking(false);
              void run(actions.undo(origin));
            }}
          >
            {t('push.undoYes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('push.undoNo')}</Button>
        </div>
      </Notice>
    );
  return (
    <div class="panel-row">
      <Button busy={busy} onClick={onLook}>
        {t('push.again')}
      </Button>
      <Button busy={busy} onClick={() => void run(actions.setUp(origin))}>
        {t('push.anew')}
      </Button>
      <Button onClick={() => setAsking(true)}>{t('push.undo')}</Button>
    </div>
  );
}

const ICONS = { good: CircleCheck, bad: CircleAlert, open: CircleDashed };

function Check({ check, onAction }: { check: PushCheck; onAction: () => void }) {
  return (
    <li class={`push-check push-check-${check.state}`}>
      <Icon icon={ICONS[check.state]} />
      <div>
        <p>
          {t(`push.check.${check.what}`)}: {t(`push.state.${check.state}`)}
        </p>
        {check.state === 'open' && <p class="ui-muted">{t('push.openText')}</p>}
        {check.problem && <Problem problem={check.problem} onAction={onAction} />}
      </div>
    </li>
  );
}
