import { locale } from './translate.ts';

/**
 * A date of ERPNext (`YYYY-MM-DD` or with ` HH:MM:SS`) as it stands there: naive, in the site's time zone, so it is shown
 * without being moved to another. Anything else is shown as it is.
 */
export function formatRecordDate(text: string, allDay: boolean): string {
  const time = Date.parse(`${text.slice(0, 19).replace(' ', 'T')}${text.length > 10 ? 'Z' : 'T00:00:00Z'}`);
  if (Number.isNaN(time)) return text;
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: 'medium',
    ...(allDay ? {} : { timeStyle: 'short' }),
    timeZone: 'UTC',
  }).format(time);
}
