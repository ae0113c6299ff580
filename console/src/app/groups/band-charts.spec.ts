import { describe, expect, it } from '@jest/globals';
import type { BandsAnswer } from '@docksnap/contract';
import { aSeries, aWorkload } from '../../testing/answers.ts';
import { bandCharts } from './band-charts.ts';

const series = aSeries([1, 2, 3]);

function answer(counts: readonly number[]): BandsAnswer {
  const values = [1, null, 3];
  const bands = { min: values, p5: values, p25: values, p50: values, p75: values, p95: values, max: [2, null, 4] };
  return { ...aSeries([1, 2, 3]), by: 'pod', metrics: { cpuCores: { unit: 'cores', counts: [...counts], bands } } };
}

describe('bandCharts', () => {
  it('show the pods of a workload by percentiles, against what one of them asks for', () => {
    const [cpu] = bandCharts(
      answer([2, 3, 2]),
      series,
      aWorkload({ pods: 2, cpuRequestCores: 0.5, cpuLimitCores: null }),
      'pod',
    );
    expect(cpu).toMatchObject({ title: 'CPU of a pod', note: '3 pods', bounds: [{ kind: 'request', value: 0.25 }] });
    expect(cpu?.lines.map(({ key, values }) => [key, values])).toEqual([
      ['p50', [1, null, 3]],
      ['p95', [1, null, 3]],
      ['max', [2, null, 4]],
      ['min', [1, null, 3]],
    ]);
  });

  it('speak of containers where each stands by itself', () => {
    const [cpu] = bandCharts(answer([2]), series, undefined, 'container');
    expect(cpu).toMatchObject({ title: 'CPU of a container', note: '2 containers' });
    expect(cpu?.lines[1]?.label).toBe('95 % of containers below');
  });

  it('are not shown of one pod, nor before they are known', () => {
    expect(bandCharts(answer([1, 1, 1]), series, undefined, 'pod')).toEqual([]);
    expect(bandCharts(undefined, series, undefined, 'pod')).toEqual([]);
  });

  it('have no bounds of what does not run', () => {
    expect(bandCharts(answer([2]), series, undefined, 'pod')[0]?.bounds).toEqual([]);
  });
});
