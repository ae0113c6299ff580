import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../../testing/answers.ts';
import { aChart, aTheme } from '../../../testing/charts.ts';
import { plotArea } from '../plot-area.ts';
import { valueScale } from '../value-scale.ts';
import { chartCsv } from './chart-csv.ts';
import { chartPicture } from './chart-picture.ts';

const strip = { label: 'throttled', slot: 2, values: [0, 0.25] } as const;
const chart = aChart([0.5, null], { strip });

describe('a chart as CSV', () => {
  it('has a row for each step and leaves empty what is not known', () => {
    expect(chartCsv(chart)).toBe(
      [
        'until,used (cores),throttled (share)',
        `${new Date(noonMs - 60_000).toISOString()},0.5,0`,
        `${new Date(noonMs).toISOString()},,0.25`,
        '',
      ].join('\r\n'),
    );
  });
});

describe('a chart as SVG', () => {
  it('has title, margin and legend as text, and what is in names as text too', async () => {
    const frame = { chart, area: plotArea(chart, 700, 226), scale: valueScale(chart), theme: aTheme };
    const blob = await chartPicture('svg', frame, '<script>alert(1)</script>');
    const svg = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => {
        resolve(typeof reader.result === 'string' ? reader.result : '');
      };
      reader.readAsText(blob);
    });
    expect(svg).toContain('&lt;script&gt;alert(1)&lt;/script&gt;: CPU, cores');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('used   now 0.50   mean 0.50   max 0.50');
  });
});
