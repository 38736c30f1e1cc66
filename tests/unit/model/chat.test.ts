import { describe, expect, it } from 'vitest';
import { bearsMarker, topicFor } from '../../../lib/model/chat.ts';

describe("a chat's topic", () => {
  it('is the title and, at its end, the record that it belongs to', () => {
    expect(topicFor('Kick-off', 'EV00001')).toBe('Kick-off · EV00001');
  });
  it('has no colon, no control character and at most 250 units, cut in the title', () => {
    const topic = topicFor(`10:30\n${'ä😀'.repeat(200)}`, 'A/B: & Ü 100%');
    expect(topic).not.toMatch(/[:\n]/);
    expect(topic.length).toBeLessThanOrEqual(250);
    expect(topic).toMatch(/ · A\/B & Ü 100%$/);
    expect(topic.isWellFormed()).toBe(true);
  });
  it('is the record alone where there is no title', () => {
    expect(bearsMarker(topicFor('', 'EV00001'), 'EV00001')).toBe(true);
  });
  it.each([
    ['Kick-off · EV00001', 'EV00001', true],
    ['EV00001 · Kick-off', 'EV00001', false],
    ['Kick-off · EV000011', 'EV00001', false],
    ['Kick-off EV00001', 'EV00001', false],
    [null, 'EV00001', false],
  ])('%j is of %s: %s', (topic, name, expected) => {
    expect(bearsMarker(topic, name)).toBe(expected);
  });
  it.each(['EV1', 'A/B & Ü 100%', 'x'.repeat(300), 'a: b', '  spaces  '])('is found again by %j', (name) => {
    expect(bearsMarker(topicFor('Title: one', name), name)).toBe(true);
  });
});
