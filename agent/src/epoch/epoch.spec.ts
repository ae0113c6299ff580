import { describe, expect, it } from '@jest/globals';
import { Epoch, stepMs } from './epoch.ts';

/** A clock that the test turns: time that passes, and steps of the wall clock alone. */
function turnedClock() {
  let [wall, monotonic] = [1_795_491_265_000, 12.25];
  return {
    wallMs: () => wall,
    monotonicMs: () => monotonic,
    pass: (ms: number) => {
      wall += ms;
      monotonic += ms;
    },
    step: (ms: number) => {
      wall += ms;
    },
  };
}

describe('an epoch', () => {
  it('numbers ticks densely from one', () => {
    const epoch = new Epoch(turnedClock());
    epoch.giveOut(1);
    epoch.giveOut(60);
    expect(epoch.collected).toBe(61);
  });

  it('has an id of 32 hex digits, another one each time', () => {
    const ids = [new Epoch(turnedClock()).id, new Epoch(turnedClock()).id];
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('tells time by the monotonic clock, in whole ms', () => {
    const clock = turnedClock();
    const epoch = new Epoch(clock);
    clock.pass(9_999.6);
    clock.step(300);
    expect(epoch.now()).toBe(1_795_491_275_000);
  });

  it.each([
    ['forward', stepMs + 1],
    ['back', -stepMs - 1],
    ['an hour back', -3_600_000],
  ])('ends when the wall clock is stepped %s', (_what, ms) => {
    const clock = turnedClock();
    const epoch = new Epoch(clock);
    const before = epoch.id;
    epoch.giveOut(1);
    clock.pass(10_000);
    clock.step(ms);
    expect(epoch.now()).toBe(clock.wallMs());
    expect(epoch.id).not.toBe(before);
    expect(epoch.collected).toBe(0);
  });

  it.each([stepMs, -stepMs])('goes on over a step of %d ms', (ms) => {
    const clock = turnedClock();
    const epoch = new Epoch(clock);
    const before = epoch.id;
    clock.step(ms);
    expect(epoch.now()).toBe(1_795_491_265_000);
    expect(epoch.id).toBe(before);
  });

  it('never gives a time twice', () => {
    const epoch = new Epoch(turnedClock());
    expect(epoch.now()).toBeLessThan(epoch.now());
  });
});
