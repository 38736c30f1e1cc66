import { expect, test } from 'vitest';
import { meetingUrl } from '../../../lib/model/meeting-url.ts';

test.each([
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d',
  'https://teams.cloud.microsoft/meet/1',
  'https://teams.live.com/meet/1',
  'https://gov.teams.microsoft.us/l/meetup-join/1',
  'https://dod.teams.microsoft.us/l/meetup-join/1',
  'https://teams.microsoftonline.cn/l/meetup-join/1',
])('%s', (url) => expect(meetingUrl(` ${url}\n`)).toBe(url));

test.each([
  '',
  'meeting',
  'http://teams.microsoft.com/l/1',
  'javascript:alert(1)//https://teams.microsoft.com/',
  'https://teams.microsoft.com.evil.example/l/1',
  'https://evil.example/https://teams.microsoft.com/',
  'https://teams.microsoft.com@evil.example/',
  'https://user:secret@teams.microsoft.com/',
  'https://teams.microsoft.com:8443/l/1',
  'msteams:/l/meetup-join/1',
])('not %s', (url) => expect(meetingUrl(url)).toBeNull());
