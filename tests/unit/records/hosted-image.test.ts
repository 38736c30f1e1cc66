import { expect, it } from 'vitest';
import type { HostedContent } from '../../../lib/model/hosted-content.ts';
import { asChatId, asMessageId } from '../../../lib/model/ids.ts';
import { panelCalls } from '../../../lib/records/panel-calls.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import type { ImageBytes } from '../../../lib/rpc/contract/reading.ts';
import { fakeGraph } from '../graph/fake-graph.ts';
import { account, chat2, chatId } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, shownKey, TAB } from './fake-worker.ts';

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const CONTENT: HostedContent = {
  chatId,
  teamId: null,
  messageId: asMessageId('1700000000000'),
  replyId: null,
  contentId: 'aWQ9',
};

async function ask(content: HostedContent, answer: Response) {
  const { worker, pass } = await fakeWorker();
  const { graph, sent } = fakeGraph([answer]);
  const calls = panelCalls(Object.assign(worker, { graph }), {} as SignIn);
  const image = calls['messages.image']({ pass, shown: shownKey, content }, panelOf(TAB)) as Promise<ImageBytes>;
  return { image, sent };
}

it('is asked of the message of the record’s chat, and is what its bytes say', async () => {
  const { image, sent } = await ask(CONTENT, new Response(PNG, { headers: { 'content-type': 'text/html' } }));
  expect(await image).toEqual({ type: 'image/png', base64: Buffer.from(PNG).toString('base64') });
  expect(sent.map(({ path }) => path)).toEqual([`/chats/${chatId}/messages/1700000000000/hostedContents/aWQ9/$value`]);
});

it('of a channel is asked of the record’s channel alone', async () => {
  const { worker, pass } = await fakeWorker();
  const { graph, sent } = fakeGraph([new Response(PNG)]);
  const calls = panelCalls(Object.assign(worker, { graph }), {} as SignIn);
  const channel = asChatId('19:g@thread.tacv2');
  const content = { ...CONTENT, chatId: channel, teamId: 'Sales', replyId: asMessageId('1700000000001') };
  const image = () => calls['messages.image']({ pass, shown: shownKey, content }, panelOf(TAB)) as Promise<ImageBytes>;
  await expect(image()).rejects.toMatchObject({ error: { code: 'not-permitted' } });
  await worker.store.channels.know(account, { teamId: 'sales', team: '', id: channel, name: 'G', kind: 'standard' });
  await worker.store.channels.choose(account, { record: shownKey }, channel);
  expect(await image()).toMatchObject({ type: 'image/png' });
  expect(sent.map(({ path }) => path)).toEqual([
    `/teams/Sales/channels/${channel}/messages/1700000000000/replies/1700000000001/hostedContents/aWQ9/$value`,
  ]);
});

it.each<[string, Partial<HostedContent>]>([
  ['another chat', { chatId: chat2 }],
  ['a channel', { teamId: 't' }],
  ['what is no chat', { chatId: asChatId('../me') }],
  ['what is no content', { contentId: '../../photo' }],
  ['what is no message', { messageId: asMessageId('1/../2') }],
])('is never asked of %s', async (_, part) => {
  const { image, sent } = await ask({ ...CONTENT, ...part }, new Response(PNG));
  await expect(image).rejects.toMatchObject({ error: { code: 'not-permitted' } });
  expect(sent).toEqual([]);
});

it.each([
  ['markup', '<svg onload="alert(1)"/>', 'not-permitted'],
  ['more than is shown', new Uint8Array(8 * 1024 * 1024 + 1), 'too-long'],
])('is refused where it is %s, whatever Microsoft calls it', async (_, body, code) => {
  const { image } = await ask(CONTENT, new Response(body, { headers: { 'content-type': 'image/png' } }));
  await expect(image).rejects.toMatchObject({ error: { code } });
});
