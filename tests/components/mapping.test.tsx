// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { csvOf, inErpnext } from '../../components/settings/mapping-lines.ts';
import {
  type MappingActions,
  MappingSection,
  type MappingSectionProps,
} from '../../components/settings/mapping-section.tsx';
import { fail } from '../../lib/model/errors.ts';
import { asErpUser, asOrigin, asUserId, foldEmail } from '../../lib/model/ids.ts';
import type { DirectoryPerson } from '../../lib/model/mapping.ts';
import type { MappingLine, MappingPrice, MappingView } from '../../lib/rpc/contract.ts';

const ERP = asOrigin('https://erp.contoso.test');
const guid = (n: number) => asUserId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const person = (n: number, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: guid(n),
  displayName: `Person ${n}`,
  mail: foldEmail(`person${n}@contoso.test`),
  userPrincipalName: `person${n}@contoso.test`,
  guest: false,
  enabled: null,
  aliases: null,
  ...more,
});
const line = (n: number, more: Partial<MappingLine> = {}): MappingLine => ({
  user: asErpUser(`person${n}@contoso.test`),
  address: `person${n}@contoso.test`,
  email: foldEmail(`person${n}@contoso.test`),
  name: `User ${n}`,
  azureId: guid(n),
  state: 'mapped',
  person: person(n),
  candidates: [],
  by: 'address',
  lookedUpAt: 0,
  problem: null,
  ...more,
});
const unknown = { state: 'not-found', person: null, by: null, azureId: '' } as const;
const LINES: MappingLine[] = [
  line(2),
  line(10, { ...unknown, name: 'Zoë Größe' }),
  line(1, { ...unknown, state: 'ambiguous', candidates: [person(1), person(7)] }),
  line(3, { state: 'disagrees', person: null, by: null, azureId: guid(7), candidates: [person(3), person(7)] }),
];
const PRICE: MappingPrice = {
  users: 2000,
  requests: 14,
  seconds: 21,
  secondsAWrite: 0.5,
  mayWriteAll: true,
  hasField: true,
};
const VIEW: MappingView = { signedIn: true, seesAll: false, run: null };
const ok = { ok: true as const, value: undefined };

afterEach(cleanup);

function show(more: Partial<MappingSectionProps> = {}) {
  const actions = {
    signIn: vi.fn(),
    start: vi.fn(async () => {}),
    stop: vi.fn(),
    goOn: vi.fn(),
    choose: vi.fn(async () => ok),
    search: vi.fn(async () => ({ ok: true as const, value: [person(9, { displayName: 'Quentin' })] })),
    save: vi.fn(),
    act: vi.fn(),
  } satisfies MappingActions;
  render(
    <MappingSection
      view={{
        sites: [{ origin: ERP, erpUser: asErpUser('me') }],
        doctypes: [],
        accounts: [],
        signInProblem: null,
        signingIn: false,
        commentLinks: { on: true, managed: false },
      }}
      origin={ERP}
      onSite={vi.fn()}
      onOpen={vi.fn()}
      mapping={VIEW}
      price={PRICE}
      lines={LINES}
      problem={null}
      actions={actions}
      {...more}
    />,
  );
  return actions;
}

const names = () => screen.getAllByRole('rowheader').map((cell) => cell.textContent);
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const filter = (text: string) =>
  fireEvent.input(screen.getByRole('searchbox', { name: 'Name or address' }), { target: { value: text } });

describe('before a run', () => {
  it('says what it costs, and what it writes', () => {
    const actions = show({ lines: [] });
    expect(screen.getByText('2,000 enabled users.')).toBeTruthy();
    expect(screen.getByText(/at most 14 requests to Microsoft, about 21 seconds/)).toBeTruthy();
    expect(screen.getByText(/about 17 minutes for all of them/)).toBeTruthy();
    fireEvent.click(screen.getByRole('switch', { name: 'Write the IDs into ERPNext' }));
    click('Sync Azure IDs');
    expect(actions.start).toHaveBeenCalledWith(false);
  });

  it('says where ids stay, without the right or the field', () => {
    show({ price: { ...PRICE, mayWriteAll: false } });
    expect(screen.getByText(/You may write your own user only/)).toBeTruthy();
    cleanup();
    show({ price: { ...PRICE, hasField: false } });
    expect(screen.getByText(/have no field azure_object_id/)).toBeTruthy();
    expect(screen.queryByRole('switch')).toBeNull();
  });

  it('asks to sign in, or for a tab; what is known is shown without one', () => {
    const actions = show({ mapping: { ...VIEW, signedIn: false } });
    click('Sign in with Microsoft');
    expect(actions.signIn).toHaveBeenCalled();
    cleanup();
    show({
      view: {
        sites: [{ origin: ERP, erpUser: null }],
        doctypes: [],
        commentLinks: { on: true, managed: false },
        accounts: [],
        signInProblem: null,
        signingIn: false,
      },
    });
    expect(screen.queryByRole('button', { name: 'Sync again' })).toBeNull();
    expect(names()).toHaveLength(4);
  });
});

describe('a run', () => {
  const run = { step: 'look' as const, done: 300, total: 2000, problem: null, wakeAt: null };
  it('shows how far it is, and can be cancelled', () => {
    const actions = show({ mapping: { ...VIEW, run } });
    const bar = screen.getByRole('progressbar', { name: 'Looking people up: 300 of 2,000' }) as HTMLProgressElement;
    expect([bar.value, bar.max]).toEqual([300, 2000]);
    expect(screen.queryByRole('button', { name: 'Sync again' })).toBeNull();
    click('Cancel');
    expect(actions.stop).toHaveBeenCalled();
  });

  it('that waits says why, and goes on when told', () => {
    const problem = fail('no-tab', 'No ERPNext tab is open', 'Open it.').error;
    const actions = show({ mapping: { ...VIEW, run: { ...run, problem } } });
    expect(screen.getByText('No ERPNext tab is open')).toBeTruthy();
    click('Go on now');
    expect(actions.goOn).toHaveBeenCalled();
  });
});

describe('the table', () => {
  it('is sorted by its heads, numbers by their value', () => {
    show();
    expect(names()).toEqual(['User 1', 'User 2', 'User 3', 'Zoë Größe']);
    const head = screen.getByRole('columnheader', { name: 'E-mail' });
    expect(head.getAttribute('aria-sort')).toBe('none');
    click('E-mail');
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    expect(names()).toEqual(['User 1', 'User 2', 'User 3', 'Zoë Größe']);
    click('E-mail');
    expect(head.getAttribute('aria-sort')).toBe('descending');
    expect(names()[0]).toBe('Zoë Größe');
    click('State');
    expect(names()).toEqual(['User 2', 'User 1', 'User 3', 'Zoë Größe']);
  });

  it('is filtered by state and by every word, whatever its accents', () => {
    show();
    filter('zoe GROSSE');
    expect(names()).toEqual(['Zoë Größe']);
    filter('nobody');
    expect(screen.getByText('No user matches.')).toBeTruthy();
    filter('');
    fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'ambiguous' } });
    expect(names()).toEqual(['User 1']);
  });

  it('shows a hundred of 2,000 at a time', () => {
    show({ lines: Array.from({ length: 2000 }, (_, n) => line(n)) });
    expect(names()).toHaveLength(100);
    expect(screen.getByText('1–100 of 2,000')).toBeTruthy();
    click('Next page');
    expect(names()[0]).toBe('User 100');
    filter('user 1999');
    expect(names()).toEqual(['User 1999']);
    expect(screen.getByText('1–1 of 1')).toBeTruthy();
  });

  it('says why the account’s column is empty, and fills it where Microsoft shows it', () => {
    show();
    expect(screen.getByText(/seen only with the permission User.Read.All/)).toBeTruthy();
    expect(screen.getByRole('row', { name: /User 2/ }).textContent).toContain('Not shown without User.Read.All');
    cleanup();
    const off = line(2, { state: 'disabled', person: person(2, { enabled: false, guest: true }) });
    show({ mapping: { ...VIEW, seesAll: true }, lines: [off] });
    expect(screen.getByRole('row', { name: /User 2/ }).textContent).toContain('Guest, Disabled');
  });

  it('says of a disagreement whom ERPNext names, and never shows them as the user’s account', () => {
    show();
    const row = screen.getByRole('row', { name: /User 3/ });
    expect(row.textContent).toContain('ERPNext names Person 7, who does not answer to this address');
    expect(within(row).queryByText('person7@contoso.test')).toBeNull();
  });

  it('says what stands in ERPNext', () => {
    const problem = fail('erp-refused', 'r', 'Role is missing').error;
    expect(inErpnext(line(1))).toBe('same');
    expect(inErpnext(line(1, { azureId: guid(1).toUpperCase() }))).toBe('same');
    expect(inErpnext(line(1, { azureId: '' }))).toBe('waiting');
    expect(inErpnext(line(1, { azureId: '', problem }))).toBe('refused');
    expect(inErpnext(line(1, { azureId: null }))).toBe('no-field');
    expect(inErpnext(LINES[3]!)).toBe('other');
    expect(inErpnext(LINES[1]!)).toBe('empty');
  });

  it('is exported as it is shown, and runs nothing in a spreadsheet', () => {
    const actions = show({ lines: [...LINES, line(5, { name: '=cmd|"/c calc"!A1' })] });
    filter('person5');
    click('Export as CSV');
    const [name, text] = actions.save.mock.calls[0]! as unknown as [string, string];
    expect(name).toBe('azure-ids-erp.contoso.test.csv');
    const rows = text.split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]!.startsWith(`"'=cmd|""/c calc""!A1",person5@contoso.test,Mapped,Person 5,`)).toBe(true);
    expect(csvOf(LINES).split('\r\n')).toHaveLength(6);
  });
});

describe('choosing who it is', () => {
  it('offers those who come into question, takes the focus and gives it back', async () => {
    const actions = show();
    const opener = screen.getByRole('button', { name: 'Who is User 1?' });
    opener.focus();
    fireEvent.click(opener);
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Who is User 1?'));
    click('This is Person 7');
    expect(actions.choose).toHaveBeenCalledWith('person1@contoso.test', guid(7), true);
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Who is User 1?' })).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  it('stays open for the next one when the answer for the one before comes', async () => {
    let answer = (_: typeof ok) => {};
    const actions = show();
    actions.choose.mockImplementationOnce(() => new Promise((done) => (answer = done)));
    click('Who is User 1?');
    click('This is Person 7');
    click('Who is Zoë Größe?');
    expect(await screen.findByRole('heading', { name: /Zoë Größe/ })).toBeDefined();
    answer(ok);
    await new Promise((later) => setTimeout(later, 20));
    expect(screen.queryByRole('heading', { name: /Zoë Größe/ })).not.toBeNull();
  });
  it('warns of the one whom ERPNext alone names', () => {
    show();
    click('Who is User 3?');
    expect(screen.getByText('Answers to person3@contoso.test')).toBeTruthy();
    expect(screen.getByText('Named by ERPNext only: anybody may write their own ID')).toBeTruthy();
  });

  it('searches Microsoft 365, says what went wrong, and takes a choice back', async () => {
    const actions = show({ lines: [line(4, { by: 'person' })] });
    click('Who is User 4?');
    fireEvent.input(screen.getByRole('searchbox', { name: 'Search in Microsoft 365' }), { target: { value: 'quen' } });
    click('Search');
    actions.choose.mockResolvedValueOnce({
      ok: false,
      error: fail('not-found', 'Gone', 'Search again.').error,
    } as never);
    fireEvent.click(await screen.findByRole('button', { name: 'This is Quentin' }));
    expect(await screen.findByText('Gone')).toBeTruthy();
    expect(actions.search).toHaveBeenCalledWith('quen');
    click('Take my choice back');
    await waitFor(() => expect(actions.choose).toHaveBeenLastCalledWith('person4@contoso.test', null, true));
  });
});
