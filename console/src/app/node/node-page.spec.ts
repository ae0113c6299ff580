import { describe, expect, it } from '@jest/globals';
import { aContainer, aFinding, anEvent, aNodeDetail, aSeries, noonMs, someFindings } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';
import { usageMetrics } from '../usage-chart/charts-of.ts';

const url = '/nodes/00000000000000a1';
const answers = {
  [url]: aNodeDetail(),
  '/containers': { items: [aContainer()], total: 25, next: 'more' },
  '/series': aSeries([1, 2], usageMetrics),
  '/findings': someFindings([aFinding()]),
  '/events': { fromMs: 0, toMs: noonMs, items: [anEvent({ atMs: noonMs - 30_000 })], next: null, partial: null },
};

const text = (name: string, screen: OpenConsole['screen']) => screen.getByRole('region', { name }).textContent;

describe('a node', () => {
  it('shows its machine, charts, containers, conditions and agent', async () => {
    const { screen } = await OpenConsole.at(url, answers);
    expect(screen.getByRole('heading', { name: 'node-1', level: 1 })).toBeTruthy();
    expect(screen.getByText('8 cores, 16 GiB')).toBeTruthy();
    expect(screen.getByRole('img', { name: /^CPU, cores.*capacity: 8.00/ })).toBeTruthy();
    expect(text('Top consumers', screen)).toMatch(/shop\/api.*All 25 containers/s);
    expect(text('Conditions', screen)).toMatch(/Ready.*True.*PID pressure.*True.*Many/s);
    expect(text('Agent', screen)).toMatch(/kept since first use.*nothing.*100.*98.*2 \(buffer full\)/s);
    expect(document.title).toBe('node-1 · DockSnap');
  });

  it('shows what needs attention, what happened, and marks it on the charts', async () => {
    const { screen, requests } = await OpenConsole.at(url, answers);
    expect(text('Needs attention', screen)).toMatch(/shop\/api.*leaks 3.1 MiB\/min/s);
    expect(text('Events', screen)).toMatch(/1 in this range.*Restart.*shop\/api, api/s);
    expect(requests.filter((request) => request.startsWith('GET /events')).join()).toContain(
      'kinds=deploy,oom,restart',
    );
    expect(screen.getByRole('img', { name: /^CPU, cores.*restart/ })).toBeTruthy();
  });

  it('says what each level of privilege unlocks, and which one this node has', async () => {
    const { screen } = await OpenConsole.at(url, answers);
    expect(text('What this node may show', screen)).toMatch(/Kubelet.*on.*cAdvisor.*off/s);
  });

  it('speaks of a machine without Kubernetes as of one', async () => {
    const machine = aNodeDetail({ cluster: 'machines', ready: null, kubeletVersion: null, conditions: [] });
    const { screen } = await OpenConsole.at(url, { ...answers, [url]: machine });
    expect(screen.getByText('machine, 5 containers')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Conditions' })).toBeNull();
    expect(text('What this node may show', screen)).toMatch(/machine without Kubernetes.*cAdvisor, Docker.*on/s);
    expect(document.querySelector('main')?.textContent).not.toMatch(/kubelet|kubectl|DockSnapMonitor|this monitor/i);
  });

  it('says what no level shows', async () => {
    const { screen } = await OpenConsole.at(url, answers);
    expect(text('What this node may show', screen)).toMatch(/On no level: pressure stall \(PSI\)/);
  });

  it('says why a fact is missing', async () => {
    const { screen } = await OpenConsole.at(url, answers);
    expect(text('Not readable', screen)).toMatch(/macAddresses.*needs the network namespace/s);
  });

  it('sorts its containers by memory when the URL says so', async () => {
    const { requests } = await OpenConsole.at(`${url}?by=memory`, answers);
    expect(requests.find((request) => request.startsWith('GET /containers'))).toContain('sort=memory');
  });

  const silence = { sinceMs: noonMs - 840_000, reason: 'NodeNotReady', message: 'the kubelet stopped' };
  it.each([
    [
      'a silent node, since when and why',
      { [url]: aNodeDetail({ state: 'silent', silence, lastTickMs: noonMs - 840_000 }) },
      /Silent for 14.min.*The kubelet stopped\..*NodeNotReady.*fill this gap/s,
    ],
    [
      'a node that never reported',
      { [url]: aNodeDetail({ state: 'silent', silence, lastTickMs: null, agent: null }) },
      /never reported.*No agent has reported/s,
    ],
    ['an id that nobody has', { [url]: refusal(404, 'not_found', 'no node') }, /No node has this id/],
    ['a node that could not be read', { [url]: refusal(503, 'x', 'the database is away') }, /node could not be read/],
    ['containers that could not be read', { '/containers': refusal(503, 'x', 'away') }, /containers could not be read/],
    [
      'its agent’s trouble',
      {
        [url]: aNodeDetail({
          agent: {
            version: '0.1.0',
            intervalMs: 10_000,
            backlogTicks: 12,
            backlogBytes: 2048,
            clockSkewMs: 0,
            kubeletTrust: null,
            problems: [{ reason: 'KubeletUnreachable', message: 'timed out', sinceMs: noonMs - 60_000 }],
            ledger: { collected: 1, stored: 1, duplicate: 0, dropped: {} },
          },
        }),
      },
      /12 ticks, 2.KiB.*KubeletUnreachable for 1.min: Timed out\./s,
    ],
  ])('shows %s', async (_sentence, differences, words) => {
    await OpenConsole.at(url, { ...answers, ...differences });
    expect(document.querySelector('main')?.textContent).toMatch(words);
  });
});
