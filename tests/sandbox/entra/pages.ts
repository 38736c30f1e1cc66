import { html } from 'hono/html';
import { type DirectoryUser, signInName } from '../tenant/people.ts';
import type { AadstsError } from './aadsts.ts';
import { page } from './layout.ts';

/** What every form carries along: the query that the sign-in began with. */
interface Form {
  action: string;
  query: string;
}

/** Account picker (those signed in here before) above a field for any other address. */
export function signInPage(form: Form, accounts: DirectoryUser[], hint: string | null, problem: string | null) {
  return page(
    accounts.length > 0 ? 'Pick an account' : 'Sign in',
    html`${picker(form, accounts)}
      <form method="post" action="${form.action}">${carried(form)}
      ${problem ? html`<p class="problem" role="alert" id="problem">${problem}</p>` : ''}
      <label>${accounts.length > 0 ? 'Use another account: email' : 'Email'}
        <input type="email" name="login" value="${hint ?? ''}" autocomplete="username" required /></label>
      <label>Password (anything)<input type="password" name="passwd" autocomplete="off" /></label>
      <button class="main" id="sign-in">Sign in</button></form>`,
  );
}

/** The permissions that are asked for, to accept or not. An administrator may answer for everybody. */
export function consentPage(
  form: Form,
  user: DirectoryUser,
  scopes: readonly string[],
  everybody: 'no' | 'offer' | 'always',
) {
  const offer = html`<label><input type="checkbox" name="everybody" value="yes" /> Consent on behalf of your organization</label>`;
  return page(
    everybody === 'always' ? 'Permissions requested for your organization' : 'Permissions requested',
    html`<p>${signInName(user)}</p><p><strong>Deskside</strong> would like to:</p>
      <ul id="scopes">${scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
      <form method="post" action="${form.action}">${carried(form)}
      <input type="hidden" name="account" value="${user.id}" />
      ${everybody === 'offer' ? offer : ''}
      <button class="main" name="decision" value="accept">Accept</button>
      <button name="decision" value="cancel">Cancel</button></form>`,
  );
}

/** The tenant's policy lets only an administrator say yes to these. */
export function adminApprovalPage(back: string, user: DirectoryUser, scopes: readonly string[], error: AadstsError) {
  return page(
    'Need admin approval',
    html`<p>${signInName(user)}</p>
      <p><strong>Deskside</strong> needs permission to access resources in your organization that only an admin can
      grant. Please ask an admin to grant permission to this app before you can use it.</p>
      <ul id="scopes">${scopes.map((scope) => html`<li>${scope}</li>`)}</ul>
      <p class="note" id="error">${error.message}</p>
      <p><a id="back" href="${back}">Return to the application without granting consent</a></p>`,
  );
}

/** Refused for good: what happened, its number, and the way back to the app where there is one. */
export function errorPage(title: string, error: AadstsError, back: string | null) {
  return page(
    title,
    html`<p role="alert" class="problem" id="error">${error.message}</p>
      ${back ? html`<p><a id="back" href="${back}">Return to the application</a></p>` : ''}`,
  );
}

/** Several are signed in here, and the app did not say who leaves. */
export function pickToLeavePage(form: Form, accounts: DirectoryUser[]) {
  return page('Pick an account', html`<p>Which account do you want to sign out of?</p>${picker(form, accounts)}`);
}

export function signedOutPage() {
  return page('You signed out of your account', html`<p>It’s a good idea to close all browser windows.</p>`);
}

const picker = (form: Form, accounts: DirectoryUser[]) =>
  accounts.map(
    (user) => html`<form method="post" action="${form.action}">${carried(form)}
      <input type="hidden" name="account" value="${user.id}" />
      <button class="account"><strong dir="auto">${user.displayName}</strong><br />${signInName(user)}</button></form>`,
  );

const carried = (form: Form) => html`<input type="hidden" name="request" value="${form.query}" />`;
