import { AppFailure, type ErrorAction, fail } from '../model/errors.ts';
import { type Facts, factsOf, type Kind, kindOf } from './error-kinds.ts';
import type { Tier } from './scopes.ts';

export interface SignInSituation {
  /** Whether a person was asked; silent attempts end in "sign in again" where a person could help. */
  interactive: boolean;
  tier: Tier;
  redirectUri: string;
  consentUrl: string;
  /** Somebody is signed in already, and the registration is for one organisation. */
  another?: boolean;
}

/**
 * Whatever MSAL, Entra or launchWebAuthFlow threw, as an error a person can act on.
 * Microsoft's own text names people, so only codes and the correlation id are kept.
 */
export function signInFailure(caught: unknown, situation: SignInSituation): AppFailure {
  if (caught instanceof AppFailure) return caught;
  const facts = factsOf(caught);
  const kind = kindOf(facts, situation.interactive);
  return sentence(kind, facts, situation, caught);
}

/**
 * Microsoft shows some refusals on a page of its own that leads nowhere, so that all we see is a window that was closed.
 * Asked again without a window it names them. Null where it names none of those: then the person just closed it.
 */
export function closedOver(told: unknown, situation: SignInSituation): AppFailure | null {
  const facts = factsOf(told);
  const kind = kindOf(facts, true);
  return DEAD_ENDS.has(kind) ? sentence(kind, facts, situation, told) : null;
}

const DEAD_ENDS: ReadonlySet<Kind> = new Set(['wrong-tenant', 'blocked', 'disabled', 'not-assigned']);

/** Whether a failed silent renewal may still succeed by `prompt=none`, or by asking the person. */
export function needsPage(caught: unknown): boolean {
  const facts = factsOf(caught);
  const kind = kindOf(facts, false);
  return kind === 'signed-out' || kind === 'consent';
}

export function notConfigured(redirectUri: string): AppFailure {
  return fail(
    'not-configured',
    'Deskside is not connected to Microsoft yet',
    "Open Deskside's popup and enter the client ID and tenant that your administrator gave you.",
    { action: copyRedirect(redirectUri) },
  );
}

export function signedOut(detail?: string, options: { cause?: unknown } = {}): AppFailure {
  return new AppFailure(
    {
      code: 'signed-out',
      title: 'Please sign in to Microsoft again',
      text: 'Microsoft asks you to sign in once more before Deskside can go on. Nothing you wrote is lost.',
      action: SIGN_IN,
      ...(detail ? { detail } : {}),
    },
    options,
  );
}

const SEVERAL =
  'To use accounts of several organisations, the app must be registered for all of them (“multitenant”) and “organizations” be entered as the tenant: ask your administrator.';

const SIGN_IN: ErrorAction = { kind: 'sign-in', label: 'Sign in' };

function sentence(kind: Kind, facts: Facts, at: SignInSituation, cause: unknown): AppFailure {
  const detail = [facts.aadsts && `AADSTS${facts.aadsts}`, facts.code, facts.correlation].filter(Boolean).join(' ');
  const make = (code: Parameters<typeof fail>[0], title: string, text: string, action?: ErrorAction) =>
    new AppFailure({ code, title, text, detail, ...(action ? { action } : {}) }, { cause });
  const again: ErrorAction = { kind: 'sign-in', label: 'Try again' };
  const other: ErrorAction = { kind: 'sign-in', label: 'Use another account', pickAccount: true };
  const copy = copyRedirect(at.redirectUri);
  const ask: ErrorAction = { kind: 'consent', label: 'Ask an administrator', url: at.consentUrl };
  switch (kind) {
    case 'signed-out':
      return signedOut(detail, { cause });
    case 'cancelled':
      return make(
        'sign-in-cancelled',
        'Sign-in was not finished',
        'The window of Microsoft was closed before you were signed in. If it showed an error, pass its AADSTS number on to your administrator; else try again.' +
          (at.another ? ` ${SEVERAL}` : ''),
        again,
      );
    case 'refused':
      return make(
        'sign-in-refused',
        'Permission was not given',
        'Deskside needs the permissions that Microsoft listed to talk in Teams for you. Sign in again and choose Accept.',
        again,
      );
    case 'blocked':
      return make(
        'sign-in-blocked',
        "Your organisation's rules stopped the sign-in",
        'A security policy does not allow signing in from this browser or device. Show this to your administrator, with the number below.',
      );
    case 'disabled':
      return make(
        'sign-in-blocked',
        'This Microsoft account is switched off',
        'Your administrator has disabled the account. Ask them to enable it, or use another account.',
        other,
      );
    case 'not-assigned':
      return make(
        'sign-in-blocked',
        'You have not been given access to Deskside',
        'Your organisation allows this app for chosen people only. Ask your administrator to assign it to you.',
      );
    case 'consent':
      if (!at.interactive && at.tier === 'base') return signedOut(detail, { cause });
      return make(
        'admin-consent-needed',
        'An administrator must approve this first',
        'Your organisation does not let people approve these permissions themselves. Send the link to your administrator; after they accept, the last page may not load, which is fine. Then try again.',
        ask,
      );
    case 'wrong-tenant':
      return make(
        'wrong-tenant',
        'This account belongs to another organisation',
        `Deskside is set up for one organisation and this account is not part of it. Sign in with your work account there. ${SEVERAL}`,
        other,
      );
    case 'single-tenant':
      return make(
        'wrong-tenant',
        'This app registration is for one organisation',
        `Enter that organisation's tenant in Deskside's popup instead of “organizations”. ${SEVERAL}`,
      );
    case 'redirect-uri':
      return make(
        'not-configured',
        'The sign-in address is not registered',
        'Microsoft does not know the address it should return to. Ask your administrator to add it to the app registration, under the platform “Single-page application”.',
        copy,
      );
    case 'not-spa':
      return make(
        'not-configured',
        'The sign-in address is registered under the wrong platform',
        'In the app registration it must stand under “Single-page application”, and nowhere else. Ask your administrator to move it there.',
        copy,
      );
    case 'unknown-app':
      return make(
        'not-configured',
        'Microsoft does not know this client ID',
        "Check the client ID and the tenant in Deskside's popup: the app must be registered in that tenant.",
        copy,
      );
    case 'unknown-tenant':
      return make(
        'not-configured',
        'Microsoft does not know this tenant',
        "Check the tenant in Deskside's popup: a directory ID or a verified domain such as example.com.",
        copy,
      );
    case 'offline':
      return make(
        'offline',
        'Microsoft cannot be reached',
        'Check your connection and try again. What you wrote is kept.',
        { kind: 'retry', label: 'Try again' },
      );
    case 'microsoft-down':
      return make(
        'microsoft-down',
        "Microsoft's sign-in is not answering properly",
        'This usually passes within minutes. Try again a little later.',
        { kind: 'retry', label: 'Try again' },
      );
    case 'other':
      return make(
        'sign-in-refused',
        'Signing in did not work',
        'Microsoft answered with something Deskside does not know. Try again; if it stays, show the detail below to your administrator.',
        again,
      );
  }
}

function copyRedirect(redirectUri: string): ErrorAction {
  return { kind: 'copy', label: 'Copy the redirect URI', text: redirectUri };
}
