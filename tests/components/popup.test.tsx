// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkRegistration } from '../../components/settings/check-registration.ts';
import { PopupScreen, type PopupScreenProps } from '../../components/settings/popup-screen.tsx';
import { asOrigin } from '../../lib/model/ids.ts';
import type { PopupView } from '../../lib/rpc/contract.ts';
import { account, ORPHANS, PROBLEM, RECORD, SETTINGS } from './samples.ts';

const ERP = asOrigin('https://erp.contoso.test:8443');
const GUID = '7f3b1c52-0f4e-4a2b-9d67-1d3b8f0a9c11';
const VIEW: PopupView = {
  accounts: [],
  signInProblem: null,
  signingIn: false,
  settings: SETTINGS,
  redirectUri: 'https://abc.chromiumapp.org/',
  sites: [],
  unread: [],
  orphans: [],
  notices: [],
};

afterEach(cleanup);

function show(view: Partial<PopupView>, more: Partial<PopupScreenProps> = {}) {
  const actions = {
    addSite: vi.fn(),
    removeSite: vi.fn(),
    signIn: vi.fn(),
    signOut: vi.fn(),
    useAccount: vi.fn(),
    saveRegistration: vi.fn(),
    setLive: vi.fn(),
    openOptions: vi.fn(),
    openArchive: vi.fn(),
    openRecord: vi.fn(),
    forgetOrphan: vi.fn(),
    sync: { start: vi.fn(), cancel: vi.fn() },
    act: vi.fn(),
  };
  render(
    <PopupScreen
      view={{ ...VIEW, ...view }}
      tab={{ kind: 'site', origin: ERP, host: 'erp.contoso.test:8443', isErpnext: true }}
      problem={null}
      refused={false}
      saved={false}
      sync={null}
      askingSignOut={null}
      onStay={() => {}}
      actions={actions}
      {...more}
    />,
  );
  return actions;
}
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('the popup', () => {
  it('offers the current tab’s ERPNext, with its exact origin', () => {
    const actions = show({});
    click('Use Deskside on erp.contoso.test:8443');
    expect(actions.addSite).toHaveBeenCalledWith(ERP);
  });
  it('lists records with unread messages, and leads to each', () => {
    const unread = {
      key: RECORD.key,
      ...RECORD.ref,
      topic: `Quarterly review · ${RECORD.ref.name}`,
      unread: 120,
      newestAt: null,
      muted: false,
    };
    const actions = show({ unread: [unread] });
    expect(screen.getByText('Quarterly review')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /Quarterly review.*99\+ unread messages/ }));
    expect(actions.openRecord).toHaveBeenCalledWith(RECORD.key);
  });
  it('says of a muted one that it is', () => {
    const unread = { key: RECORD.key, ...RECORD.ref, topic: null, unread: 3, newestAt: null, muted: true };
    show({ unread: [unread] });
    expect(screen.getByRole('button', { name: /EV00001.*Muted here.*3 unread messages/ })).toBeTruthy();
  });
  it('lists chats whose record is gone, and forgets one after a question', () => {
    const actions = show({ orphans: ORPHANS });
    const list = within(screen.getByRole('list', { name: 'Chats without a record' }));
    expect(list.getByRole('link', { name: /Open Budget/ }).getAttribute('href')).toBe(ORPHANS[0]!.url);
    fireEvent.click(list.getByRole('button', { name: /Forget Budget/ }));
    expect(actions.forgetOrphan).not.toHaveBeenCalled();
    fireEvent.click(list.getByRole('button', { name: 'Forget it here' }));
    expect(actions.forgetOrphan).toHaveBeenCalledWith(RECORD.key);
  });
  it('does not offer what is no ERPNext, or is listed already', () => {
    show({}, { tab: { kind: 'site', origin: ERP, host: 'x.test', isErpnext: false } });
    expect(screen.getByText('x.test does not look like an ERPNext site.')).toBeTruthy();
    cleanup();
    show({ sites: [ERP] });
    expect(screen.queryByRole('button', { name: /Use Deskside/ })).toBeNull();
  });
  it('says what signing out would lose before it is lost', () => {
    const alice = account('Alice', { unfinished: ['A message that is not sent'] });
    const actions = show({ accounts: [alice] }, { askingSignOut: alice.id });
    expect(screen.getByText('A message that is not sent')).toBeTruthy();
    click('Discard it and sign out');
    expect(actions.signOut).toHaveBeenCalledWith(alice.id, true);
  });
  it('does not sign in without a registration', () => {
    const actions = show({ settings: { ...SETTINGS, registration: null } });
    click('Sign in with Microsoft');
    expect(actions.signIn).not.toHaveBeenCalled();
  });
  it('saves a registration that can be right, trimmed, and explains one that cannot', () => {
    const actions = show({ settings: { ...SETTINGS, registration: null } });
    const id = screen.getByLabelText('Client ID');
    fireEvent.input(id, { target: { value: 'nonsense' } });
    click('Save');
    expect(actions.saveRegistration).not.toHaveBeenCalled();
    expect(screen.getByText(/A client ID looks like/)).toBeTruthy();
    fireEvent.input(id, { target: { value: `  ${GUID.toUpperCase()} ` } });
    click('Save');
    expect(actions.saveRegistration).toHaveBeenCalledWith({ clientId: GUID, tenant: 'organizations', cloud: 'global' });
  });
  it('greys what policy sets, with the reason', () => {
    show({ settings: { ...SETTINGS, managed: ['clientId', 'liveSeconds'] } });
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').disabled).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('switch').disabled).toBe(true);
    expect(screen.getAllByText(/Set by your organisation/)).toHaveLength(2);
  });
  it('turns timed reading on at a minute, and off', () => {
    const actions = show({});
    fireEvent.click(screen.getByRole('switch'));
    expect(actions.setLive).toHaveBeenCalledWith(60);
  });
});

describe('several accounts', () => {
  const NORTH = asOrigin('https://north.test');
  const alice = account('Alice Anders', { sites: [ERP] });
  const gina = account('Gina Green', { sites: [NORTH] });
  const listed = { accounts: [alice, gina], sites: [ERP, NORTH] };

  it('one account is asked nothing and sees no choice in the list of sites', () => {
    show({ accounts: [alice], sites: [ERP, NORTH] });
    expect(screen.queryByText(/Speaks on/)).toBeNull();
    expect(screen.queryByLabelText('Account on north.test')).toBeNull();
  });
  it('say where each speaks, and each site as whom', () => {
    show({ ...listed, accounts: [alice, gina, account('Nadia Noor')] });
    expect(screen.getByText('Speaks on erp.contoso.test:8443')).toBeTruthy();
    expect(screen.getByText('Speaks on north.test')).toBeTruthy();
    expect(screen.getByText('Speaks on no site')).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>('Account on north.test').value).toBe(gina.id);
    expect(screen.getByLabelText<HTMLSelectElement>('Here you write as').value).toBe(alice.id);
  });
  it('change places, and another can sign in for a site', () => {
    const actions = show(listed);
    const north = screen.getByLabelText<HTMLSelectElement>('Account on north.test');
    fireEvent.change(north, { target: { value: alice.id } });
    expect(actions.useAccount).toHaveBeenCalledWith(NORTH, alice.id);
    expect(north.value, 'until it is true').toBe(gina.id);
    fireEvent.change(north, { target: { value: 'another' } });
    expect(actions.signIn).toHaveBeenCalledWith({ pickAccount: true, origin: NORTH });
  });
  it('a site of nobody asks', () => {
    show({ ...listed, accounts: [{ ...alice, sites: [] }, gina] });
    expect(screen.getByLabelText<HTMLSelectElement>('Here you write as').selectedOptions[0]?.text).toBe(
      'Choose an account',
    );
  });
  it('sign out and in again one by one', () => {
    const again = { ...PROBLEM, action: { kind: 'sign-in' as const, label: 'Sign in' } };
    const actions = show({ ...listed, accounts: [alice, { ...gina, problem: again }] });
    click('Sign out gina.green@contoso.test');
    expect(actions.signOut).toHaveBeenCalledWith(gina.id, false);
    click('Sign in');
    expect(actions.signIn).toHaveBeenCalledWith({ account: gina.id });
  });
});

describe('a registration', () => {
  it.each([
    ['contoso.com', true],
    ['organizations', true],
    ['', true],
    [GUID, true],
    ['common place', false],
    ['https://contoso.com', false],
  ])('with the tenant %j is taken: %s', (tenant, right) => {
    expect(checkRegistration({ clientId: GUID, tenant, cloud: 'global' }).wrong.tenant ?? false).toBe(!right);
  });
});
