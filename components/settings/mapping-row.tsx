import { t } from '../../lib/i18n/translate.ts';
import { claimedId, type MappingState } from '../../lib/model/mapping.ts';
import type { MappingLine } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { accountWord, inErpnext } from './mapping-lines.ts';

interface MappingRowProps {
  line: MappingLine;
  seesAll: boolean;
  /** Who it is is being chosen. */
  open: boolean;
  onOpen: () => void;
}

const TONE: Record<MappingState, string> = {
  mapped: 'ui-badge-good',
  ambiguous: 'ui-badge-warn',
  disagrees: 'ui-badge-warn',
  disabled: 'ui-badge-warn',
  left: 'ui-badge-warn',
  'not-found': '',
  'no-email': '',
};

/** One ERPNext user and their Microsoft account. */
export function MappingRow({ line, seesAll, open, onOpen }: MappingRowProps) {
  const { person } = line;
  const written = inErpnext(line);
  const account = accountWord(line);
  return (
    <tr>
      <th scope="row" dir="auto">
        {line.name}
      </th>
      <td dir="ltr">{line.address}</td>
      <td>
        <span class={`ui-badge ${TONE[line.state]}`}>{t(`mapping.state.${line.state}`)}</span>
      </td>
      <td>
        {person && (
          <>
            <span dir="auto">{person.displayName}</span>
            <span class="ui-muted mapping-second" dir="ltr">
              {person.mail ?? person.userPrincipalName}
            </span>
          </>
        )}
        <span class="ui-muted mapping-second">{noteOf(line)}</span>
      </td>
      <td>
        {account ||
          (person && !seesAll && (
            <span class="ui-muted" title={t('mapping.account.unknown')}>
              – <span class="ui-visually-hidden">{t('mapping.account.unknown')}</span>
            </span>
          ))}
      </td>
      <td>
        {t(`mapping.erpnext.${written}`)}
        {line.problem && <span class="ui-muted mapping-second">{line.problem.text}</span>}
      </td>
      <td>
        <Button onClick={onOpen} expanded={open} label={t('mapping.chooseFor', { name: line.name })}>
          {person ? t('mapping.change') : t('mapping.choose')}
        </Button>
      </td>
    </tr>
  );
}

function noteOf(line: MappingLine): string {
  if (line.by === 'person') return t('mapping.by.person');
  if (line.state === 'ambiguous') return t('mapping.note.ambiguous', { count: line.candidates.length });
  if (line.state === 'left') return t('mapping.note.left');
  if (line.state === 'disagrees') {
    const claim = claimedId(line.azureId);
    const claimed = line.candidates.find((one) => one.id === claim);
    const name = (claimed ?? line.candidates[0])?.displayName ?? '';
    return t(claimed ? 'mapping.note.disagrees' : 'mapping.note.renamed', { name });
  }
  return line.by === 'alias' ? t('mapping.by.alias') : '';
}
