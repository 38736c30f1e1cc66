import { describe, expect, test } from 'vitest';
import { escapeMarkdown, recordCard } from '../../../lib/model/record-card.ts';

describe('the card of a record', () => {
  test('says what the record is, and leads back to it', () => {
    const source = { title: 'Fair *2026*', doctype: 'Event', name: 'EV1', url: 'https://erp.test/app/event/EV1' };
    expect(JSON.parse(recordCard(source, [{ label: 'Status', value: 'Open_now' }], 'Open'))).toMatchObject({
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        { type: 'TextBlock', text: 'Fair \\*2026\\*', wrap: true },
        { type: 'TextBlock', text: 'Event · EV1' },
        { type: 'FactSet', facts: [{ title: 'Status', value: 'Open\\_now' }] },
      ],
      actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://erp.test/app/event/EV1' }],
    });
    expect(JSON.parse(recordCard({ ...source, title: 'EV1' }, [], 'Open')).body).toHaveLength(2);
  });

  test.each([
    ['[pay](https://evil.test)', '\\[pay\\](https://evil.test)'],
    ['- a\n1. b\n# c', '\\- a\n1\u200b. b\n\\# c'],
    ['SO-0001, 1.5 kg', 'SO-0001, 1.5 kg'],
    ['{{DATE(2026-01-01)}}', '{\u200b{DATE(2026-01-01)}}'],
    ['<b> &amp; `x` | ~y~ \\', '\\<b\\> \\&amp; \\`x\\` \\| \\~y\\~ \\\\'],
  ])('%j is only words', (text, escaped) => expect(escapeMarkdown(text)).toBe(escaped));
});
