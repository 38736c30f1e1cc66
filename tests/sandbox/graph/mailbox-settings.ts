import { Hono } from 'hono';
import { IANA_ZONES } from '../tenant/iana-zones.ts';
import { hasMailbox } from '../tenant/meeting-copies.ts';
import { WINDOWS_ZONES } from '../tenant/windows-zones.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { accessDenied, noMailbox, unreadableQuery } from './outlook-errors.ts';
import { readNames, readQuery } from './query.ts';

/** A mailbox's own settings, and the time zones that Outlook knows (user-get-mailboxsettings.md, outlookuser-supportedtimezones.md). */
export function createMailboxSettings({ tenant }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.get('/me/mailboxSettings', (c) => {
    if (!c.get('scopes').has('MailboxSettings.Read')) throw accessDenied();
    if (!hasMailbox(c.get('me'))) throw noMailbox();
    const select = readNames(readQuery(c, ['$select']), '$select');
    const zone = tenant.calendars.zoneOf(c.get('me').id).windows;
    const whole: Record<string, unknown> = {
      archiveFolder: null,
      timeZone: zone,
      dateFormat: 'dd.MM.yyyy',
      timeFormat: 'HH:mm',
      language: { locale: 'en-US', displayName: 'English (United States)' },
      workingHours: { ...WORKING_HOURS, timeZone: { name: zone } },
    };
    const kept = Object.entries(whole).filter(([name]) => select.length === 0 || select.includes(name));
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#users('${c.get('me').id}')/mailboxSettings`,
      ...Object.fromEntries(kept),
    });
  });

  app.get('/me/outlook/:call', (c) => {
    if (!c.get('scopes').has('User.Read')) throw accessDenied();
    readQuery(c, []);
    const [, standard] =
      /^supportedTimeZones(?:\(TimeZoneStandard=microsoft\.graph\.timeZoneStandard'(Windows|Iana)'\))?$/i.exec(
        c.req.param('call'),
      ) ?? [undefined, null];
    if (standard === null) throw unreadableQuery(`Resource not found for the segment '${c.req.param('call')}'.`);
    const names = /^iana$/i.test(standard ?? '') ? IANA_ZONES : WINDOWS_ZONES;
    const value = names.map(([alias]) => ({ alias, displayName: alias }));
    return c.json({ '@odata.context': `${GRAPH}/$metadata#Collection(microsoft.graph.timeZoneInformation)`, value });
  });
  return app;
}

/** What Outlook gives everybody at first. */
export const WORKING_HOURS = {
  daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  startTime: '08:00:00.0000000',
  endTime: '17:00:00.0000000',
};
