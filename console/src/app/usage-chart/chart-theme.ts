import { DOCUMENT, computed, inject, Service } from '@angular/core';
import { Theme } from '../theme/theme.ts';

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
  readonly areaOpacity: number;
  readonly font: string;
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
      areaOpacity: Number(token('--series-area')) || 0,
      font: token('--font'),
    };
  });
}
