import { describe, expect, it } from 'vitest';
import type { ZoneName } from '../../../lib/model/ids.ts';
import { windowsZoneAt, windowsZoneOf, zoneNamed } from '../../../lib/time/windows-zones.ts';
import { zoneOf } from '../../../lib/time/zone.ts';

const FROM = Date.UTC(2026, 0, 1);

describe('the names of time zones', () => {
  it('are known for every zone of this engine but Troll', () => {
    const unknown = Intl.supportedValuesOf('timeZone').filter((name) => !windowsZoneOf(name as ZoneName));
    expect(unknown).toEqual(['Antarctica/Troll']);
  });

  it('are known in old and new spelling', () => {
    for (const name of ['Asia/Kolkata', 'Asia/Calcutta'])
      expect(windowsZoneOf(name as ZoneName)).toBe('India Standard Time');
    for (const name of ['Europe/Kyiv', 'Europe/Kiev'])
      expect(windowsZoneOf(name as ZoneName)).toBe('FLE Standard Time');
    expect(windowsZoneOf('Europe/Rome' as ZoneName)).toBe('W. Europe Standard Time');
    expect(windowsZoneOf('UTC' as ZoneName)).toBe('UTC');
  });

  it('lead back: Windows’ to one of IANA, IANA’s to itself, an unknown one to none', () => {
    expect(zoneNamed('India Standard Time')).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
    expect(zoneNamed('Europe/Rome')).toBe('Europe/Rome');
    expect(zoneNamed('tzone://Microsoft/Custom')).toBeNull();
    expect(zoneNamed('Customized Time Zone')).toBeNull();
  });

  it('mean the same time for two years there and back, but for the few that Windows has no zone of their own for', () => {
    const each12Hours = Array.from({ length: 2 * 730 }, (_, n) => FROM + n * 12 * 3_600_000);
    const differ = Intl.supportedValuesOf('timeZone').filter(
      (name) => windowsZoneOf(name as ZoneName) && !windowsZoneAt(zoneOf(name) as ZoneName, each12Hours),
    );
    const known = ['Edmonton', 'Scoresbysund', 'Vancouver'].map((city) => `America/${city}`);
    expect([...known, 'Antarctica/Casey', 'Antarctica/Vostok']).toEqual(expect.arrayContaining(differ));
    expect(differ.length).toBeGreaterThan(0);
  });

  it('are told apart by the instants that matter: British Columbia went its own way in November 2026', () => {
    const vancouver = zoneOf('America/Vancouver') as ZoneName;
    const june = Date.UTC(2026, 5, 1);
    expect(windowsZoneAt(vancouver, [june])).toBe('Pacific Standard Time');
    expect(windowsZoneAt(vancouver, [june, Date.UTC(2026, 11, 1)])).toBeNull();
    expect(windowsZoneAt('Antarctica/Troll' as ZoneName, [june])).toBeNull();
  });
});
