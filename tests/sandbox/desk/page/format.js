const zones = () => window.frappe.boot.time_zone;
const pad = (number) => String(number).padStart(2, '0');

/** `2026-12-01 14:00:00` in the site's zone as `01.12.2026 14:00` in the person's. */
export function showDatetime(naive) {
  if (!naive) return '';
  const [date, time = '00:00:00'] = move(naive, zones().system, zones().user).split(' ');
  return `${showDate(date)} ${time.slice(0, 5)}`;
}

/** The way back; '' and anything unreadable become null. */
export function readDatetime(text) {
  const found = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  if (!found) return null;
  const [, day, month, year, hour = '0', minute = '00', second = '00'] = found;
  return move(`${year}-${pad(month)}-${pad(day)} ${pad(hour)}:${minute}:${second}`, zones().user, zones().system);
}

export const showDate = (naive) => (naive ? naive.slice(0, 10).split('-').reverse().join('.') : '');

export function readDate(text) {
  const found = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim());
  return found ? `${found[3]}-${pad(found[2])}-${pad(found[1])}` : null;
}

/** `3 minutes ago`, for a naive time of the site. */
export function ago(naive) {
  const minutes = Math.round((Date.now() - instant(naive, zones().system)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  return `${Math.round(hours / 24)} days ago`;
}

function move(naive, from, to) {
  if (from === to) return naive.slice(0, 19);
  return inZone(instant(naive, from), to);
}

/** Milliseconds of a wall clock reading in a zone: read it as UTC, then take off what the zone shows too much. */
function instant(naive, zone) {
  const asUtc = Date.parse(`${naive.slice(0, 19).replace(' ', 'T')}Z`);
  const off = Date.parse(`${inZone(asUtc, zone).replace(' ', 'T')}Z`) - asUtc;
  return asUtc - off;
}

function inZone(ms, timeZone) {
  const style = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23', timeZone };
  return new Intl.DateTimeFormat('sv-SE', style).format(ms);
}
