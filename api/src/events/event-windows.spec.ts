import { describe, expect, it } from '@jest/globals';
import type { EventRecord } from '@docksnap/contract';
import { type EventWindow, mergedWindow, mostPerWindow } from './event-windows.ts';
import { anEvent } from './testing/events.ts';

const empty: EventWindow = { events: [], isFull: false };
const many = (count: number, from = 0): EventRecord[] =>
  Array.from({ length: count }, (_, index) => anEvent({ id: `e${from + index}` }));

describe('mergedWindow', () => {
  it('is itself when nothing is news', () => {
    const window = mergedWindow(empty, [anEvent()]);
    expect(mergedWindow(window, [anEvent()])).toBe(window);
    expect(mergedWindow(empty, [])).toBe(empty);
  });

  it('has of a series what was told last', () => {
    const window = mergedWindow(empty, [anEvent({ count: 3 })]);
    expect(mergedWindow(window, [anEvent({ count: 2 })])).toBe(window);
    expect(mergedWindow(window, [anEvent({ count: 4 })]).events).toEqual([anEvent({ count: 4 })]);
  });

  it('keeps what came first, up to its limit, and says that there was more', () => {
    const full = mergedWindow(empty, many(mostPerWindow));
    expect([full.events.length, full.isFull]).toEqual([mostPerWindow, false]);
    const more = mergedWindow(full, [...many(1, mostPerWindow), anEvent({ id: 'e0', count: 5 })]);
    expect([more.events.length, more.isFull, more.events[0]?.count]).toEqual([mostPerWindow, true, 5]);
    expect(mergedWindow(more, many(1, mostPerWindow))).toBe(more);
  });
});
