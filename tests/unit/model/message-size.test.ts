import { expect, test } from 'vitest';
import { asUserId } from '../../../lib/model/ids.ts';
import { type MessageContent, plainContent } from '../../../lib/model/message.ts';
import { MESSAGE_BYTES, messageBytes, sizeProblem } from '../../../lib/model/message-size.ts';

const picture = (length: number) => ({ id: '1', contentType: 'image/png', bytes: 'A'.repeat(length) });

test('text counts by its bytes, mentions and cards beside it; pictures only against the size of a call', () => {
  const text = plainContent('ü'.repeat(MESSAGE_BYTES / 2));
  expect([messageBytes(text), sizeProblem(text)]).toEqual([MESSAGE_BYTES, null]);
  expect(sizeProblem(plainContent(`${text.html}x`))?.code).toBe('too-long');
  const mentioning: MessageContent = { ...text, mentions: [{ id: 0, name: 'Bob', userId: asUserId('bob') }] };
  expect(sizeProblem(mentioning)?.title).toMatch(/long/);
  const card = { id: 'g', contentType: 'application/vnd.microsoft.card.adaptive', content: 'x'.repeat(MESSAGE_BYTES) };
  expect(sizeProblem({ ...plainContent(''), attachments: [card] })?.title).toMatch(/long/);
  expect(sizeProblem({ ...text, images: [picture(3_900_000)] })).toBeNull();
  expect(sizeProblem({ ...text, images: [picture(2_000_000), picture(2_000_000)] })?.title).toMatch(/pictures/);
});
