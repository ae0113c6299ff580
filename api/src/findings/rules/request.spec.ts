import { describe, expect, it } from '@jest/globals';
import type { ContainerFacts } from '../judgement.ts';
import { aDescription, memoryOver, mebi, minuteMs, nowMs, someFacts } from '../testing/facts.ts';
import { mayBeFar, requestOf } from './request.ts';

/** Used for so many minutes. */
function using(
  cores: number,
  mebiUsed: number,
  requests: { cpuCores?: number; memoryBytes?: number },
  minutes = 360,
): ContainerFacts {
  const memory = memoryOver(minutes, 5, () => mebiUsed);
  const cpu = memory.map(({ timeMs }) => ({ endMs: timeMs, cores, periods: NaN, throttled: NaN }));
  return someFacts({
    description: aDescription({ requests }),
    memory: memory.slice(-3),
    cpu: cpu.slice(-3),
    past: { memory, cpu },
  });
}

describe('requestOf', () => {
  it.each<[string, ContainerFacts, string, string]>([
    [
      'much more CPU than is used',
      using(0.1, 100, { cpuCores: 2 }),
      'cpu',
      'requests 2 cores and used 0.1 cores at most in 6 h: others cannot have the rest.',
    ],
    [
      'much more memory than is used',
      using(0.1, 100, { memoryBytes: 2048 * mebi }),
      'memory',
      'requests 2 GiB and used 100 MiB at most in 6 h: others cannot have the rest.',
    ],
    [
      'much less memory than is used',
      using(0.1, 1024, { memoryBytes: 256 * mebi }),
      'memory',
      'used 1 GiB and requests only 256 MiB: a node short of memory evicts it early.',
    ],
  ])('finds a request of %s', (_sentence, facts, chart, sentence) => {
    expect(mayBeFar(facts)).toBe(true);
    expect(requestOf(facts)).toMatchObject({ kind: 'request', urgency: 'notice', chart, sentence });
  });

  it.each<[string, ContainerFacts]>([
    ['of twice what is used', using(0.5, 100, { cpuCores: 1 })],
    ['far from use, but small', using(0.001, 1, { cpuCores: 0.1, memoryBytes: 64 * mebi })],
    ['nobody made', using(0.5, 2000, {})],
    ['watched for an hour', using(0.1, 100, { cpuCores: 2 }, 60)],
    ['that was needed once', { ...using(0.1, 100, { cpuCores: 2 }), past: pastWithPeak() }],
    ['of which no past is known', { ...using(0.1, 100, { cpuCores: 2 }), past: undefined }],
  ])('finds nothing in a request %s', (_sentence, facts) => {
    expect(requestOf(facts)).toBeUndefined();
  });
});

function pastWithPeak(): ContainerFacts['past'] {
  const memory = memoryOver(360, 5, () => 100);
  const peakMs = nowMs - 200 * minuteMs;
  return {
    memory,
    cpu: memory.map(({ timeMs }) => ({
      endMs: timeMs,
      cores: timeMs === peakMs ? 1.8 : 0.1,
      periods: NaN,
      throttled: NaN,
    })),
  };
}
