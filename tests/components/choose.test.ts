import { describe, expect, it } from 'vitest';
import { type Choices, chosenMembers, firstChoices, keyOf } from '../../components/people/choose.ts';
import { line, ME, PREVIEW, person } from './samples.ts';

const start = () => firstChoices(PREVIEW.people, 250);

describe('who will be in the chat', () => {
  it('takes everybody who is found, guests with the guest role, and nobody who is not', () => {
    const members = chosenMembers(PREVIEW.people, start());
    expect(members.map((m) => [m.userId, m.role])).toEqual([
      ['id-alice.anders', 'owner'],
      ['id-ben.okafor', 'owner'],
      ['id-chlo.durand', 'owner'],
      ['id-dana.lund', 'guest'],
    ]);
  });
  it('takes of several people only the one picked', () => {
    const sam = PREVIEW.people[4]!;
    const choices: Choices = { ...start(), picked: new Map([[keyOf(sam.participant), person('Sam Lee')]]) };
    expect(chosenMembers(PREVIEW.people, choices).map((m) => m.userId)).toContain('id-sam.lee');
  });
  it('leaves out whom the person leaves out, but never the person', () => {
    const leftOut = new Set(PREVIEW.people.map((l) => keyOf(l.participant)));
    expect(chosenMembers(PREVIEW.people, { ...start(), leftOut }).map((m) => m.userId)).toEqual([ME.id]);
  });
  it('counts two addresses of one person once', () => {
    const ann = person('Ann');
    const people = [line('Ann', { state: 'found', person: ann }), line('Annie', { state: 'found', person: ann })];
    expect(chosenMembers(people, firstChoices(people, 250))).toHaveLength(1);
  });
  it('begins with at most the limit, the acting person always among them', () => {
    const people = Array.from({ length: 6 }, (_, i) =>
      line(`P${i}`, { state: 'found', person: person(`P${i}`) }, { isMe: i === 5 }),
    );
    const members = chosenMembers(people, firstChoices(people, 3));
    expect(members).toHaveLength(3);
    expect(members.map((m) => m.userId)).toContain('id-p5');
  });
});
