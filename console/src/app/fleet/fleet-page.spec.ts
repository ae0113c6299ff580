import { describe, expect, it } from '@jest/globals';
import { within } from '@testing-library/dom';
import { aContainer, aFinding, aNode, noonMs, someFindings } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';

const silent = aNode({
  id: '00000000000000a2',
  name: 'node-2',
  state: 'silent',
  silence: { sinceMs: noonMs - 840_000, reason: 'NodeNotReady', message: 'the kubelet stopped' },
  lastTickMs: noonMs - 840_000,
  cpuCores: null,
  workingSetBytes: null,
});

describe('the fleet', () => {
  it('shows each node with what it uses of what it has', async () => {
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [aNode()] } });
    const row = screen.getByRole('row', { name: /node-1/ });
    expect(row.textContent).toMatch(/2\.00\s*\/ 8/);
    expect(row.textContent).toMatch(/4\.0\s*\/ 16\.0/);
    expect(screen.getByRole('link', { name: 'node-1' }).getAttribute('href')).toBe('/nodes/00000000000000a1');
    expect(screen.getByText('1 node, 5 containers in 3 pods')).toBeTruthy();
    expect(document.title).toBe('Fleet · DockSnap');
  });

  it('names a silent node, since when and why, and does not show old values as new', async () => {
    const finding = aFinding(
      {
        kind: 'node-silent',
        urgency: 'critical',
        sentence: 'has been silent for 14 min: the kubelet stopped.',
        chart: 'cpu',
      },
      { kind: 'node', id: silent.id, name: 'node-2', namespace: null, workload: null, pod: null },
    );
    const { screen } = await OpenConsole.at('/', {
      '/nodes': { items: [aNode(), silent] },
      '/findings': someFindings([finding]),
    });
    expect(screen.getByText(/has been silent for 14/).textContent).toMatch(/Critical:.*node-2.*the kubelet stopped\./s);
    expect(screen.getByText('1 critical on 1 node and 5 containers.')).toBeTruthy();
    expect(screen.getByRole('row', { name: /Silent: node-2/ }).textContent).toMatch(/–\s*\/ 8.*silent 14/s);
  });

  it('says what to check while no node has reported', async () => {
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [] } });
    expect(screen.getByRole('heading', { name: 'No node has reported yet' })).toBeTruthy();
    expect(screen.getByText('kubectl get docksnapmonitors --all-namespaces')).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'A machine with Docker and without Kubernetes' })).toBeTruthy();
  });

  it('counts no pods where machines have none', async () => {
    const machine = aNode({ id: 'm', name: 'machine-1', cluster: 'machines', ready: null });
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [machine] } });
    expect(screen.getByText('1 node, 5 containers')).toBeTruthy();
    expect(screen.getByRole('row', { name: /machine-1/ }).textContent).toMatch(/–\s*pods/);
    expect(document.querySelector('ds-fleet-summary')?.textContent).not.toMatch(/pods/);
  });

  it('counts pods beside containers where some run on machines', async () => {
    const machine = aNode({ id: 'm', name: 'machine-1', cluster: 'machines', ready: null });
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [aNode(), machine] } });
    expect(screen.getByText('2 nodes, 10 containers')).toBeTruthy();
  });

  it('shows bones while the answer is on its way', async () => {
    const { screen } = await OpenConsole.at('/', {});
    expect(screen.getByText('Loading')).toBeTruthy();
  });

  it('says what failed, where, and the request to look for; trying again helps', async () => {
    const opened = await OpenConsole.at('/', {
      '/nodes': refusal(503, 'database_unavailable', 'the database is away'),
    });
    const alert = opened.screen.getByRole('alert');
    expect(alert.textContent).toMatch(
      /The nodes could not be read.*The database is away\..*503.*\/api\/v1\/nodes.*request-7/s,
    );
    opened.answers['/nodes'] = { items: [aNode()] };
    opened.screen.getByRole('button', { name: 'Try again' }).click();
    await opened.settle();
    expect(opened.screen.queryByRole('alert')).toBeNull();
    expect(opened.screen.getByRole('link', { name: 'node-1' })).toBeTruthy();
  });

  it('keeps what it shows when a refresh fails', async () => {
    const opened = await OpenConsole.at('/', { '/nodes': { items: [aNode()] } });
    opened.answers['/nodes'] = refusal(503, 'database_unavailable', 'the database is away');
    opened.streams.at(-1)?.fail();
    await opened.settle();
    opened.screen.getByRole('button', { name: 'Connect now' }).click();
    opened.streams.at(-1)?.succeed();
    await opened.settle();
    expect(opened.screen.getByText('The nodes could not be read')).toBeTruthy();
    expect(opened.screen.getByRole('link', { name: 'node-1' })).toBeTruthy();
  });

  it('says that an answer of another version is not understood', async () => {
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [{ id: 7 }] } });
    expect(screen.getByRole('alert').textContent).toMatch(/another form than this page expects, at items\.0\.id/);
  });

  const leaking = aContainer({ cpuCores: 0.4 });
  const answers = {
    '/nodes': { items: [aNode()] },
    '/findings': someFindings([aFinding()]),
    '/containers': {
      items: [leaking, aContainer({ id: '00000000000000a1~pod-1~b', name: 'b', cpuLimitCores: null })],
      total: 2,
      next: null,
    },
    '/top': aTop(),
    '/restarts': { fromMs: 0, toMs: noonMs, restarts: 3, oomKills: 1, items: [aRestarted()], partial: null },
  };

  it('opens the right chart at the right range from a finding', async () => {
    const { screen } = await OpenConsole.at('/', answers);
    expect(screen.getByRole('link', { name: 'shop/api' }).getAttribute('href')).toBe(
      `/containers/00000000000000a1~pod-1~api?from=${noonMs - 7_200_000}&to=${noonMs}#chart-memory`,
    );
  });

  it('says that all is well where nothing was found', async () => {
    const { screen } = await OpenConsole.at('/', { ...answers, '/findings': someFindings() });
    expect(screen.getByText('Nothing on 1 node and 5 containers.')).toBeTruthy();
  });

  it('says what failed, and shows the rest', async () => {
    const { screen } = await OpenConsole.at('/', { ...answers, '/findings': refusal(503, 'x', 'away') });
    expect(screen.getByText('What needs attention could not be read')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'node-1' })).toBeTruthy();
  });

  it('shows a map of containers, coloured by what the URL says, each with its words', async () => {
    const { screen } = await OpenConsole.at('/?view=map&colour=cpu-limit', answers);
    const squares = within(screen.getByRole('list', { name: 'Containers of node-1' })).getAllByRole('link');
    expect(
      squares.map((one) => [one.className, one.getAttribute('aria-label')?.replaceAll('\u00a0', ' '), one.tabIndex]),
    ).toEqual([
      ['heat-6 troubled', 'shop/api: 0.4 cores of 0.5 cores, 80.0 %, has a finding', 0],
      ['none', 'shop/b: nothing to measure by', -1],
    ]);
    squares[0]?.focus();
    squares[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    expect(document.activeElement).toBe(squares[1]);
  });

  it('filters nodes by words', async () => {
    const { screen } = await OpenConsole.at('/?q=silent', { ...answers, '/nodes': { items: [aNode(), silent] } });
    expect(screen.queryByRole('row', { name: /node-1/ })).toBeNull();
    expect(screen.getByRole('row', { name: /node-2/ })).toBeTruthy();
  });

  it('ranks containers by what is chosen', async () => {
    const opened = await OpenConsole.at('/', answers);
    const top = () => opened.screen.getByRole('region', { name: 'Top containers' }).textContent;
    expect(top()).toMatch(/mean of the last 15 min.*shop\/\s*api.*1.5\s*cores/s);
    opened.screen.getByRole('button', { name: 'Restarts' }).click();
    await opened.settle();
    expect(opened.url).toBe('/?top=restarts');
    expect(top()).toMatch(/shop\/\s*api.*3\s*restarts, 1 OOM/s);
  });

  it.each([
    ['is asked for at each refresh', '/', 'GET /top', 2],
    ['is not, of restarts, which are slow to read', '/?top=restarts', 'GET /restarts?limit', 1],
  ])('who is on top %s', async (_sentence, url, asked, expected) => {
    const opened = await OpenConsole.at(url, answers);
    opened.streams.at(-1)?.succeed();
    opened.streams.at(-1)?.fail();
    opened.harness.detectChanges();
    opened.screen.getByRole('button', { name: 'Connect now' }).click();
    opened.streams.at(-1)?.succeed();
    await opened.settle();
    expect(opened.requests.filter((request) => request === 'GET /nodes')).toHaveLength(2);
    expect(opened.requests.filter((request) => request.startsWith(asked))).toHaveLength(expected);
  });

  it('shows who may see namespaces alone what is theirs', async () => {
    const { screen } = await OpenConsole.at('/', { ...answers, '/nodes': refusal(403, 'forbidden', 'no nodes') });
    expect(screen.getByText('Your rights cover namespaces, not nodes.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'shop/api' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Top containers' })).toBeTruthy();
  });
});

function aTop() {
  const api = {
    key: '00000000000000a1~pod-1~api',
    name: 'api',
    namespace: 'shop',
    workload: null,
    pod: 'p',
    node: 'n',
    members: 1,
  };
  const measured = { tier: 'raw', coveredShare: 1, partial: null };
  return {
    fromMs: 0,
    toMs: noonMs,
    by: 'cpu',
    of: 'container',
    unit: 'cores',
    items: [{ ...api, value: 1.5 }],
    ...measured,
  };
}

function aRestarted() {
  return {
    id: '00000000000000a1~pod-1~api',
    node: 'n',
    namespace: 'shop',
    pod: 'p',
    name: 'api',
    restarts: 3,
    oomKills: 1,
    ends: [],
  };
}
