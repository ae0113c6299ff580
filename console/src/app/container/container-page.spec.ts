import { describe, expect, it } from '@jest/globals';
import { aContainerDetail, aSeries, noonMs } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';
import { containerMetrics } from './container-charts.ts';

const id = '00000000000000a1~pod-1~api';
const url = `/containers/${id}`;
const path = `/containers/${encodeURIComponent(id)}`;
const ten = Array.from({ length: 10 }, (_, index) => index / 10);
const answers = { [path]: aContainerDetail(), '/series': aSeries(ten, containerMetrics) };

describe('a container', () => {
  it('asks for the last ten minutes in steps of one, and follows them live', async () => {
    const { requests, streams } = await OpenConsole.at(url, answers);
    const asked = new URLSearchParams(requests.find((request) => request.startsWith('GET /series'))?.split('?')[1]);
    expect(Object.fromEntries(asked)).toEqual({
      container: id,
      metrics: containerMetrics.join(','),
      from: String(noonMs - 600_000),
      to: String(noonMs),
      stepSeconds: '60',
    });
    expect(streams.at(-1)?.url).toContain('/api/v1/stream?container=');
  });

  it('shows facts, charts in words, and incarnations', async () => {
    const { screen } = await OpenConsole.at(url, answers);
    expect(screen.getByRole('heading', { name: 'api', level: 1 })).toBeTruthy();
    expect(screen.getByText('0.25 cores, 0.5 cores')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^CPU, cores.*used: now 0.90.*limit: 0.500/ })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Memory.*working set: now.*RSS: now.*cache: now/ })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Incarnations' }).textContent).toMatch(/1 start seen.*c0ffee/s);
    expect(document.title).toBe('shop/api · DockSnap');
  });

  it('takes in live points without asking again', async () => {
    const opened = await OpenConsole.at(url, answers);
    const before = opened.requests.filter((request) => request.startsWith('GET /series')).length;
    const points = aSeries([5], containerMetrics);
    opened.streams.at(-1)?.succeed();
    opened.streams.at(-1)?.send('points', points);
    await opened.settle();
    expect(opened.screen.getByRole('img', { name: /^CPU.*used: now 5.00/ })).toBeTruthy();
    expect(opened.requests.filter((request) => request.startsWith('GET /series'))).toHaveLength(before);
  });

  it('asks for what it missed when the stream is back', async () => {
    const opened = await OpenConsole.at(url, answers);
    opened.streams.at(-1)?.succeed();
    opened.streams.at(-1)?.fail();
    await opened.settle();
    expect(opened.screen.getByText(/Not live since/)).toBeTruthy();
    opened.answers['/series'] = aSeries([...ten.slice(1), 7], containerMetrics);
    opened.screen.getByRole('button', { name: 'Connect now' }).click();
    opened.streams.at(-1)?.succeed();
    await opened.settle();
    expect(opened.screen.queryByText(/Not live since/)).toBeNull();
    expect(opened.screen.getByRole('img', { name: /^CPU.*used: now 7.00/ })).toBeTruthy();
  });

  it('holds the window on demand, and returns to live', async () => {
    const opened = await OpenConsole.at(url, answers);
    opened.screen.getByRole('button', { name: 'Hold' }).click();
    await opened.settle();
    expect(opened.url).toBe(`${url}?from=${noonMs - 600_000}&to=${noonMs}&step=60`);
    expect(opened.streams.at(-1)?.isClosed).toBe(true);
    opened.screen.getByRole('link', { name: 'Return to live' }).click();
    await opened.settle();
    expect(opened.url).toBe(url);
  });

  it('shows the values as a table', async () => {
    const opened = await OpenConsole.at(url, answers);
    opened.screen.getByRole('button', { name: 'Show CPU as a table' }).click();
    await opened.settle();
    const rows = opened.screen.getByRole('table', { name: /^CPU, cores/ }).querySelectorAll('tbody tr');
    expect(rows).toHaveLength(10);
    expect(rows[0]?.textContent).toContain('0.90');
  });

  it('moves the cursor of all charts with the arrow keys', async () => {
    const opened = await OpenConsole.at(url, answers);
    const chart = opened.screen.getByRole('img', { name: /^CPU/ });
    chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await opened.settle();
    expect(chart.textContent).toMatch(/used\s*0\.90/);
    expect(opened.screen.getByRole('img', { name: /^Memory/ }).querySelector('.cursor')).not.toBeNull();
  });

  it('hides a line on a click, and alone it stands with Alt', async () => {
    const opened = await OpenConsole.at(url, answers);
    const line = (name: string) => opened.screen.getByRole('button', { name });
    line('RSS').dispatchEvent(new MouseEvent('click', { altKey: true }));
    await opened.settle();
    expect(['working set', 'RSS', 'cache'].map((name) => line(name).getAttribute('aria-pressed'))).toEqual([
      'false',
      'true',
      'false',
    ]);
    line('cache').click();
    await opened.settle();
    expect(line('cache').getAttribute('aria-pressed')).toBe('true');
  });

  it.each([
    [
      'a partial answer',
      { '/series': { ...aSeries(ten, containerMetrics), partial: 'the database is away' } },
      /Not all is here.*The database is away\./s,
    ],
    ['a container that is gone', { [path]: aContainerDetail({ state: 'gone' }) }, /gone from its node/],
    ['a range without samples', { '/series': aSeries([null, null], containerMetrics) }, /No samples in this range/],
    [
      'a history that failed',
      { '/series': refusal(503, 'database_unavailable', 'the database is away') },
      /history could not be read/,
    ],
    ['an id that nobody has', { [path]: refusal(404, 'not_found', 'no container') }, /No container has this id/],
    [
      'the last termination',
      { [path]: aContainerDetail({ lastTermination: { reason: 'OOMKilled', exitCode: 137 } }) },
      /OOMKilled, exit code 137/,
    ],
  ])('shows %s', async (_sentence, differences, words) => {
    await OpenConsole.at(url, { ...answers, ...differences });
    expect(document.querySelector('main')?.textContent).toMatch(words);
  });

  it('names a range in the link that it does not know', async () => {
    const { screen } = await OpenConsole.at(`${url}?last=forever`, answers);
    expect(screen.getByText(/time range is none; showing the last 10 minutes/)).toBeTruthy();
  });
});
