import { DOCUMENT, computed, inject, Service } from '@angular/core';
import { Theme } from '../theme/theme.ts';
import type { ChartEvent, SeriesSlot } from './chart.ts';

/** The tokens that a canvas needs, since it cannot read custom properties itself. */
export interface ChartTheme {
  readonly surface: string;
  readonly axis: string;
  readonly axisText: string;
  readonly dayText: string;
  readonly grid: string;
  readonly limitLine: string;
  readonly requestLine: string;
  readonly gapFill: string;
  /** A tile of diagonal lines for gaps; null where there is no canvas. */
  readonly hatch: HTMLCanvasElement | null;
  readonly series: readonly string[];
  readonly other: string;
  readonly earlier: string;
  readonly events: Readonly<Record<ChartEvent['kind'], string>>;
  readonly areaOpacity: number;
  readonly stackOpacity: number;
  readonly font: string;
}

/** The colour of an ink. */
export function inkOf(theme: ChartTheme, slot: SeriesSlot): string {
  if (slot === 'other') return theme.other;
  return slot === 'earlier' ? theme.earlier : (theme.series[slot - 1] ?? theme.axisText);
}

const hatchPixels = 6;

function hatchTile(document: Document, fill: string, line: string): HTMLCanvasElement | null {
  const tile = document.createElement('canvas');
  tile.width = hatchPixels;
  tile.height = hatchPixels;
  const context = tile.getContext('2d');
  if (context === null) return null;
  context.fillStyle = fill;
  context.fillRect(0, 0, hatchPixels, hatchPixels);
  context.strokeStyle = line;
  context.lineWidth = 1;
  for (const shift of [-hatchPixels, 0, hatchPixels]) {
    context.moveTo(shift, hatchPixels);
    context.lineTo(shift + hatchPixels, 0);
  }
  context.stroke();
  return tile;
}

/** Reads the tokens once for each theme change. */
@Service()
export class ChartThemes {
  readonly #document = inject(DOCUMENT);
  readonly #theme = inject(Theme);

  readonly current = computed((): ChartTheme => {
    // The attribute is set here too: the theme's own effect may run after this.
    this.#document.documentElement.dataset['theme'] = this.#theme.shown();
    const style = getComputedStyle(this.#document.documentElement);
    const token = (name: string) => style.getPropertyValue(name).trim();
    return {
      surface: token('--surface'),
      axis: token('--axis'),
      axisText: token('--text-3'),
      dayText: token('--text'),
      grid: token('--grid'),
      limitLine: token('--limit-line'),
      requestLine: token('--request-line'),
      gapFill: token('--gap-fill'),
      hatch: hatchTile(this.#document, token('--gap-fill'), token('--unknown-hatch')),
      series: Array.from({ length: 8 }, (_, index) => token(`--series-${index + 1}`)),
      other: token('--series-other'),
      earlier: token('--previous-line'),
      events: { deploy: token('--event-deploy'), oom: token('--event-oom'), restart: token('--event-restart') },
      areaOpacity: Number(token('--series-area')) || 0,
      stackOpacity: Number(token('--series-stack')) || 1,
      font: token('--font'),
    };
  });
}
