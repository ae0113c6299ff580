import { describe, expect, it } from '@jest/globals';
import { type Block, limits } from '@docksnap/contract';
import { blockOf } from '../testing/blocks.ts';
import { NewContainers } from './new-containers.ts';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 24, 12);
const most = limits.newContainersPerHour;

/** A block with these containers, by number. */
function block(tickMs: number, first: number, count: number): Block {
  const one = blockOf({ seq: 1, tickTimes: [tickMs] });
  const entities = Array.from({ length: count }, (_, index) => ({
    kind: 'container' as const,
    key: `pod/c${first + index}`,
    runtimeId: `run-${first + index}`,
    startedAtMs: 0,
    description: '',
  }));
  return { ...one, entities, groups: [] };
}

function after(...blocks: readonly Block[]): NewContainers {
  const containers = new NewContainers();
  for (const one of blocks) containers.add(one);
  return containers;
}

describe('the new containers of an hour', () => {
  it('are none of those that a node is first seen with', () => {
    expect(new NewContainers().exceeds([block(startMs, 0, most + 1)])).toBe(false);
    const containers = after(block(startMs, 0, 4000));
    expect(containers.exceeds([block(startMs + 1, 0, 4000), block(startMs + 2, 4000, most)])).toBe(false);
  });

  it('are as many as they may be, and not one more', () => {
    const containers = after(block(startMs, 0, 1), block(startMs + 1000, 1, most - 1));
    expect(containers.exceeds([block(startMs + 2000, most, 1)])).toBe(false);
    expect(containers.exceeds([block(startMs + 2000, most, 2)])).toBe(true);
    expect(containers.exceeds([block(startMs + 2000, most, 1), block(startMs + 3000, most + 1, 1)])).toBe(true);
    containers.add(block(startMs + 2000, most, 1));
    expect(containers.exceeds([block(startMs + 3000, most + 1, 1)])).toBe(true);
    expect(containers.exceeds([block(startMs + 3000, 0, most + 1)])).toBe(false);
  });

  it('are counted for each hour by itself, by the time of the ticks', () => {
    const containers = after(block(startMs, 0, 1), block(startMs + 1, 1, most));
    expect(containers.exceeds([block(startMs + hourMs, most + 1, most)])).toBe(false);
    expect(containers.exceeds([block(startMs - hourMs, most + 1, most)])).toBe(false);
    expect(containers.exceeds([block(startMs + hourMs, most + 1, most + 1)])).toBe(true);
  });

  it('do not count again in a later hour', () => {
    const containers = after(block(startMs, 0, 1000), block(startMs + 3 * hourMs, 0, 1000));
    expect(containers.exceeds([block(startMs + 3 * hourMs, 1000, most)])).toBe(false);
  });

  it('count once in a push that has them in two hours', () => {
    const containers = after(block(startMs, 0, 1), block(startMs + hourMs, 1, 1));
    expect(containers.exceeds([block(startMs, 2, most), block(startMs + hourMs, 2, most)])).toBe(false);
    expect(containers.exceeds([block(startMs, 2, most), block(startMs + hourMs, 3, most)])).toBe(false);
    expect(containers.exceeds([block(startMs, 2, most), block(startMs, 3, most)])).toBe(true);
  });

  it('are new again when no hour that is remembered had them', () => {
    const containers = after(block(startMs, 0, 2));
    for (let hour = 1; hour <= 26; hour += 1) containers.add(block(startMs + hour * hourMs, 0, 1));
    const nowMs = startMs + 26 * hourMs;
    containers.add(block(nowMs, 10, most));
    expect(containers.exceeds([block(nowMs, 0, 1)])).toBe(false);
    expect(containers.exceeds([block(nowMs, 1, 1)])).toBe(true);
  });

  it('have one limit together in all hours that are long ago', () => {
    const containers = new NewContainers();
    for (let hour = 0; hour < 26; hour += 1) containers.add(block(startMs + hour * hourMs, 0, 1));
    containers.add(block(startMs - 100 * hourMs, 1, most));
    expect(containers.exceeds([block(startMs - 200 * hourMs, most + 1, 1)])).toBe(true);
    expect(containers.exceeds([block(startMs + 25 * hourMs, most + 1, 1)])).toBe(false);
  });
});
