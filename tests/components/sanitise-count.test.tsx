// @vitest-environment happy-dom
import { render } from '@testing-library/preact';
import { expect, test, vi } from 'vitest';
import { MessageLines } from '../../components/chat/message-lines.tsx';
import type { Message } from '../../lib/model/message.ts';
import { BEN, CHAT_ID, ME, message, NOW } from './samples.ts';

const cleaned = vi.hoisted(() => ({ htmls: [] as string[] }));
vi.mock('../../components/chat/sanitise.ts', () => ({
  sanitise(html: string) {
    cleaned.htmls.push(html);
    const template = document.createElement('template');
    template.innerHTML = html;
    return template.content;
  },
  picturesIn: () => [],
}));

const talk = Array.from({ length: 50 }, (_, i) => message(5000 - i, i % 3 ? BEN : ME, `<p>No ${i}.</p>`));
const nothing = () => {};

function Lines({ messages }: { messages: Message[] }) {
  return (
    <MessageLines
      chatId={CHAT_ID}
      me={ME.id}
      members={[]}
      messages={messages}
      more={false}
      loadingOlder={false}
      newer={false}
      jumped={null}
      now={NOW}
      photoOf={() => null}
      onOlder={nothing}
      onNewer={nothing}
      onNewest={nothing}
      onSeen={nothing}
      ownSends={0}
      newFrom={null}
      onNewSeen={nothing}
    />
  );
}

/** Cleaning is what costs most of a message on its way onto the screen. */
test('a text is cleaned once a version: not when it is drawn again, or scrolled away from and back to', () => {
  const since = () => cleaned.htmls.splice(0);
  const { rerender, container, unmount } = render(<Lines messages={talk} />);
  expect(since().toSorted()).toEqual(talk.map(({ html }) => html).toSorted());
  expect(container.querySelectorAll('.chat-body p')).toHaveLength(50);

  rerender(<Lines messages={talk.map((one) => ({ ...one }))} />);
  expect(since(), 'drawn again').toEqual([]);

  rerender(<Lines messages={talk.slice(0, 10)} />);
  rerender(<Lines messages={talk} />);
  expect(since(), 'scrolled away from and back to').toEqual([]);

  unmount();
  const again = render(<Lines messages={talk} />);
  expect(again.container.textContent).toContain('No 49.');
  expect(since(), 'another record in between').toEqual([]);

  const edited = talk.map((one, i) => (i === 7 ? { ...one, etag: 'later', html: '<p>Edited</p>' } : one));
  again.rerender(<Lines messages={edited} />);
  expect(since(), 'edited').toEqual(['<p>Edited</p>']);
  expect(again.container.textContent).toContain('Edited');
});
