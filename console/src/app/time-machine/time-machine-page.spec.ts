import { describe, expect, it } from '@jest/globals';
import type { GroupsAnswer, RestartsAnswer, StateAnswer } from '@docksnap/contract';
import { aContainer, aNode, aSeries, noonMs } from '../../testing/answers.ts';
import { type Answers, OpenConsole, refusal } from '../../testing/open-console.ts';

const atMs = noonMs - 300_000;

function aState(differences: Partial<StateAnswer> = {}): StateAnswer {
  return {
    atMs,
    nodes: [
      {
        id: '00000000000000a1',
        name: 'node-1',
        lastTickMs: atMs - 4000,
        cores: 8,
        memoryBytes: 16 * 2 ** 30,
        cpuCores: 6,
        workingSetBytes: 2 ** 30,
        pods: 1,
        containers: 1,
      },
    ],
    containers: { items: [aContainer({ workingSetBytes: 250 * 2 ** 20 })], total: 1, next: null },
    partial: null,
    ...differences,
  };
}

const use: GroupsAnswer = {
  ...aSeries([1, 2, 3]),
  by: 'namespace',
  metrics: { cpuCores: { unit: 'cores', groups: [], others: null, unaccounted: null, total: [1, 2, 3] } },
};
const restarts: RestartsAnswer = {
  fromMs: 0,
  toMs: noonMs,
  restarts: 1,
  oomKills: 1,
  partial: null,
  items: [
    {
      ...{ id: 'a~b~api', node: 'node-1', namespace: 'shop', pod: 'api-1', name: 'api', restarts: 1, oomKills: 1 },
      ends: [{ reason: 'OOMKilled', exitCode: 137, finishedAtMs: noonMs - 240_000 }],
    },
  ],
};
const answers: Answers = {
  '/state': aState(),
  '/nodes': { items: [aNode(), aNode({ id: 'b', name: 'node-2' })] },
  '/containers': { items: [aContainer()], total: 1, next: null },
  '/groups': use,
  '/restarts': restarts,
};

const text = () => document.querySelector('main')?.textContent ?? '';

describe('the time machine', () => {
  it('brings back nodes and containers beside what they are now', async () => {
    const { screen } = await OpenConsole.at(`/time-machine?at=${atMs}`, answers);
    expect(screen.getByRole('row', { name: /^node-1/ }).textContent).toMatch(/6\.00.*1024.*2\.00/s);
    expect(screen.getByRole('row', { name: /^node-2/ }).textContent).toMatch(/had not reported/);
    expect(screen.getByRole('row', { name: /shop\/.*api/ }).textContent).toMatch(/250\.0.*97\.7.*128\.0/s);
    expect(text()).toMatch(/5\s*min ago/);
  });

  it('asks for the moment that the link names', async () => {
    const { requests } = await OpenConsole.at(`/time-machine?at=${atMs}&node=00000000000000a1&q=api`, answers);
    const asked = requests.find((request) => request.startsWith('GET /state'));
    expect(asked).toContain(`at=${atMs}`);
    expect(asked).toMatch(/node=00000000000000a1.*q=api/);
  });

  it.each([
    ['back by a minute', 'Back by a minute', String(atMs - 60_000)],
    ['on by ten seconds', 'On by ten seconds', String(atMs + 10_000)],
    ['to now, when it would pass it', 'On by an hour', null],
  ])('steps %s', async (_sentence, name, expected) => {
    const opened = await OpenConsole.at(`/time-machine?at=${atMs}`, answers);
    opened.screen.getByRole('button', { name }).click();
    await opened.settle();
    expect(new URLSearchParams(opened.url.split('?')[1]).get('at')).toBe(expected);
  });

  const past = `from=${noonMs - 7_200_000}&to=${noonMs - 3_600_000}`;
  it.each([
    ['by its link', (screen: OpenConsole['screen']) => screen.getByRole('link', { name: 'Back to now' })],
    ['by a step', (screen: OpenConsole['screen']) => screen.getByRole('button', { name: 'On by an hour' })],
  ])('comes back to now out of a range of the past %s', async (_sentence, found) => {
    const opened = await OpenConsole.at(`/time-machine?${past}&at=${atMs}&q=api`, answers);
    found(opened.screen).click();
    await opened.settle();
    expect(opened.url).toBe('/time-machine?q=api');
    expect(opened.screen.queryByRole('link', { name: 'Back to now' })).toBeNull();
  });

  it('stands at the end of a range of the past, and can be played from there', async () => {
    const { screen, requests } = await OpenConsole.at(`/time-machine?${past}`, answers);
    expect(requests.find((request) => request.startsWith('GET /state'))).toContain(`at=${noonMs - 3_600_000}`);
    expect(screen.getByRole('button', { name: 'Play' }).hasAttribute('disabled')).toBe(false);
    expect(screen.getByRole('link', { name: 'Back to now' })).toBeTruthy();
  });

  it('does not take what other filters showed for what is asked for now', async () => {
    const opened = await OpenConsole.at(`/time-machine?at=${atMs}`, answers);
    const isBehind = () => document.querySelector('.columns')?.classList.contains('behind');
    expect(isBehind()).toBe(false);
    opened.answers['/state'] = refusal(503, 'x', 'the database is away');
    opened.answers['/containers'] = refusal(503, 'x', 'the database is away');
    opened.screen.getByRole('link', { name: 'node-1' }).click();
    await opened.settle();
    expect(isBehind()).toBe(true);
    expect(text()).toMatch(/What was read before stands below, of/);
    expect(opened.screen.getByRole('row', { name: /shop\/.*api/ }).textContent).toMatch(/250\.0.*–/s);
  });

  it('goes to the next event', async () => {
    const opened = await OpenConsole.at(`/time-machine?at=${atMs}`, answers);
    opened.screen.getByRole('button', { name: 'Next event' }).click();
    await opened.settle();
    expect(opened.url).toContain(`at=${noonMs - 240_000}`);
    expect(opened.screen.getByRole('region', { name: 'Events within 10 minutes' }).textContent).toMatch(
      /shop\/api.*OOM-killed/s,
    );
  });

  it('is moved by keys on its cursor', async () => {
    const opened = await OpenConsole.at(`/time-machine?at=${atMs}`, answers);
    const slider = opened.screen.getByRole('slider', { name: 'Moment' });
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
    await opened.settle();
    expect(opened.url).toContain(`at=${atMs - 10_000}`);
  });

  it('puts pods together from their containers', async () => {
    const { screen } = await OpenConsole.at(`/time-machine?at=${atMs}&view=pods`, answers);
    expect(screen.getByRole('row', { name: /api-6d9c7f8b54-x2lqp/ })).toBeTruthy();
  });

  it.each<[string, string, Answers, RegExp]>([
    [
      'nothing was known',
      '',
      { '/state': aState({ nodes: [], containers: { items: [], total: 0, next: null } }) },
      /No node had reported at/,
    ],
    [
      'nothing matches',
      '&q=x',
      { '/state': aState({ containers: { items: [], total: 0, next: null } }) },
      /Nothing of it ran then/,
    ],
    [
      'it is not all',
      '',
      { '/state': aState({ partial: 'the database is away' }) },
      /Not all is here\. The database is away/,
    ],
    [
      'it failed',
      '',
      { '/state': refusal(503, 'x', 'the database is away') },
      /The state at .* could not be read.*The database is away/s,
    ],
    ['the link’s moment is none', '&at=yesterday', {}, /The link’s moment is none/],
    [
      'nodes may not be seen',
      '',
      { '/auth/me': { username: 'dev', scope: { kind: 'namespaces', namespaces: ['shop'] } } },
      /Nodes are not shown/,
    ],
    [
      'events could not be read, and not that there were none',
      '',
      { '/restarts': refusal(422, 'too_much', 'this query reads too much') },
      /OOM kills and exits could not be read\. This query reads too much\..*Within 10 min\s*Not known\./s,
    ],
    ['no container ended', '', { '/restarts': { ...restarts, items: [] } }, /Within 10 min\s*No container ended\./],
    [
      'not all events are known',
      '',
      { '/restarts': { ...restarts, partial: 'the database is away' } },
      /Not all OOM kills and exits are here\. The database is away\./,
    ],
  ])('says that %s', async (_sentence, query, differences, expected) => {
    const at = query.includes('at=') ? '' : `at=${atMs}`;
    await OpenConsole.at(`/time-machine?${at}${query}`, { ...answers, ...differences });
    expect(text()).toMatch(expected);
  });

  it('follows now without a cursor, and asks no one for events of a week', async () => {
    const { requests, screen } = await OpenConsole.at('/time-machine?last=7d', answers);
    expect(requests.find((request) => request.startsWith('GET /state'))).toContain(`at=${noonMs}`);
    expect(requests.some((request) => request.startsWith('GET /restarts'))).toBe(false);
    expect(text()).toMatch(/shown for ranges of up to 24 h/);
    expect(screen.getByRole('button', { name: 'Play' }).hasAttribute('disabled')).toBe(true);
  });
});
