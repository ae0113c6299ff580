import { describe, expect, it } from '@jest/globals';
import { ContainerHistory } from './container-history.ts';
import { aDescription, minuteMs, nowMs, oomKill } from './testing/facts.ts';

describe('ContainerHistory', () => {
  it('counts restarts of the last 15 minutes, from what it saw first', () => {
    const history = new ContainerHistory();
    for (const [minutesAgo, restarts] of [
      [20, 4],
      [14, 5],
      [6, 5],
      [1, 7],
    ] as const)
      history.take(aDescription({ restarts }), nowMs - minutesAgo * minuteMs);
    expect(history.recentRestarts(nowMs)).toBe(3);
    expect(history.recentRestarts(nowMs + 10 * minuteMs)).toBe(2);
    expect(history.recentRestarts(nowMs + 20 * minuteMs)).toBe(0);
  });

  it('has each end once, for an hour', () => {
    const history = new ContainerHistory();
    history.take(aDescription({ lastTermination: oomKill(50) }), nowMs);
    history.take(aDescription({ lastTermination: oomKill(50), restarts: 1 }), nowMs);
    history.take(aDescription({ lastTermination: oomKill(5), restarts: 2 }), nowMs);
    expect(history.ends).toEqual([oomKill(50), oomKill(5)]);
    history.take(aDescription({ lastTermination: oomKill(5), restarts: 2 }), nowMs + 20 * minuteMs);
    expect(history.ends).toEqual([oomKill(5)]);
  });

  it('forgets ends that were over an hour ago when they were told', () => {
    const history = new ContainerHistory();
    history.take(aDescription({ lastTermination: oomKill(61) }), nowMs);
    expect(history.ends).toEqual([]);
  });
});
