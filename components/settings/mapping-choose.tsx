import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { claimedId } from '../../lib/model/mapping.ts';
import type { Person } from '../../lib/model/person.ts';
import type { MappingLine } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { MappingActions } from './mapping-section.tsx';

interface ChoosePersonProps {
  line: MappingLine;
  write: boolean;
  actions: Pick<MappingActions, 'choose' | 'search' | 'act'>;
  onClose: () => void;
}

/** Who an ERPNext user is: one of those who come into question, or anybody who is searched for. */
export function ChoosePerson({ line, write, actions, onClose }: ChoosePersonProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<Person[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  useEscape(onClose);

  const run = async <T,>(work: Promise<Result<T>>, then: (value: T) => void) => {
    setBusy(true);
    setProblem(null);
    const result = await work;
    setBusy(false);
    if (result.ok) then(result.value);
    else setProblem(result.error);
  };
  const take = (userId: UserId | null) => void run(actions.choose(line.address, userId, write), onClose);
  const claim = claimedId(line.azureId);

  return (
    <section class="mapping-choose" aria-labelledby="mapping-choose">
      <h3 id="mapping-choose" ref={heading} tabIndex={-1}>
        {t('mapping.chooseFor', { name: line.name })}
      </h3>
      <p class="ui-muted">{t('mapping.chooseHelp')}</p>
      <People people={line.candidates} onTake={take}>
        {(person) =>
          person.id === claim && person.mail !== line.email
            ? t('mapping.claimed')
            : t('mapping.answers', { email: line.address })
        }
      </People>
      <form
        class="mapping-search"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) void run(actions.search(text), setFound);
        }}
      >
        <label class="ui-field">
          <span class="ui-label">{t('mapping.searchPerson')}</span>
          <input
            class="ui-input"
            type="search"
            value={text}
            placeholder={t('mapping.searchHelp')}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="ui-button" aria-disabled={busy ? 'true' : undefined}>
          {t('mapping.searchButton')}
        </button>
      </form>
      {found && found.length === 0 && <p role="status">{t('mapping.searchNone')}</p>}
      {found && <People people={found} onTake={take} />}
      {problem && <Problem problem={problem} role="alert" onAction={actions.act} />}
      <div class="mapping-buttons">
        {line.by === 'person' && <Button onClick={() => take(null)}>{t('mapping.takeBack')}</Button>}
        <Button onClick={onClose}>{t('mapping.cancel')}</Button>
      </div>
    </section>
  );
}

interface PeopleProps {
  people: readonly Person[];
  onTake: (userId: UserId) => void;
  /** What speaks for them. */
  children?: (person: Person) => string;
}

function People({ people, onTake, children }: PeopleProps) {
  if (people.length === 0) return null;
  return (
    <ul class="mapping-people">
      {people.map((person) => (
        <li key={person.id}>
          <div>
            <span dir="auto">{person.displayName}</span>{' '}
            {person.guest && <span class="ui-badge">{t('people.guest')}</span>}
            <span class="ui-muted mapping-second" dir="ltr">
              {person.mail ?? person.userPrincipalName}
            </span>
            {children && <span class="ui-muted mapping-second">{children(person)}</span>}
          </div>
          <Button onClick={() => onTake(person.id)}>{t('mapping.take', { name: person.displayName })}</Button>
        </li>
      ))}
    </ul>
  );
}
