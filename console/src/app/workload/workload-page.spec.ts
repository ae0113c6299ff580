import { describe, expect, it } from '@jest/globals';
import { aSeries, aWorkload } from '../../testing/answers.ts';
import { type Answers, OpenConsole, refusal } from '../../testing/open-console.ts';
import { aSized, aSizing } from '../../testing/sizing.ts';
import { usageMetrics } from '../usage-chart/charts-of.ts';

const answers: Answers = {
  '/workloads': { items: [aWorkload()] },
  '/series': aSeries([1, 2], usageMetrics),
  '/right-sizing': aSizing(),
};

const panel = (opened: OpenConsole) =>
  opened.screen.getByRole('region', { name: 'Sizing' }).textContent.replaceAll('\u00a0', ' ');

describe('a workload', () => {
  it('has what it asks for beside what it used, with hints and a command', async () => {
    const opened = await OpenConsole.at('/workloads/shop/Deployment/api', answers);
    expect(panel(opened)).toMatch(
      /1 hint; the last 7 d.*server.*7 d of 2 replicas; sure.*2\.00.*0\.40.*CPU request 2 cores → 0\.46 cores.*kubectl -n shop set resources/s,
    );
    const asked = opened.requests.find((request) => request.startsWith('GET /right-sizing'));
    expect(decodeURIComponent(asked ?? '')).toContain('workload=shop/Deployment/api');
  });

  it.each<[string, object, RegExp]>([
    ['it fits', aSizing([aSized({ hints: [], patch: null })]), /What is set fits/],
    [
      'too little is known',
      aSizing([aSized({ hints: [], patch: null, unsure: 'measured for 5 min' })]),
      /Measured for 5 min\./,
    ],
    ['nothing runs', aSizing([]), /Nothing of it runs now/],
    ['it failed', refusal(503, 'x', 'the database is away'), /could not be worked out.*The database is away/s],
    ['it is not all', { ...aSizing(), partial: 'the database is away' }, /Not all is here/],
  ])('says that %s', async (_sentence, answer, expected) => {
    expect(
      panel(await OpenConsole.at('/workloads/shop/Deployment/api', { ...answers, '/right-sizing': answer })),
    ).toMatch(expected);
  });

  it('is a Compose project of containers on a machine', async () => {
    const project = aWorkload({ namespace: '_docker', kind: 'ComposeProject', name: 'shop' });
    await OpenConsole.at('/workloads/_docker/ComposeProject/shop', { ...answers, '/workloads': { items: [project] } });
    const main = document.querySelector('main')?.textContent;
    expect(main).toMatch(/Compose project, 2 containers/);
    expect(main).toMatch(/all containers together/);
  });

  it('asks for its groups and bands once while the window stands', async () => {
    const opened = await OpenConsole.at('/workloads/shop/Deployment/api', answers);
    const count = () => opened.requests.filter((request) => /GET \/(groups|bands)/.test(request)).length;
    const before = count();
    opened.streams.at(-1)?.succeed();
    for (let push = 0; push < 3; push += 1) {
      opened.streams.at(-1)?.send('points', aSeries([3], usageMetrics));
      await opened.settle();
    }
    expect([before, count()]).toEqual([2, 2]);
  });
});
