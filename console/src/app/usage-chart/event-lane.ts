import type { ChartEvent } from './chart.ts';
import { xOf, type PlotArea } from './plot-area.ts';

/** One mark in the lane above a plot: an event, or several that would lie on each other. */
export interface LaneMark {
  readonly kind: ChartEvent['kind'];
  readonly atMs: number;
  readonly text: string;
}

export const eventGlyphs: Readonly<Record<ChartEvent['kind'], string>> = { deploy: '▲', oom: '✕', restart: '○' };
/** Which of several kinds a merged mark shows: the worst. */
const rank: readonly ChartEvent['kind'][] = ['oom', 'restart', 'deploy'];
/** Marks closer than this many pixels are one. */
const nearest = 14;
/** Pixels that a mark with words needs until the next one. */
const wordsWidth = 88;

interface Cluster {
  readonly x: number;
  readonly events: readonly ChartEvent[];
}

function clusters(events: readonly ChartEvent[], area: PlotArea): readonly Cluster[] {
  const found: Cluster[] = [];
  const visible = events.filter(({ atMs }) => atMs >= area.fromMs && atMs <= area.toMs);
  for (const event of visible.toSorted((a, b) => a.atMs - b.atMs)) {
    const x = xOf(area, event.atMs);
    const last = found.at(-1);
    if (last !== undefined && x - last.x < nearest)
      found[found.length - 1] = { ...last, events: [...last.events, event] };
    else found.push({ x, events: [event] });
  }
  return found;
}

/** The lane's marks: what overlaps is one mark with a count, and words stand only where there is room for them. */
export function eventLane(events: readonly ChartEvent[], area: PlotArea): readonly LaneMark[] {
  const all = clusters(events, area);
  return all.flatMap(({ x, events: members }, index) => {
    const worst = rank.map((kind) => members.find((event) => event.kind === kind)).find((event) => event !== undefined);
    if (worst === undefined) return [];
    const room = (all[index + 1]?.x ?? area.left + area.width + wordsWidth) - x;
    const glyph = eventGlyphs[worst.kind];
    const words = members.length > 1 ? String(members.length) : room >= wordsWidth ? worst.label : '';
    return [{ kind: worst.kind, atMs: worst.atMs, text: words === '' ? glyph : `${glyph} ${words}` }];
  });
}
