import { bellNote, bellScript } from '../erpnext/bell-script.ts';
import { BELL_TITLE, type Bell, mayBeReached } from '../model/bell.ts';
import { type AppError, AppFailure, fail, toAppError } from '../model/errors.ts';
import type { Origin } from '../model/ids.ts';
import type { PushCheck, PushView } from '../rpc/contract/push.ts';
import { lookForBell } from './bells.ts';
import type { Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** How a site's bell stands: what is there, and whether each part of the way from Microsoft to this tab holds. */
export async function pushView(worker: Worker, origin: Origin, erp: Erp): Promise<PushView> {
  const [bell, admin] = await Promise.all([lookForBell(worker, origin, erp), erp.isAdmin()]);
  const address: PushCheck = mayBeReached(origin)
    ? { what: 'address', state: 'good', problem: null }
    : { what: 'address', state: 'bad', problem: PRIVATE };
  const checks = bell
    ? [address, await scriptCheck(erp, bell), await microsoftCheck(worker, origin, bell), await socketCheck(erp, bell)]
    : [address];
  return { on: bell !== null, admin, checks };
}

/** Idempotent: what is there of an earlier attempt is used. @throws AppFailure with ERPNext's reason. */
export async function setUpPush(worker: Worker, origin: Origin, erp: Erp): Promise<PushView> {
  const made = (await lookForBell(worker, origin, erp))
    ? null
    : await erp.makeDocument('Note', bellNote({ method: `deskside_bell_${hex(16)}`, state: hex(32) }));
  const bell = await lookForBell(worker, origin, erp);
  if (!bell)
    throw fail(
      'erp-refused',
      'ERPNext did not keep the bell',
      `A Note called “${BELL_TITLE}” is there and says something else. Delete it in ERPNext and try again.`,
    );
  // One that is left over may belong to another note: it is written anew.
  try {
    await erp.removeDocument('Server Script', BELL_TITLE);
    await erp.makeDocument('Server Script', bellScript(bell));
  } catch (caught) {
    // A note that nothing rings would tell everybody that the site does.
    if (made) await erp.removeDocument('Note', made);
    await lookForBell(worker, origin, erp);
    throw mayNotWrite(caught) ?? caught;
  }
  return pushView(worker, origin, erp);
}

function mayNotWrite(caught: unknown): AppFailure | null {
  if (!(caught instanceof AppFailure) || caught.error.code !== 'erp-forbidden') return null;
  return fail(
    'erp-forbidden',
    'ERPNext does not let you write Server Scripts',
    'That takes the role Script Manager, beside System Manager. Whoever has both can let the site ring. Nothing was left behind.',
  );
}

/** The script first: from then on nothing rings. */
export async function undoPush(worker: Worker, origin: Origin, erp: Erp): Promise<PushView> {
  await erp.removeDocument('Server Script', BELL_TITLE);
  for (const { name } of await erp.bells()) await erp.removeDocument('Note', name);
  const account = await worker.auth.account();
  if (account) await worker.push.giveUp(account.id);
  return pushView(worker, origin, erp);
}

/** As Microsoft asks, but from here: what a firewall lets in from outside is only seen with the first subscription. */
async function scriptCheck(erp: Erp, { method }: Bell): Promise<PushCheck> {
  const token = `deskside check ${hex(8)}`;
  try {
    const { status, type, text } = await erp.askBell(method, token);
    if (status === 200 && text === token && /^text\/plain\b/.test(type))
      return { what: 'script', state: 'good', problem: null };
    const off = /ServerScriptNotEnabled|Server Scripts? (feature )?(is|are) (not available|disabled)/i.test(text);
    return bad('script', off ? SCRIPTS_OFF : { ...NO_ANSWER, detail: `HTTP ${status}` });
  } catch (caught) {
    return bad('script', { ...NO_ANSWER, detail: toAppError(caught).detail ?? '' });
  }
}

/** Only a subscription proves that Microsoft gets through: the first chat that is opened makes one. */
async function microsoftCheck({ auth, push }: Worker, origin: Origin, { method }: Bell): Promise<PushCheck> {
  const account = await auth.account();
  if (!account) return { what: 'microsoft', state: 'open', problem: null };
  const problem = await push.problem(account.id, origin);
  if (problem) return bad('microsoft', problem);
  const reached = await push.reached(account.id, origin, method);
  return { what: 'microsoft', state: reached ? 'good' : 'open', problem: null };
}

async function socketCheck(erp: Erp, { note }: Bell): Promise<PushCheck> {
  try {
    const up = await erp.socket(note);
    return up ? { what: 'socket', state: 'good', problem: null } : bad('socket', SOCKET_DOWN);
  } catch (caught) {
    if (!(caught instanceof AppFailure)) throw caught;
    return bad('socket', caught.error);
  }
}

function bad(what: PushCheck['what'], problem: AppError): PushCheck {
  return { what, state: 'bad', problem };
}

/** Random hex digits. @param bytes two digits each */
function hex(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const PRIVATE: AppError = {
  code: 'push-unreachable',
  title: 'Microsoft cannot reach this address',
  text: 'It tells only addresses that are public and begin with https. New messages come as you work, as before.',
};
const SCRIPTS_OFF: AppError = {
  code: 'push-unreachable',
  title: 'Server Scripts are switched off',
  text: 'Whoever runs the server switches them on with “bench set-config -g server_script_enabled 1” and a restart.',
  action: { kind: 'copy', label: 'Copy the command', text: 'bench set-config -g server_script_enabled 1' },
};
const NO_ANSWER: AppError = {
  code: 'push-unreachable',
  title: 'The script does not answer as Microsoft wants',
  text: 'A proxy in front of ERPNext may ask for a sign-in, or the script was changed. Set it up once more, or ask whoever runs the server.',
};
const SOCKET_DOWN: AppError = {
  code: 'push-unreachable',
  title: 'ERPNext’s own live updates do not work',
  text: 'Its socket.io is not connected in the tab that is open, so no bell arrives. Forms do not refresh by themselves then either; whoever runs the server can mend it.',
};
