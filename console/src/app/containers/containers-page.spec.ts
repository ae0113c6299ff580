import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';

const list = (items: readonly object[], total = items.length, next: string | null = null) => ({ items, total, next });

describe('the containers', () => {
  it('asks the API for what the URL says', async () => {
    const url = '/containers?namespace=shop&workload=Deployment%2Fapi&node=node-1&state=running&q=6d9c&sort=memory';
    const { requests, screen } = await OpenConsole.at(url, { '/containers': list([aContainer()]) });
    const asked = new URLSearchParams(requests.find((request) => request.startsWith('GET /containers'))?.split('?')[1]);
    expect(Object.fromEntries(asked)).toEqual({
      namespace: 'shop',
      workload: 'Deployment/api',
      node: 'node-1',
      state: 'running',
      q: '6d9c',
      sort: 'memory',
      limit: '200',
    });
    expect(screen.getByRole('searchbox', { name: 'Filter containers' })).toHaveProperty(
      'value',
      'namespace:shop workload:Deployment/api node:node-1 state:running 6d9c',
    );
    expect(screen.getByRole('columnheader', { name: /Working set/ }).getAttribute('aria-sort')).toBe('descending');
    expect(screen.getByText('1 match')).toBeTruthy();
  });

  it('shows a row as a link with numbers of equal decimals', async () => {
    const { screen } = await OpenConsole.at('/containers', { '/containers': list([aContainer()]) });
    expect(screen.getByRole('link', { name: 'api' }).getAttribute('href')).toBe(
      '/containers/00000000000000a1~pod-1~api',
    );
    expect(screen.getByRole('row', { name: /shop/ }).textContent).toMatch(/Running.*0\.250.*\/ 0\.50.*128\.0/s);
  });

  it('puts what is typed into the URL', async () => {
    const opened = await OpenConsole.at('/containers', { '/containers': list([aContainer()]) });
    const box = opened.screen.getByRole('searchbox', { name: 'Filter containers' });
    if (box instanceof HTMLInputElement) box.value = 'node:node-2 web';
    box.closest('form')?.requestSubmit();
    await opened.settle();
    expect(opened.url).toBe('/containers?q=web&node=node-2');
  });

  it('says that nothing matches, and leads back to all', async () => {
    const { screen } = await OpenConsole.at('/containers?q=nothing', { '/containers': list([]) });
    expect(screen.getByRole('heading', { name: 'No container matches' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Show all containers' }).getAttribute('href')).toBe('/containers');
  });

  it('says that nothing has reported yet', async () => {
    const { screen } = await OpenConsole.at('/containers', { '/containers': list([]) });
    expect(screen.getByRole('heading', { name: 'No container has reported yet' })).toBeTruthy();
  });

  it('asks for the next page when the end comes into view, and counts all that match', async () => {
    const { requests, screen } = await OpenConsole.at('/containers', {
      '/containers': list([aContainer()], 500, 'cursor-2'),
    });
    expect(requests.at(-1)).toContain('cursor=cursor-2');
    expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('501');
  });

  it('says what failed', async () => {
    const answers = { '/containers': refusal(422, 'invalid_query', 'sort is not known') };
    const { screen } = await OpenConsole.at('/containers', answers);
    expect(screen.getByRole('alert').textContent).toMatch(/could not be read.*Sort is not known\..*invalid_query/s);
  });

  it('shows hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>\u202e';
    const { screen } = await OpenConsole.at('/containers', { '/containers': list([aContainer({ name })]) });
    expect(screen.getByRole('link', { name: /onerror/ }).querySelector('img')).toBeNull();
  });
});
