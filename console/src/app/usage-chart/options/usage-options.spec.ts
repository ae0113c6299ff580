import { describe, expect, it } from '@jest/globals';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { noonMs } from '../../../testing/answers.ts';
import { aChart, aTheme } from '../../../testing/charts.ts';
import type { Chart } from '../chart.ts';
import { init } from '../echarts.ts';
import { plotArea } from '../plot-area.ts';
import { stripTop } from './strip.ts';
import { usageOptions } from './usage-options.ts';
import { valueScale } from '../value-scale.ts';

const optionsOf = (chart: Chart) =>
  usageOptions({ chart, area: plotArea(chart, 700, 226), scale: valueScale(chart), theme: aTheme });
const bounds: Chart['bounds'] = [
  { kind: 'limit', label: 'limit', value: 2 },
  { kind: 'request', label: 'request', value: 0.5 },
];
const strip: Chart['strip'] = { label: 'throttled', slot: 2, values: [0, 0.3] };

describe('usageOptions', () => {
  it('never moves', () => {
    expect(optionsOf(aChart([1]))).toMatchObject({ animation: false });
  });

  it('draws lines in display units and leaves gaps open', () => {
    const chart = aChart([2 ** 30, null, 2 ** 31], { measure: 'bytes' });
    expect(optionsOf(chart)['series']).toMatchObject([
      { id: 'furniture' },
      {
        id: 'cpuCores',
        connectNulls: false,
        lineStyle: { color: 'ink-1' },
        data: [{ value: [noonMs - 120_000, 1] }, [noonMs - 60_000, null], { value: [noonMs, 2] }],
      },
    ]);
  });

  it('shows a point between two gaps as a dot', () => {
    const point = { value: [noonMs - 60_000, 1], symbol: 'circle' };
    expect(optionsOf(aChart([null, 1, null]))['series']).toMatchObject([{}, { data: [{}, point, {}] }]);
  });

  it('hatches gaps and draws the limit dashed, the request dotted', () => {
    const furniture = {
      markArea: { data: [[{ xAxis: noonMs - 120_000 }, { xAxis: noonMs }]] },
      markLine: {
        data: [
          { yAxis: 2, lineStyle: { type: [5, 3], color: 'limit-line' } },
          { yAxis: 0.5, lineStyle: { type: [2, 3], color: 'request-line' } },
        ],
      },
    };
    expect(optionsOf(aChart([1, null, 1], { bounds }))['series']).toMatchObject([furniture, {}]);
  });

  it('puts the throttled share into a strip of its own below', () => {
    const options = optionsOf(aChart([1, 1], { strip }));
    expect(options['grid']).toHaveLength(2);
    expect(options['xAxis']).toMatchObject([{ axisLabel: { show: false } }, { axisLabel: { show: true } }]);
    expect(options['yAxis']).toMatchObject([{ min: 0 }, { min: 0, max: 0.5 }]);
  });

  it('stacks bands on each other, up to their sum', () => {
    const lines = [1, 2].map((value) => ({
      key: `c${value}`,
      label: `c${value}`,
      slot: 'other' as const,
      values: [value],
    }));
    const options = optionsOf(aChart([], { timestamps: [noonMs], lines, stacked: true }));
    expect(options['series']).toMatchObject([
      {},
      { id: 'c1', stack: 'all', areaStyle: { color: 'ink-other', opacity: 0.86 } },
      { id: 'c2', stack: 'all' },
    ]);
    expect(options['yAxis']).toMatchObject([{ max: 4 }]);
  });

  it('marks events in a lane above the lines, and with a hairline in the strip', () => {
    const event = { kind: 'oom', atMs: noonMs - 60_000, label: 'OOM kill' } as const;
    const mark = { xAxis: event.atMs, lineStyle: { color: 'oom' } };
    expect(optionsOf(aChart([1, 1, 1], { strip, events: [event] }))['series']).toMatchObject([
      { markLine: { data: [{ ...mark, label: { formatter: '✕ OOM kill' } }] } },
      {},
      { markLine: { data: [mark] } },
    ]);
  });

  it('is taken by ECharts as it is', () => {
    // The only renderer that needs no canvas.
    use([SVGRenderer]);
    const chart = init(null, null, { renderer: 'svg', ssr: true, width: 700, height: 260 });
    chart.setOption(optionsOf(aChart([1, null, 0.5], { bounds, strip })));
    const drawn = chart.renderToSVGString();
    expect(drawn).toContain('>2.0<');
    expect(drawn.match(/stroke="ink-1"/g)).toHaveLength(1);
    expect(drawn.match(/stroke="limit-line"/g)).toHaveLength(1);
    expect(drawn.match(/fill="gap-fill"/g)?.length).toBeGreaterThanOrEqual(1);
    chart.dispose();
  });
});

describe('stripTop', () => {
  it.each([
    ['nothing throttled', [0, null], 0.1],
    ['a little', [0.1], 0.1],
    ['more', [0.11], 0.25],
    ['nearly always', [0.9], 1],
  ])('ends the strip above %s', (_sentence, values, top) => {
    expect(stripTop(values)).toBe(top);
  });
});
