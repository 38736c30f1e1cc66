import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, ErrorAction } from '../../lib/model/errors.ts';
import { Button, IconButton } from './button.tsx';
import { Detail } from './detail.tsx';
import { ExternalLink } from './external-link.tsx';
import { Icon } from './icon.tsx';
import { useCopied } from './use-copied.ts';

type Tone = 'info' | 'warn' | 'bad' | 'good';
const ICONS = { info: Info, warn: TriangleAlert, bad: CircleAlert, good: CircleCheck };

interface NoticeProps {
  tone?: Tone;
  title?: string;
  children?: ComponentChildren;
  onDismiss?: () => void;
  /** Read out at once (`alert`), or when there is time (`status`); nothing where it stood there from the start. */
  role?: 'alert' | 'status';
}

/** A sentence that must be seen, in a tinted box. */
export function Notice({ tone = 'info', title, children, onDismiss, role }: NoticeProps) {
  return (
    <div class={`ui-notice ui-notice-${tone}`} role={role}>
      <Icon icon={ICONS[tone]} />
      <div class="ui-notice-body">
        {title && <div class="ui-notice-title">{title}</div>}
        {children}
      </div>
      {onDismiss && <IconButton icon={X} size={14} label={t('ui.dismiss')} onClick={onDismiss} />}
    </div>
  );
}

interface ProblemProps {
  problem: AppError;
  onAction: (action: ErrorAction) => void;
  tone?: Tone;
  onDismiss?: () => void;
  role?: 'alert' | 'status';
}

/** An AppError as a person meets it: what happened, what to do, and the one button that does it. */
export function Problem({ problem, onAction, tone = 'warn', onDismiss, role = 'status' }: ProblemProps) {
  return (
    <Notice tone={tone} title={problem.title} role={role} {...(onDismiss ? { onDismiss } : {})}>
      <p>{problem.text}</p>
      {problem.detail && <Detail text={problem.detail} />}
      {problem.action && <ProblemAction action={problem.action} onAction={onAction} />}
    </Notice>
  );
}

function ProblemAction({ action, onAction }: { action: ErrorAction; onAction: (action: ErrorAction) => void }) {
  const [copied, copy] = useCopied();
  if (action.kind === 'open' || action.kind === 'consent')
    return (
      <ExternalLink look="button" href={action.url}>
        {action.label}
      </ExternalLink>
    );
  if (action.kind === 'make-room')
    return (
      <a class="ui-button" href="/options.html#storage" target="_blank" rel="noopener">
        {action.label}
      </a>
    );
  if (action.kind === 'copy')
    return <Button onClick={() => copy(action.text)}>{copied ? t('ui.copied') : action.label}</Button>;
  return <Button onClick={() => onAction(action)}>{action.label}</Button>;
}
