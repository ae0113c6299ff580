import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { containerListSchema } from '@docksnap/contract';
import { all, billing, ExampleApi, noonMs } from '../testing/example-api.ts';

const example = new ExampleApi();
let container = '';

beforeAll(async () => {
  await example.start();
  container = `${example.idOf('node-1')}~web-1-uid~server`;
}, 60_000);
afterAll(async () => example.stop());

/** The lines of an answer in CSV, their cells split: no text of the example holds a comma. */
async function lines(path: string, headers: Record<string, string> = {}): Promise<string[][]> {
  const { url, cookie } = example.session;
  const answer = await fetch(url + path, { headers: { cookie, ...headers } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(answer.headers.get('vary')).toContain('accept');
  const text = await answer.text();
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

describe('an answer in CSV', () => {
  it('has the rows of the list that JSON has', async () => {
    const { items } = containerListSchema.parse(await example.ask('containers?sort=name'));
    const [header = [], ...rows] = await lines('/api/v1/containers?sort=name&format=csv');
    expect(header).toEqual(expect.arrayContaining(['id', 'namespace', 'workload.kind', 'cpuCores']));
    const cell = (row: string[], name: string): string | undefined => row[header.indexOf(name)];
    expect(rows.map((row) => [cell(row, 'id'), cell(row, 'workload.name'), cell(row, 'restarts')])).toEqual(
      items.map(({ id, workload, restarts }) => [id, workload?.name ?? '', String(restarts)]),
    );
  });

  it.each([
    ['nodes', 2],
    ['workloads', 2],
  ])('is there for %s', async (list, rows) => {
    expect(await lines(`/api/v1/${list}`, { accept: 'text/csv' })).toHaveLength(1 + rows);
  });

  it('has a row per step of a series', async () => {
    const rows = await lines(`/api/v1/series?container=${container}&metrics=workingSetBytes&format=csv`);
    expect(rows).toHaveLength(11);
    expect([rows[0], rows.at(-1)]).toEqual([
      ['time', 'workingSetBytes'],
      [new Date(noonMs).toISOString(), '100'],
    ]);
  });

  it('has a row per sample', async () => {
    const rows = await lines(
      `/api/v1/samples?container=${container}&metrics=workingSetBytes&from=${noonMs - 20_000}&format=csv`,
    );
    expect(rows[0]).toEqual(['time', 'metric', 'kind', 'unit', 'runtimeId', 'value']);
    expect(rows.at(-1)).toEqual([
      new Date(noonMs).toISOString(),
      'workingSetBytes',
      'gauge',
      'bytes',
      'web-1-server-run',
      '100',
    ]);
  });

  it.each([
    ['the containers of a time', `/api/v1/state?at=${noonMs}&format=csv`, ['id', 'namespace'], 3],
    [
      'files that can be had',
      `/api/v1/exports?from=${noonMs - 7_200_000}&to=${noonMs}&format=csv`,
      ['path', 'file'],
      1,
    ],
  ])('has a row for each of %s', async (_sentence, path, columns, fewest) => {
    const rows = await lines(path);
    expect(rows[0]).toEqual(expect.arrayContaining(columns));
    expect(rows.length).toBeGreaterThanOrEqual(fewest);
  });

  it('shows each scope its own rows', async () => {
    example.scope = billing;
    const [header = [], ...rows] = await lines('/api/v1/containers?format=csv');
    expect(rows.map((row) => row[header.indexOf('namespace')])).toEqual(['billing']);
    example.scope = all;
  });

  it('is a problem in JSON when it is refused', async () => {
    const answer = await example.get('containers?format=csv&sort=colour');
    expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ parameter: 'sort' })]);
    const unknown = await example.get('containers?format=xml');
    expect([unknown.status, unknown.body]).toEqual([422, expect.objectContaining({ parameter: 'format' })]);
  });
});
