import { describe, expect, it } from '@jest/globals';
import { advise, type SetNow } from './advice.ts';
import type { Evidence } from './evidence.ts';

const mebi = 2 ** 20;
const fits: SetNow = {
  cpuRequestCores: 0.46,
  cpuLimitCores: 2,
  memoryRequestBytes: 232 * mebi,
  memoryLimitBytes: 512 * mebi,
  wasOomKilled: false,
};
const week: Evidence = {
  watchedHours: 168,
  cpu: { p50: 0.2, p95: 0.4, max: 1.2 },
  memory: { p50: 150 * mebi, p95: 190 * mebi, max: 200 * mebi },
  throttledRatio: 0.01,
  risingShare: 0.5,
};

type Row = [sentence: string, now: Partial<SetNow>, seen: Partial<Evidence>, expected: string[]];

describe('advise', () => {
  it.each<Row>([
    ['says nothing where what is set fits', {}, {}, []],
    ['lowers a CPU request to the 95th percentile plus headroom', { cpuRequestCores: 2 }, {}, ['cpu request 2 > 0.46']],
    ['raises one that is too low', { cpuRequestCores: 0.1 }, {}, ['cpu request 0.1 > 0.46']],
    ['asks for a request where there is none', { cpuRequestCores: null }, {}, ['cpu request null > 0.46']],
    ['leaves a difference that nobody would restart for', { cpuRequestCores: 0.5 }, {}, []],
    [
      'leaves a large share of next to nothing',
      { cpuRequestCores: 0.05 },
      { cpu: { p50: 0, p95: 0.01, max: 0.1 } },
      [],
    ],
    [
      'lowers a memory request to the most that was used',
      { memoryRequestBytes: 512 * mebi },
      {},
      ['memory request 512 > 232'],
    ],
    ['raises a CPU limit that holds back', {}, { throttledRatio: 0.05 }, ['cpu limit 2 > 3']],
    ['leaves one that holds back now and then', {}, { throttledRatio: 0.049 }, []],
    [
      'keeps a request at or below its limit',
      { cpuRequestCores: 0.1, cpuLimitCores: 0.3 },
      {},
      ['cpu request 0.1 > 0.3'],
    ],
    [
      'raises a memory limit that is nearly reached',
      { memoryLimitBytes: 220 * mebi, memoryRequestBytes: 220 * mebi },
      {},
      ['memory limit 220 > 256'],
    ],
    ['raises one at which it was killed', { wasOomKilled: true }, {}, ['memory limit 512 > 640']],
    ['never lowers a limit', { memoryLimitBytes: 64 * 1024 * mebi, cpuLimitCores: 64 }, {}, []],
    ['gives a leak no memory', { wasOomKilled: true, memoryRequestBytes: 16 * mebi }, { risingShare: 0.8 }, []],
    ['gives a leak CPU all the same', { cpuRequestCores: 2 }, { risingShare: 0.95 }, ['cpu request 2 > 0.46']],
    ['raises after an hour', { cpuRequestCores: 0.1 }, { watchedHours: 1 }, ['cpu request 0.1 > 0.46']],
    ['raises nothing before', { cpuRequestCores: 0.1, wasOomKilled: true }, { watchedHours: 0.99 }, []],
    ['lowers nothing before a day', { cpuRequestCores: 2 }, { watchedHours: 23.9 }, []],
    ['lowers after a day', { cpuRequestCores: 2 }, { watchedHours: 24 }, ['cpu request 2 > 0.46']],
    [
      'knows nothing without samples',
      { cpuRequestCores: null, memoryRequestBytes: null },
      {
        cpu: { p50: null, p95: null, max: null },
        memory: { p50: null, p95: null, max: null },
        throttledRatio: null,
        risingShare: null,
      },
      [],
    ],
  ])('%s', (_sentence, now, seen, expected) => {
    const { hints } = advise({ ...fits, ...now }, { ...week, ...seen });
    const unit = (resource: string, value: number | null) =>
      value !== null && resource === 'memory' ? value / mebi : value;
    const said = hints.map(({ resource, field, from, to }) => {
      return `${resource} ${field} ${String(unit(resource, from))} > ${String(unit(resource, to))}`;
    });
    expect(said).toEqual(expected);
  });

  it.each([
    [0.5, 'none', /measured for 30 min/],
    [23, 'low', null],
    [24, 'medium', null],
    [167, 'medium', null],
    [168, 'high', null],
  ])('after %d h is sure: %s', (watchedHours, confidence, unsure) => {
    const advice = advise(fits, { ...week, watchedHours });
    expect(advice.confidence).toBe(confidence);
    expect(advice.unsure).toEqual(unsure === null ? null : expect.stringMatching(unsure));
  });

  it.each([
    ['of a leak', {}, { risingShare: 0.9 }, /find the leak/],
    ['that less is advised later', { cpuRequestCores: 2 }, { watchedHours: 3 }, /less is advised after a day/],
  ])('tells %s', (_sentence, now, seen, expected) => {
    expect(advise({ ...fits, ...now }, { ...week, ...seen }).unsure).toMatch(expected);
  });

  it('says what it rests on', () => {
    const { hints } = advise({ ...fits, cpuRequestCores: 2 }, week);
    expect(hints[0]?.why).toBe('used 0.4 cores at the 95th percentile, plus 15 %');
  });
});
