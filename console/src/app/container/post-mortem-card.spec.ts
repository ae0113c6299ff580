import { describe, expect, it } from '@jest/globals';
import type { PostMortem } from '@docksnap/contract';
import { aContainerDetail, aSeries, noonMs } from '../../testing/answers.ts';
import { type Answers, OpenConsole, refusal } from '../../testing/open-console.ts';
import { containerMetrics } from './container-charts.ts';

const id = '00000000000000a1~pod-1~api';
const path = `/containers/${encodeURIComponent(id)}`;
const endMs = noonMs - 300_000;
const end = { reason: 'OOMKilled', exitCode: 137, startedAtMs: endMs - 7_200_000, finishedAtMs: endMs };
const found: PostMortem = {
  end,
  ends: [endMs - 900_000, endMs],
  cause: 'ownLimit',
  words: 'it reached its own memory limit',
  stepSeconds: 10,
  timestamps: [endMs - 10_000, endMs],
  cpuCores: [0.5, 0.25],
  workingSetBytes: [200 * 2 ** 20, 250 * 2 ** 20],
  memoryLimitBytes: 256 * 2 ** 20,
  cpuLimitCores: 1,
  node: { memoryBytes: 16 * 2 ** 30, workingSetBytes: 4 * 2 ** 30 },
  grown: [{ id: 'a~b~c', namespace: 'shop', pod: 'web-1', name: 'web', workingSetBytes: 2 ** 28, grewBytes: 2 ** 26 }],
  partial: null,
};
const answers: Answers = {
  [path]: aContainerDetail({ lastTermination: end, restarts: 2 }),
  [`${path}/post-mortem`]: found,
  '/series': aSeries([1, 2], containerMetrics),
};

describe('the post-mortem of a container', () => {
  it('says how it ended, what it held, and what else grew', async () => {
    const { screen } = await OpenConsole.at(`/containers/${id}`, answers);
    const card = screen.getByRole('region', { name: 'Post-mortem' });
    expect(card.textContent.replaceAll('\u00a0', ' ')).toMatch(
      /OOM post-mortem.*2 of 2 seen.*It reached its own memory limit\..*exit code 137.*2 h.*250 MiB, 97\.7 % of its limit.*12 GiB of 16 GiB free.*shop\/web.*\+64 MiB, to 256 MiB/s,
    );
    expect(screen.getByRole('img', { name: /^Memory before the end.*working set: now 250/ })).toBeTruthy();
  });

  it('goes to the end before, by the URL', async () => {
    const opened = await OpenConsole.at(`/containers/${id}`, answers);
    opened.screen.getByRole('link', { name: 'Previous' }).click();
    await opened.settle();
    expect(opened.requests.some((request) => request.includes(`post-mortem?at=${endMs - 900_000}`))).toBe(true);
  });

  it('is asked for where something ended, and else not', async () => {
    const { requests } = await OpenConsole.at(`/containers/${id}`, { ...answers, [path]: aContainerDetail() });
    expect(requests.some((request) => request.includes('post-mortem'))).toBe(false);
  });

  it.each<[string, Answers, RegExp]>([
    [
      'it could not be read',
      { [`${path}/post-mortem`]: refusal(503, 'x', 'the database is away') },
      /could not be read.*The database is away/s,
    ],
    [
      'nothing else is to be seen',
      { [`${path}/post-mortem`]: { ...found, node: null, grown: [] } },
      /No other container that you may see/,
    ],
    ['it is not all', { [`${path}/post-mortem`]: { ...found, partial: 'the database is away' } }, /Not all is here/],
  ])('says that %s', async (_sentence, differences, expected) => {
    const { screen } = await OpenConsole.at(`/containers/${id}`, { ...answers, ...differences });
    expect(screen.getByRole('region', { name: 'Post-mortem' }).textContent).toMatch(expected);
  });
});
