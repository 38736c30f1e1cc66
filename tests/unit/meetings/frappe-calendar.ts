/**
 * Frappe's own expansion of an Event, `get_events` in frappe/desk/doctype/event/event.py, word for word as far as dates go:
 * what is asked for is the day of each occurrence. Two days are asked for at a time and the second counts, since longer
 * views let v16 drift (a series on the 31st goes on from the 28th) and shorter ones hide the last day (`repeat_till > start`).
 */
export interface Row {
  starts_on: string;
  ends_on: string | null;
  repeat_on: string;
  repeat_till: string | null;
  weekdays: boolean[];
}

export function frappeDays(row: Row, version: 14 | 15 | 16, from: string, days: number): string[] {
  const found: string[] = [];
  for (let n = 0; n < days; n++) {
    const day = addDays(from, n);
    const start = addDays(day, -1);
    if (!isCandidate(row, start, day)) continue;
    const shown = version === 16 ? v16(row, start, day) : v14(row, start, day);
    if (shown.includes(day)) found.push(day);
  }
  return found;
}

/** The WHERE of the query, `repeat_this_event=1`. */
function isCandidate(e: Row, start: string, end: string): boolean {
  const [s, f] = [e.starts_on.slice(0, 10), e.ends_on?.slice(0, 10) ?? null];
  const within = (d: string) => d >= start && d <= end;
  if (within(s) || (f !== null && within(f)) || (f !== null && s <= start && f >= end)) return true;
  return s <= start && (e.repeat_till ?? '3000-01-01') > start;
}

function v14(e: Row, start: string, end: string): string[] {
  const found: string[] = [];
  const eventStart = e.starts_on.slice(0, 10);
  const repeat = e.repeat_till ?? '3000-01-01';
  if (e.repeat_on === 'Yearly') {
    for (let year = yearOf(start); year <= yearOf(end); year++) {
      const date = getdate(`${year}-${eventStart.slice(5)}`);
      if (date >= start && date <= end && date <= repeat) found.push(date);
    }
    return found;
  }
  if (e.repeat_on === 'Monthly') {
    let date = `${start.slice(0, 7)}-${eventStart.slice(8)}`;
    try {
      getdate(date);
    } catch {
      const [year, month, day] = date.split('-').map(Number) as [number, number, number];
      date = `${year}-${two(month - 1)}-${two(day)}`;
    }
    const startFrom = date;
    for (let i = 0; i < Math.trunc(1 / 30) + 3; i++) {
      const d = getdate(date);
      if (d >= start && d <= end && d <= repeat && d >= eventStart) found.push(d);
      date = addMonths(startFrom, i + 1);
    }
    return found;
  }
  if (e.repeat_on === 'Weekly' || e.repeat_on === 'Daily') {
    for (const date of [start, end]) {
      if (e.repeat_on === 'Weekly' && !e.weekdays[weekday(date)]) continue;
      if (date <= repeat && date >= eventStart) found.push(date);
    }
    return found;
  }
  // Not taken out of the list: shown as it is.
  return [eventStart];
}

function v16(e: Row, start: string, end: string): string[] {
  const found: string[] = [];
  const first = e.starts_on.slice(0, 10);
  const repeatTill = e.repeat_till ?? '3000-01-01';
  const resolve = (target: string) => {
    if (e.repeat_on === 'Weekly' && !e.weekdays[weekday(target)]) return;
    if (!(first <= target && target >= start && target <= end && target <= repeatTill)) return;
    const days = e.ends_on ? Math.floor((ms(e.ends_on) - ms(e.starts_on)) / 86_400_000) : 0;
    const endsOn = e.ends_on ? addDays(target, days) : null;
    if (endsOn && e.repeat_till && (endsOn > e.repeat_till || endsOn < start)) return;
    found.push(target);
  };
  if (e.repeat_till && e.repeat_till < start) return [];
  if (e.repeat_on === 'Daily' || e.repeat_on === 'Weekly') {
    for (let d = start; d <= end; d = addDays(d, 1)) resolve(d);
    return found;
  }
  const months = { Monthly: 1, Quarterly: 3, 'Half Yearly': 6, Yearly: 12 }[e.repeat_on];
  if (!months) return [];
  const diff = monthDiff(start, first);
  const jump = months === 1 ? diff - 1 : Math.floor(diff / months);
  for (let d = addMonths(first, months * jump); d <= end; d = addMonths(d, months)) resolve(d);
  return found;
}

/** `month_diff`: one more than one thinks. */
function monthDiff(a: string, b: string): number {
  return (yearOf(a) - yearOf(b)) * 12 + Number(a.slice(5, 7)) - Number(b.slice(5, 7)) + 1;
}

/** dateutil refuses days that there are not, and Frappe throws. */
function getdate(text: string): string {
  if (new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) !== text) throw new Error('Invalid Date');
  return text;
}

/** `relativedelta(months=…)`: clipped to the month's end. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const total = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(total / 12), (total % 12) + 1];
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  return `${y}-${two(m)}-${two(Math.min(day, last))}`;
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const ms = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const two = (n: number) => String(n).padStart(2, '0');
const yearOf = (date: string) => Number(date.slice(0, 4));
const weekday = (date: string) => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
