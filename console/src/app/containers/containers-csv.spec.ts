import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../testing/answers.ts';
import { OpenConsole } from '../../testing/open-console.ts';
import { containersCsv } from './all-containers.ts';

describe('containersCsv', () => {
  it('has a row for each container, and no text that a spreadsheet would run', () => {
    const csv = containersCsv([aContainer({ image: '=cmd', stateReason: null, workload: null, startedAtMs: null })]);
    expect(csv.split('\r\n')[1]).toBe(
      "shop,,api-6d9c7f8b54-x2lqp,api,node-1,'=cmd,running,,0,0.25,0.25,0.5,134217728,134217728,268435456,0,",
    );
  });
});

describe('a file of all containers', () => {
  it('says when it does not hold them all', async () => {
    const items = Array.from({ length: 1000 }, (_, index) => aContainer({ id: `a~b~${index}` }));
    const opened = await OpenConsole.at('/containers', { '/containers': { items, total: 60_000, next: 'more' } });
    opened.screen.getByRole('button', { name: 'CSV' }).click();
    for (let round = 0; round < 10; round += 1) await opened.settle();
    expect(opened.screen.getByText(/first 50000 of 60000 containers/)).toBeTruthy();
  });
});
