import { describe, expect, it } from 'vitest';
import { asChatId, asMessageId } from '../../../lib/model/ids.ts';
import { callUrl, chatUrl, messageUrl, newChatUrl } from '../../../lib/model/teams-links.ts';

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
