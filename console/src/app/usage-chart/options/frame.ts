import type { ChartTheme } from '../chart-theme.ts';
import type { Chart } from '../chart.ts';
import type { PlotArea } from '../plot-area.ts';
import type { ValueScale } from '../value-scale.ts';

/** All that a chart's options follow from. */
export interface Frame {
  readonly chart: Chart;
  readonly area: PlotArea;
  readonly scale: ValueScale;
  readonly theme: ChartTheme;
}
