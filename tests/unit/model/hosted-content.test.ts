import { describe, expect, it } from 'vitest';
import { hostedContentOf } from '../../../lib/model/hosted-content.ts';
import { asChatId, asMessageId } from '../../../lib/model/ids.ts';

const HOME = { chatId: asChatId('19:a@thread.v2'), messageId: asMessageId('1700000000000') };
const of = (address: string) => hostedContentOf(address, HOME);
const IN_CHAT = { ...HOME, teamId: null, replyId: null, contentId: 'aWQ9eF8w' };

describe('the address of a hosted content', () => {
  it.each([
    '../hostedContents/aWQ9eF8w/$value',
    'https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1700000000000/hostedContents/aWQ9eF8w/$value',
    'https://graph.microsoft.com/beta/chats/19%3Aa%40thread.v2/messages/1700000000000/hostedContents/aWQ9eF8w/$value',
    'https://graph.microsoft.us/v1.0/users/u1/chats/19:a@thread.v2/messages/1700000000000/hostedContents/aWQ9eF8w/$value',
    'https://dod-graph.microsoft.us/v1.0/me/chats/19:a@thread.v2/messages/1700000000000/hostedContents/aWQ9eF8w/$value',
    'https://microsoftgraph.chinacloudapi.cn/v1.0/chats/19:a@thread.v2/messages/1700000000000/hostedContents/aWQ9eF8w/$value',
  ])('%s', (address) => {
    expect(of(address)).toEqual(IN_CHAT);
  });

  it('of a channel names the team, and the answer', () => {
    const channel = 'https://graph.microsoft.com/v1.0/teams/t-1/channels/19:c@thread.tacv2/messages/1';
    const there = { chatId: '19:c@thread.tacv2', teamId: 't-1', messageId: '1', contentId: 'aWQ9' };
    expect(of(`${channel}/hostedContents/aWQ9/$value`)).toEqual({ ...there, replyId: null });
    expect(of(`${channel}/replies/2/hostedContents/aWQ9/$value`)).toEqual({ ...there, replyId: '2' });
  });

  it.each([
    'https://evil.test/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com.evil.test/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com@evil.test/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com:8443/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value',
    'http://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com/v1.0/me/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/..%2f..%2f/$value',
    'https://graph.microsoft.com/v1.0/chats/..%2f..%2fme/messages/1/hostedContents/a/$value',
    'https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/x/hostedContents/a/$value',
    'https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/%/$value',
    'https://graph.microsoft.com/v1.0/chats/19:a@thread.v2/messages/1/hostedContents/a/$value/../../../../me',
    '../hostedContents/../$value',
    '../../me/photo/$value',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    '',
  ])('is not %s', (address) => {
    expect(of(address)).toBeNull();
  });
});
