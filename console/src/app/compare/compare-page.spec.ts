import { describe, expect, it } from '@jest/globals';
import { aContainerDetail, aNode, aSeries, noonMs } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';
import { comparedMetrics } from './compare-charts.ts';

const id = '00000000000000a1~pod-1~api';
const ten = Array.from({ length: 10 }, (_, index) => index / 10);
const answers = {
  '/nodes': { items: [aNode()] },
  [`/containers/${encodeURIComponent(id)}`]: aContainerDetail(),
  '/series': aSeries(ten, comparedMetrics),
};
const seriesOf = ({ requests }: OpenConsole) =>
  requests
    .filter((request) => request.startsWith('GET /series'))
    .map((request) => new URLSearchParams(request.split('?')[1]));

describe('compare', () => {
  it('shows one thing beside its own past, a day before', async () => {
    const opened = await OpenConsole.at(`/compare?of=container:${id}&vs=1d`, answers);
    const asked = seriesOf(opened).slice(-2);
    expect(asked.map((params) => Number(params.get('to')) - noonMs)).toEqual([0, -86_400_000]);
    expect(asked.map((params) => params.get('container'))).toEqual([id, id]);
    expect(
      opened.screen.getByRole('img', { name: /^CPU, cores.*this period: now 0.90.*the day before:/ }),
    ).toBeTruthy();
    expect(opened.screen.getByRole('region', { name: 'Differences' })).toBeTruthy();
  });

  it('shows several things beside each other, by their names', async () => {
    const opened = await OpenConsole.at(
      `/compare?of=container:${id},node:00000000000000a1,workload:shop/Deployment/api`,
      answers,
    );
    const names = /shop\/api in api-6d9c7f8b54-x2lqp: now.*node-1: now.*shop\/Deployment\/api: now/;
    expect(opened.screen.getByRole('img', { name: new RegExp(`^CPU, cores.*${names.source}`) })).toBeTruthy();
    expect(opened.screen.queryByRole('region', { name: 'Differences' })).toBeNull();
    expect(seriesOf(opened)).toHaveLength(3);
  });

  it('takes a thing away, and the link with it', async () => {
    const opened = await OpenConsole.at(`/compare?of=container:${id},node:00000000000000a1`, answers);
    opened.screen.getByRole('button', { name: 'Remove node-1' }).click();
    await opened.settle();
    expect(decodeURIComponent(opened.url)).toBe(`/compare?of=container:${id}`);
  });

  it.each([
    ['nothing', '/compare', {}, /Nothing is compared yet/],
    ['a link to things that are none', '/compare?of=process:7', {}, /1 of the link’s things to compare are none/],
    [
      'what could not be read',
      '/compare?of=node:a',
      { '/series': refusal(404, 'not_found', 'there is no node a') },
      /There is no node a\./,
    ],
  ])('says so of %s', async (_sentence, url, differences, words) => {
    await OpenConsole.at(url, { ...answers, ...differences });
    expect(document.querySelector('main')?.textContent).toMatch(words);
  });
});
