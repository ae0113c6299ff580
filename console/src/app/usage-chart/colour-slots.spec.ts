import { describe, expect, it } from '@jest/globals';
import { colourSlots } from './colour-slots.ts';

const names = Array.from({ length: 12 }, (_, index) => `shop/workload-${index}`);

describe('colourSlots', () => {
  it('gives a thing the same ink wherever it stands alone', () => {
    for (const name of names) expect(colourSlots([name]).get(name)).toBe(colourSlots([name, 'last']).get(name));
  });

  it('gives eight things eight inks, and the rest the ink of others', () => {
    const given = [...colourSlots(names).values()];
    expect(new Set(given.slice(0, 8)).size).toBe(8);
    expect(given.slice(8)).toEqual(['other', 'other', 'other', 'other']);
  });

  it('leaves the larger one its ink when two clash', () => {
    const [first = '', ...others] = names;
    const rival = others.find((name) => colourSlots([name]).get(name) === colourSlots([first]).get(first)) ?? '';
    expect(colourSlots([first, rival]).get(first)).toBe(colourSlots([first]).get(first));
    expect(colourSlots([first, rival]).get(rival)).not.toBe(colourSlots([first]).get(first));
  });
});
