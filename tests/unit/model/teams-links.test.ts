import { describe, expect, it } from 'vitest';
import { asChatId, asMessageId } from '../../../lib/model/ids.ts';
import {
  callUrl,
  channelOfUrl,
  channelUrl,
  chatUrl,
  messageUrl,
  newChatUrl,
  postUrl,
} from '../../../lib/model/teams-links.ts';

const CHAT = asChatId('19:abc@thread.v2');

describe('links into Teams', () => {
  it('lead to the Teams of the cloud', () => {
    expect(chatUrl('global', CHAT)).toBe('https://teams.microsoft.com/l/chat/19%3Aabc%40thread.v2/conversations');
    expect(new URL(chatUrl('gcc-high', CHAT)).host).toBe('gov.teams.microsoft.us');
    expect(new URL(messageUrl('dod', CHAT, asMessageId('17'))).host).toBe('dod.teams.microsoft.us');
    expect(new URL(callUrl('china', ['a@b.cn'])).host).toBe('teams.microsoftonline.cn');
  });

  it('name people one by one, and carry words whatever stands in them', () => {
    const text = 'Bitte füge mich hinzu: “A & B” #7 https://erp.test/app/event/EV%201?x=1\nDanke';
    const url = new URL(newChatUrl('global', ['jo@contoso.test', 'o+x@contoso.test'], text));
    expect(url.pathname).toBe('/l/chat/0/0');
    expect(url.searchParams.get('users')).toBe('jo@contoso.test,o+x@contoso.test');
    expect(url.searchParams.get('message')).toBe(text);
    expect(url.search, 'Teams reads a plus as a plus').not.toContain('+');
    expect(callUrl('global', ['jo@contoso.test', 'al@contoso.test'])).toBe(
      'https://teams.microsoft.com/l/call/0/0?users=jo%40contoso.test,al%40contoso.test',
    );
  });
});

describe('links to channels', () => {
  const teamId = 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b';
  const id = asChatId('19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2');
  const channel = { teamId, id, team: 'Sales', name: 'Q&A / Preise', kind: 'standard' as const };
  const TENANT = '2432b57b-0abd-43db-aa7b-16eadd115d34';

  it('name team, channel, thread and message, and lead back to the channel when pasted', () => {
    const link = channelUrl('global', channel, TENANT);
    expect(link).toBe(
      `https://teams.microsoft.com/l/channel/19%3A4a95f7d8db4c4e7fae857bcebe0623e6%40thread.tacv2/Q%26A%20%2F%20Preise?groupId=${teamId}&tenantId=${TENANT}`,
    );
    const post = postUrl('gcc-high', channel, { id: asMessageId('17'), thread: asMessageId('15') }, TENANT);
    expect(post).toMatch(/^https:\/\/gov\.teams\.microsoft\.us\/l\/message\/19%3A4a95/);
    expect(new URL(post).searchParams.get('parentMessageId')).toBe('15');
    for (const pasted of [link, post, ` ${link}\n`, link.replace('teams.microsoft.com', 'teams.cloud.microsoft')])
      expect(channelOfUrl(pasted)).toEqual({ teamId, id });
  });

  it('of elsewhere, of chats, or without a team are none', () => {
    const link = channelUrl('global', channel, TENANT);
    for (const text of [
      'General',
      link.replace('https:', 'http:'),
      link.replace('teams.microsoft.com', 'teams.microsoft.com.evil.test'),
      link.replace(teamId, 'sales'),
      link.replace('%40thread.tacv2', '%2F..%2F..%2Fme'),
      link.replace('%40', '%4'),
      chatUrl('global', CHAT),
    ])
      expect(channelOfUrl(text), text).toBeNull();
  });
});
