import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../testing/answers.ts';
import { containersCsv, shortfall } from './all-containers.ts';

describe('containersCsv', () => {
  it('has a row for each container, and no text that a spreadsheet would run', () => {
    const csv = containersCsv([aContainer({ image: '=cmd', stateReason: null, workload: null, startedAtMs: null })]);
    expect(csv.split('\r\n')[1]).toBe(
      "shop,,api-6d9c7f8b54-x2lqp,api,node-1,'=cmd,running,,0,0.25,0.25,0.5,134217728,134217728,268435456,0,",
    );
  });
});

describe('a file of all containers', () => {
  it.each([
    ['does not hold them all', 2, 'The file holds the first 1 of 2 containers by name; filter for the others.'],
    ['holds them all', 1, ''],
  ])('says when it %s', (_sentence, total, expected) => {
    expect(shortfall({ rows: [aContainer()], total })).toBe(expected);
  });
});
