import { describe, expect, it } from '@jest/globals';
import type { Lease } from './lease.ts';
import { heldBy, mayTake, released, sight } from './lease.ts';

const now = new Date('2026-01-01T00:00:10.123Z');

function lease(holderIdentity: string, resourceVersion = '1'): Lease {
  return {
    metadata: { resourceVersion },
    spec: { holderIdentity, leaseDurationSeconds: 15, renewTime: '', leaseTransitions: 3, acquireTime: 'then' },
  };
}

describe('a Lease', () => {
  it.each([
    ['nobody holds', '', 0, true],
    ['this one holds', 'me', 0, true],
    ['another has just renewed', 'other', 0, false],
    ['another renewed a moment less than its duration ago', 'other', 14_999, false],
    ['another has not renewed for its whole duration', 'other', 15_000, true],
  ])('that %s may be taken: %#', (_sentence, holder, agoMs, expected) => {
    expect(mayTake({ lease: lease(holder), seenAtMs: 1000 }, 'me', 1000 + agoMs)).toBe(expected);
  });

  it('ages from when it was first seen as it is, whatever its own times say', () => {
    const first = sight(undefined, lease('other'), 1000);
    expect(sight(first, lease('other'), 5000).seenAtMs).toBe(1000);
    expect(sight(first, lease('other', '2'), 5000).seenAtMs).toBe(5000);
  });

  it('keeps its time of taking when it is renewed', () => {
    expect(heldBy('me', lease('me').spec, now)).toMatchObject({ acquireTime: 'then', leaseTransitions: 3 });
  });

  it('counts one transition more when it is taken over', () => {
    const taken = heldBy('me', lease('other').spec, now);
    expect(taken).toMatchObject({
      holderIdentity: 'me',
      acquireTime: '2026-01-01T00:00:10.123000Z',
      leaseTransitions: 4,
    });
  });

  it('is nobody’s after it was let go', () => {
    expect(released(lease('me').spec, now)).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
  });
});
