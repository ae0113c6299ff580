import { describe, expect, it } from '@jest/globals';
import { aNode, noonMs } from '../../testing/answers.ts';
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
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [aNode(), silent] } });
    expect(screen.getByText(/has been silent for 14/).textContent).toMatch(/node-2.*The kubelet stopped\./s);
    expect(screen.getByRole('row', { name: /Silent: node-2/ }).textContent).toMatch(/–\s*\/ 8.*silent 14/s);
  });

  it('says what to check while no node has reported', async () => {
    const { screen } = await OpenConsole.at('/', { '/nodes': { items: [] } });
    expect(screen.getByRole('heading', { name: 'No node has reported yet' })).toBeTruthy();
    expect(screen.getByText('kubectl get docksnapmonitors --all-namespaces')).toBeTruthy();
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
});
