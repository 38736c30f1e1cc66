import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, Download } from 'lucide';
import { Fragment } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { MAPPING_STATES, type MappingState } from '../../lib/model/mapping.ts';
import type { MappingLine } from '../../lib/rpc/contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ChoosePerson } from './mapping-choose.tsx';
import { type Column, countStates, csvOf, type Filter, linesOf, type Order } from './mapping-lines.ts';
import { MappingRow } from './mapping-row.tsx';
import type { MappingActions } from './mapping-section.tsx';

interface MappingTableProps {
  host: string;
  lines: readonly MappingLine[];
  seesAll: boolean;
  /** A run is under way: lines still come. */
  busy: boolean;
  write: boolean;
  actions: MappingActions;
}

/** A page of it is in the document at a time: 2,000 rows make a browser and a screen reader slow. */
const PAGE = 100;
const COLUMNS: readonly Column[] = ['name', 'email', 'state', 'person', 'erpnext'];

export function MappingTable({ host, lines, seesAll, busy, write, actions }: MappingTableProps) {
  const [filter, setFilter] = useState<Filter>({ state: null, text: '' });
  const [order, setOrder] = useState<Order>({ by: 'name', descending: false });
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const counts = useMemo(() => countStates(lines), [lines]);
  const shown = useMemo(() => linesOf(lines, filter, order), [lines, filter, order]);
  const from = Math.min(page, Math.max(0, Math.ceil(shown.length / PAGE) - 1)) * PAGE;
  const narrow = (change: Partial<Filter>) => {
    setFilter({ ...filter, ...change });
    setPage(0);
  };

  if (lines.length === 0)
    return busy ? null : (
      <div class="mapping-empty">
        <h3>{t('mapping.empty')}</h3>
        <p class="ui-muted">{t('mapping.emptyHelp')}</p>
      </div>
    );
  return (
    <>
      <div class="mapping-tools">
        <label class="ui-field">
          <span class="ui-label">{t('mapping.filter')}</span>
          <select
            class="ui-input"
            value={filter.state ?? ''}
            onChange={(event) => narrow({ state: (event.currentTarget.value || null) as MappingState | null })}
          >
            <option value="">
              {t('mapping.all')} ({lines.length})
            </option>
            {MAPPING_STATES.filter((state) => counts[state] > 0 || state === filter.state).map((state) => (
              <option key={state} value={state}>
                {t(`mapping.state.${state}`)} ({counts[state]})
              </option>
            ))}
          </select>
        </label>
        <label class="ui-field">
          <span class="ui-label">{t('mapping.search')}</span>
          <input
            class="ui-input"
            type="search"
            value={filter.text}
            onInput={(event) => narrow({ text: event.currentTarget.value })}
          />
        </label>
        <Button icon={Download} onClick={() => actions.save(`azure-ids-${host}.csv`, csvOf(shown))}>
          {t('mapping.csv')}
        </Button>
      </div>
      <div class="mapping-scroll">
        <table class="mapping-table">
          <caption class="ui-visually-hidden">{t('mapping.table', { host })}</caption>
          <thead>
            <tr>
              {COLUMNS.map((by) => (
                <Fragment key={by}>
                  <SortHead by={by} order={order} onOrder={setOrder} />
                  {by === 'person' && <th scope="col">{t('mapping.column.account')}</th>}
                </Fragment>
              ))}
              <th scope="col">
                <span class="ui-visually-hidden">{t('mapping.column.action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(from, from + PAGE).map((line) => (
              <Fragment key={line.address}>
                <MappingRow
                  line={line}
                  seesAll={seesAll}
                  open={open === line.address}
                  onOpen={() => setOpen(open === line.address ? null : line.address)}
                />
                {open === line.address && (
                  <tr>
                    <td colSpan={COLUMNS.length + 2}>
                      <ChoosePerson
                        line={line}
                        write={write}
                        actions={actions}
                        onClose={() => setOpen((now) => (now === line.address ? null : now))}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <div class="mapping-pages">
        <span role="status">
          {shown.length === 0
            ? t('mapping.none')
            : t('mapping.page', { from: from + 1, to: Math.min(from + PAGE, shown.length), total: shown.length })}
        </span>
        {shown.length > PAGE && (
          <>
            <IconButton
              icon={ChevronLeft}
              flip
              label={t('mapping.previous')}
              disabled={from === 0}
              onClick={() => setPage(from / PAGE - 1)}
            />
            <IconButton
              icon={ChevronRight}
              flip
              label={t('mapping.next')}
              disabled={from + PAGE >= shown.length}
              onClick={() => setPage(from / PAGE + 1)}
            />
          </>
        )}
      </div>
    </>
  );
}

function SortHead({ by, order, onOrder }: { by: Column; order: Order; onOrder: (order: Order) => void }) {
  const mine = order.by === by;
  return (
    <th scope="col" aria-sort={mine ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="mapping-sort" onClick={() => onOrder({ by, descending: mine && !order.descending })}>
        {t(`mapping.column.${by}`)}
        {mine && <Icon icon={order.descending ? ArrowDown : ArrowUp} size={12} />}
      </button>
    </th>
  );
}
