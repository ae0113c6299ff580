import { describe, expect, it } from '@jest/globals';
import type { GroupsAnswer } from '@docksnap/contract';
import { aSeries } from '../../testing/answers.ts';
import { groupCharts, inPairs } from './group-charts.ts';

const series = aSeries([1, 2, 3]);
const group = (name: string, values: (number | null)[], pod: string | null = null) => ({
  key: name,
  name,
  namespace: 'shop',
  workload: { kind: 'Deployment', name },
  pod,
  node: null,
  members: 1,
  share: 1,
  values,
});
const metric = (groups: ReturnType<typeof group>[]) => ({
  unit: 'cores',
  groups,
  others: { groups: 3, members: 4, values: [1, 1, 1] },
  unaccounted: [0, 0, 0.5],
  total: [2, 2, 2],
});
const answer: GroupsAnswer = {
  ...aSeries([1, 2, 3]),
  by: 'container',
  metrics: {
    cpuCores: metric([group('api', [1, 1, 0.5]), group('web', [null, 0, 0])]),
    workingSetBytes: metric([group('web', [9, 9, 9])]),
  },
};

describe('groupCharts', () => {
  const charts = groupCharts(answer, series, 'container');

  it('stacks the groups, the others and what is in none of them', () => {
    expect(charts[0]).toMatchObject({ title: 'CPU by container', stacked: true });
    expect(charts[0]?.lines.map(({ label }) => label)).toEqual([
      'shop/api',
      'shop/web',
      '3 other containers',
      'outside containers',
    ]);
  });

  it('gives a thing one colour in all charts', () => {
    const slots = charts.map((chart) => chart.lines.find(({ label }) => label === 'shop/web')?.slot);
    expect(slots[0]).toBe(slots[1]);
  });

  it('gives each pod of one workload a colour of its own', () => {
    const pods = ['api-1', 'api-2'].map((name) => ({ ...group('api', [1, 1, 1]), key: name, name }));
    const [chart] = groupCharts({ ...answer, by: 'pod', metrics: { cpuCores: metric(pods) } }, series, 'pod');
    const slots = chart?.lines.filter(({ label }) => label.startsWith('shop/api-')).map(({ slot }) => slot);
    expect(new Set(slots).size).toBe(2);
  });

  it('tells replicas on one node apart by their pods', () => {
    const replicas = ['web-1', 'web-2'].map((pod) => ({ ...group('web', [1, 1, 1]), key: pod, pod }));
    const groups = [group('api', [1, 1, 1]), ...replicas];
    const [chart] = groupCharts({ ...answer, metrics: { cpuCores: metric(groups) } }, series, 'container');
    expect(chart?.lines.slice(0, 3).map(({ label }) => label)).toEqual([
      'shop/api',
      'shop/web in web-1',
      'shop/web in web-2',
    ]);
  });

  it('ends where the page’s own series end, with nothing where the answer has nothing', () => {
    const [later] = groupCharts(
      answer,
      { ...series, timestamps: series.timestamps.map((ms) => ms + 60_000) },
      'container',
    );
    expect(later?.lines[0]?.values).toEqual([1, 0.5, null]);
  });

  it('stand beside the charts that they take apart', () => {
    const plain = ['cpu', 'memory', 'network'].map((key) => ({ ...(charts[0] ?? fail()), key }));
    expect(inPairs(plain, charts).map(({ key }) => key)).toEqual([
      'cpu',
      'cpuCores-by-container',
      'memory',
      'workingSetBytes-by-container',
      'network',
    ]);
  });
});

function fail(): never {
  throw new Error('there is no chart');
}
