import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { aChart } from '../../testing/charts.ts';
import type { ChartEvent } from './chart.ts';
import { eventLane } from './event-lane.ts';
import { plotArea } from './plot-area.ts';

const area = plotArea(aChart(Array.from({ length: 11 }, () => 1)), 700, 226);
const at = (kind: ChartEvent['kind'], minutesAgo: number): ChartEvent => ({
  kind,
  atMs: noonMs - minutesAgo * 60_000,
  label: kind,
});

describe('eventLane', () => {
  it.each([
    ['an event with its words', [at('restart', 5)], ['○ restart']],
    ['no words where the next one needs the room', [at('deploy', 5), at('restart', 4)], ['▲', '○ restart']],
    ['one mark with a count for what overlaps, the worst', [at('restart', 5), at('oom', 5.1)], ['✕ 2']],
    ['nothing that lies outside', [at('oom', 60), at('oom', -1)], []],
  ])('shows %s', (_sentence, events, texts) => {
    expect(eventLane(events, area).map((mark) => mark.text)).toEqual(texts);
  });
});
