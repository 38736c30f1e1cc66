import { describe, expect, it } from 'vitest';
import { createPictures } from '../../entrypoints/panel/state/pictures.ts';
import type { Ask } from '../../entrypoints/panel/state/session.ts';
import type { HostedContent } from '../../lib/model/hosted-content.ts';
import { asMessageId, asUserId } from '../../lib/model/ids.ts';
import type { PanelView } from '../../lib/rpc/contract.ts';
import { CHAT_ID, RECORD, SETTINGS } from './samples.ts';

const content = (name: string): HostedContent => ({
  chatId: CHAT_ID,
  teamId: null,
  messageId: asMessageId('1'),
  replyId: null,
  contentId: name,
});
const MB = 1024 * 1024;
const viewOf = (me = RECORD.me): PanelView => ({ ...RECORD, me, settings: SETTINGS, notices: [] });

/** Pictures over a worker that answers when it is told to. */
function scene(size = 10) {
  const open: { name: string; answer: (value: unknown) => void }[] = [];
  const dropped: string[] = [];
  let urls = 0;
  const ask = ((_: string, data: { content: HostedContent }) =>
    new Promise((resolve) => open.push({ name: data.content.contentId, answer: resolve }))) as unknown as Ask;
  const pictures = createPictures({
    ask,
    record: () => RECORD.key,
    makeUrl: () => `blob:${++urls}`,
    dropUrl: (url) => void dropped.push(url),
  });
  pictures.follow(viewOf());
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    pictures,
    dropped,
    asked: () => open.map(({ name }) => name),
    settle,
    async give(answer: unknown = { ok: true, value: { type: 'image/png', base64: btoa('x'.repeat(size)) } }) {
      open.shift()!.answer(answer);
      await settle();
    },
  };
}

describe('pictures', () => {
  it('are asked two at a time, the last wanted first, and once', async () => {
    const { pictures, asked, give, settle } = scene();
    for (const name of ['a', 'b', 'c', 'd', 'd']) pictures.want(content(name));
    await settle();
    expect(asked()).toEqual(['d', 'c']);
    await give();
    expect(asked()).toEqual(['c', 'b']);
    expect(pictures.stateOf(content('d'))).toEqual({ kind: 'there', url: 'blob:1' });
    await give();
    await give();
    await give();
    pictures.want(content('a'));
    await settle();
    expect(asked()).toEqual([]);
  });

  it('that were scrolled past are not asked', async () => {
    const { pictures, asked, give, settle } = scene();
    const undo = ['a', 'b', 'c'].map((name) => pictures.want(content(name)));
    await settle();
    undo[0]!();
    await give();
    await give();
    expect(asked()).toEqual([]);
    pictures.want(content('a'));
    await settle();
    expect(asked()).toEqual(['a']);
  });

  it('that failed say why, and are asked again when somebody wants that', async () => {
    const { pictures, asked, give, settle } = scene();
    pictures.want(content('a'));
    await settle();
    const problem = { code: 'offline', title: 'No connection', text: '' };
    await give({ ok: false, error: problem });
    expect(pictures.stateOf(content('a'))).toEqual({ kind: 'failed', problem });
    pictures.again(content('a'));
    await settle();
    expect(asked()).toEqual(['a']);
    await give();
    expect(pictures.stateOf(content('a'))).toMatchObject({ kind: 'there' });
  });

  it('off the screen make room beyond 64 MB, the oldest first', async () => {
    const { pictures, give, settle, dropped } = scene(20 * MB);
    for (const name of ['a', 'b', 'c', 'd']) {
      const undo = pictures.want(content(name));
      await settle();
      await give();
      if (name !== 'b') undo();
    }
    expect(dropped).toEqual(['blob:1']);
    expect(pictures.stateOf(content('a'))).toEqual({ kind: 'waiting' });
    expect(pictures.stateOf(content('b'))).toMatchObject({ kind: 'there' });
  });

  it('of one account are not shown to another', async () => {
    const { pictures, asked, give, settle, dropped } = scene();
    pictures.want(content('a'));
    pictures.want(content('b'));
    await settle();
    await give();
    pictures.follow(viewOf({ ...RECORD.me, id: asUserId('somebody else') }));
    expect(dropped).toEqual(['blob:1']);
    await settle();
    // The one on its way comes for who is gone.
    await give();
    expect(pictures.stateOf(content('a'))).toEqual({ kind: 'waiting' });
    expect(asked()).toEqual(['b', 'a']);
  });
});
