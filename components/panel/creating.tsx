import { Check, Circle, CircleAlert } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatState, CreationStep } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { PanelActions } from './actions.ts';

const STEPS: CreationStep[] = ['claiming', 'looking', 'creating', 'writing', 'greeting'];

interface CreatingProps {
  state: Extract<ChatState, { kind: 'creating' }>;
  actions: PanelActions;
}

/** The durable job that makes the chat, step by step, and what it needs to know from the person. */
export function Creating({ state, actions }: CreatingProps) {
  const at = STEPS.indexOf(state.step);
  const stopped = state.problem !== null || state.question !== null;
  return (
    <section class="panel-pad panel-creating">
      <h2>{t('creating.title')}</h2>
      <ol class="panel-steps" aria-live="polite">
        {STEPS.map((step, i) => (
          <li
            key={step}
            class={i < at ? 'panel-step-done' : i === at ? 'panel-step-now' : 'panel-step-later'}
            aria-current={i === at ? 'step' : undefined}
          >
            {i < at ? (
              <Icon icon={Check} />
            ) : i > at ? (
              <Icon icon={Circle} />
            ) : stopped ? (
              <Icon icon={CircleAlert} />
            ) : (
              <Spinner />
            )}
            <span>{t(`creating.${step}`)}</span>
          </li>
        ))}
      </ol>
      {!stopped && <p class="ui-muted">{t('creating.keep')}</p>}
      {state.problem && (
        <Problem
          // Its "try again" is the button below.
          problem={withoutRetry(state.problem)}
          role="alert"
          onAction={actions.act}
        />
      )}
      {state.question && (
        <Notice tone="warn" title={t(`creating.question.${state.question.kind}`)} role="alert">
          <p>{state.question.text}</p>
        </Notice>
      )}
      {stopped && (
        <div class="panel-row">
          <Button look="primary" onClick={() => actions.resume('go-on')}>
            {state.question ? t('creating.goOn') : t('creating.tryAgain')}
          </Button>
          <Button onClick={() => actions.resume('give-up')}>{t('creating.giveUp')}</Button>
        </div>
      )}
    </section>
  );
}

function withoutRetry({ action, ...problem }: AppError): AppError {
  return action && action.kind !== 'retry' ? { ...problem, action } : problem;
}
