import { computed, signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { AccountActions } from '../../components/settings/actions.ts';
import type { DoctypeActions } from '../../components/settings/options-actions.ts';
import type { FieldActions } from '../../components/settings/options-fields.tsx';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { AccountId, Origin } from '../../lib/model/ids.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';

export const view = signal<OptionsView | null>(null);
export const problem = signal<AppError | null>(null);
/** The section that the address names. */
export const section = signal(location.hash.slice(1));
const chosenSite = signal<Origin | null>(null);

/** The site that is worked with: the chosen one, else the first that has a tab. */
export const site = computed<Origin | null>(() => {
  const sites = view.value?.sites ?? [];
  const chosen = sites.find(({ origin }) => origin === chosenSite.value);
  return (chosen ?? sites.find(({ erpUser }) => erpUser) ?? sites[0])?.origin ?? null;
});

export function chooseSite(origin: Origin): void {
  chosenSite.value = origin;
}

/** Through its tab ERPNext is reached; the view is read again once the tab reports. */
export function openSite(origin: Origin): void {
  chosenSite.value = origin;
  void browser.tabs.create({ url: `${origin}/app` });
}

export async function refresh(): Promise<void> {
  const answer = await askPatiently('options.view');
  if (answer.ok) view.value = answer.value;
  else problem.value = answer.error;
}

const then = async <T>(asked: Promise<Result<T>>): Promise<Result<T>> => {
  const answer = await asked;
  await refresh();
  return answer;
};

export const doctypeActions: DoctypeActions = {
  save: (rules) => then(sendToWorker('doctypes.save', { rules })),
  remove: (doctype) => then(sendToWorker('doctypes.remove', { doctype })),
  switch: (doctype, on) => then(sendToWorker('doctypes.switch', { doctype, on })),
  findDoctypes: (origin, text) => sendToWorker('doctypes.find', { origin, text }),
  propose: (origin, doctype) => sendToWorker('doctypes.propose', { origin, doctype }),
  findRecords: (origin, doctype, text) => sendToWorker('records.find', { origin, doctype, text }),
  preview: (origin, rule, name) => sendToWorker('doctypes.preview', { origin, rule, name }),
  download: (name, text) => download(name, text, 'application/json'),
};

/** Whose signing out waits for a word, since it would lose something. */
export const askingSignOut = signal<AccountId | null>(null);

export const accountActions: AccountActions = {
  signIn: ({ pickAccount = false, ...whom }) =>
    // The account's card says why it did not work; a worker that died said nothing.
    void then(sendToWorker('auth.signIn', { pickAccount, ...whom })).then(
      (answer) => answer.ok || answer.error.code !== 'bug' || told(answer),
    ),
  signOut(account, discard) {
    const unfinished = view.peek()?.accounts.find(({ id }) => id === account)?.unfinished.length;
    askingSignOut.value = !discard && unfinished ? account : null;
    if (!askingSignOut.peek()) void then(sendToWorker('auth.signOut', { account, discard })).then(told);
  },
  useAccount: (origin, account) => void then(sendToWorker('account.use', { origin, account })).then(told),
  act: (action) =>
    action.kind === 'sign-in' ? accountActions.signIn({ pickAccount: action.pickAccount ?? false }) : void refresh(),
};

function told(answer: Result<void>): void {
  problem.value = answer.ok ? null : answer.error;
}

export const fieldActions: FieldActions = {
  check: (origin) => sendToWorker('fields.check', { origin }),
  create: (origin) => sendToWorker('fields.create', { origin }),
  correct: (origin, doctype, fieldname) => sendToWorker('fields.correct', { origin, doctype, fieldname }),
  undo: (origin) => sendToWorker('fields.undo', { origin }),
  allowComments: (on) => then(sendToWorker('fields.comments', { on })),
};

/** Put a text into a file that the browser saves. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
