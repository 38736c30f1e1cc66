import { msgprint, showAlert } from './dialogs.js';

let pending = 0;

/**
 * POSTs to a method as Desk does and gives back the answer's JSON. A refusal is shown in a dialog, unless `quiet`, and
 * thrown as `{ status, ...body }`.
 */
export async function callMethod(method, args = {}, { quiet = false, type = 'POST' } = {}) {
  const query = type === 'GET' ? `?${new URLSearchParams(flat(args))}` : '';
  return request(type, `/api/method/${method}${query}`, type === 'GET' ? undefined : args, quiet);
}

/** The same for /api/resource. */
export const callResource = (type, path, body = undefined) => request(type, `/api/resource/${path}`, body, false);

/** `frappe.call({ method, args, callback, error })`; also `frappe.call(method, args)`. */
export function frappeCall(options, given) {
  const { method, args, callback, error, type } =
    typeof options === 'string' ? { method: options, args: given } : options;
  return callMethod(method, args, { type }).then(
    (answer) => {
      callback?.(answer);
      return answer;
    },
    (refusal) => {
      error?.(refusal);
      throw refusal;
    },
  );
}

async function request(method, url, body, quiet) {
  document.body.dataset.ajaxState = 'triggered';
  pending += 1;
  try {
    const response = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        'x-requested-with': 'XMLHttpRequest',
        'x-frappe-csrf-token': window.frappe.csrf_token,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.json();
    if (!quiet) tell(answer);
    if (response.ok) return answer;
    if (answer.session_expired && !quiet)
      msgprint('Your session has ended. Log in again to go on.', 'Session Expired', 'red');
    throw { status: response.status, ...answer };
  } finally {
    pending -= 1;
    if (!pending) document.body.dataset.ajaxState = 'complete';
  }
}

function tell(answer) {
  const messages = JSON.parse(answer._server_messages ?? '[]').map((text) => JSON.parse(text));
  for (const one of messages) {
    if (one.alert) showAlert({ message: one.message, indicator: one.indicator });
    else if (one.message) msgprint(one.message, one.title, one.indicator);
  }
  if (!messages.some((one) => one.message) && answer._error_message)
    msgprint(answer._error_message, 'Not permitted', 'red');
}

const flat = (args) =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [
      key,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
