import { describe, expect, it } from '@jest/globals';
import type { Description } from '@docksnap/contract';
import type { KnownEntity } from '../store/store.ts';
import { blockOf, podDescription, podHash } from '../testing/blocks.ts';
import { seenSince, withEntities } from './known-entities.ts';

const described = new Map<string, Description>([[podHash, podDescription]]);
const nothing = new Map<string, KnownEntity>();

describe('withEntities', () => {
  it('learns what the block says', () => {
    const { byKey, changed } = withEntities(nothing, blockOf({ seq: 1, tickTimes: [10], described: true }), described);
    expect([...changed]).toEqual(['node', 'pod-1', 'pod-1/web']);
    expect(byKey.get('pod-1')?.description).toBe(podDescription);
    expect(byKey.get('pod-1/web')?.incarnations).toEqual([
      { runtimeId: 'run-1', startedAtMs: 1_700_000_000_000, lastSeenMs: 10 },
    ]);
  });

  it('sees no change in a later block of the same', () => {
    const first = withEntities(nothing, blockOf({ seq: 1, tickTimes: [10], described: true }), described);
    const second = withEntities(first.byKey, blockOf({ seq: 2, tickTimes: [20], described: true }), described);
    expect([...second.changed]).toEqual([]);
    expect(second.byKey.get('pod-1')?.lastSeenMs).toBe(20);
  });

  it('keeps a description when a later block has none', () => {
    const first = withEntities(nothing, blockOf({ seq: 1, tickTimes: [10], described: true }), described);
    const second = withEntities(first.byKey, blockOf({ seq: 2, tickTimes: [20] }), described);
    expect(second.byKey.get('pod-1')?.description).toBe(podDescription);
  });

  it('adds a restart to the incarnations', () => {
    const first = withEntities(nothing, blockOf({ seq: 1, tickTimes: [10] }), described);
    const second = withEntities(first.byKey, blockOf({ seq: 2, tickTimes: [20], runtimeId: 'run-2' }), described);
    expect([...second.changed]).toEqual(['pod-1/web']);
    expect(second.byKey.get('pod-1/web')?.incarnations.map(({ runtimeId }) => runtimeId)).toEqual(['run-2', 'run-1']);
  });

  it('does not let an older block overrule a newer one', () => {
    const first = withEntities(nothing, blockOf({ seq: 9, tickTimes: [90] }), described);
    const second = withEntities(first.byKey, blockOf({ seq: 1, tickTimes: [10], described: true }), described);
    expect(second.byKey.get('pod-1')).toMatchObject({ lastSeenMs: 90, description: podDescription });
    expect(second.byKey.get('pod-1/web')?.incarnations[0]?.lastSeenMs).toBe(90);
  });
});

describe('seenSince', () => {
  it('lets go of those not seen since', () => {
    const { byKey } = withEntities(nothing, blockOf({ seq: 1, tickTimes: [10] }), described);
    expect(seenSince(byKey, 10).size).toBe(3);
    expect(seenSince(byKey, 11).size).toBe(0);
  });
});
