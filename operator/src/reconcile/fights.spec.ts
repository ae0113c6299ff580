import { describe, expect, it } from '@jest/globals';
import { Fights } from './fights.ts';

const minute = 60_000;

/** Repairs against `other` at these minutes. */
function fought(...minutes: number[]): Fights {
  const fights = new Fights();
  for (const at of minutes) fights.add('ns/m', { manager: 'other', fields: ['.spec.x'] }, at * minute);
  return fights;
}

describe('fights with another field manager', () => {
  it.each([
    ['four repairs are none', [0, 1, 2, 3], 3, undefined],
    ['the fifth makes one, and the next repair waits a minute', [0, 0, 0, 0, 0], 0, minute],
    ['a minute later the fields are taken back again', [0, 0, 0, 0, 0], 1, 0],
    ['five within ten minutes are one', [0, 2, 4, 6, 8], 9, 0],
    ['five in more than ten minutes are none', [0, 3, 6, 9, 12], 12, undefined],
    ['it is over when nothing was taken back for long', [0, 0, 0, 0, 0], 10, undefined],
    ['it goes on while one repair a minute is needed', [0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 11, minute],
  ])('%s', (_sentence, minutes, nowMinutes, waitMs) => {
    expect(fought(...minutes).of('ns/m', nowMinutes * minute)?.waitMs).toBe(waitMs);
  });

  it('name the manager and the fields', () => {
    expect(fought(0, 0, 0, 0, 0).of('ns/m', 0)).toMatchObject({ manager: 'other', fields: ['.spec.x'] });
  });

  it('are each their own: five managers that change something once fight nobody', () => {
    const fights = new Fights();
    for (const manager of ['a', 'b', 'c', 'd', 'e']) fights.add('ns/m', { manager, fields: [] }, 0);
    expect(fights.of('ns/m', 0)).toBeUndefined();
  });

  it('are forgotten with their monitor', () => {
    const fights = fought(0, 0, 0, 0, 0);
    fights.forget('ns/m');
    expect(fights.of('ns/m', 0)).toBeUndefined();
  });
});
