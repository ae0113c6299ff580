import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { topAnswerSchema } from '@docksnap/contract';
import { all, billing, ExampleApi } from '../testing/example-api.ts';
import { rankings } from './ranking.ts';
import { slopeOf } from './slope.ts';

const example = new ExampleApi();

beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());
beforeEach(() => {
  example.scope = all;
});

describe('GET /api/v1/top', () => {
  it.each<[string, string, [string, number][], string]>([
    [
      'containers by CPU',
      '',
      [
        ['ledger', 1],
        ['server', 0.5],
        ['server', 0.25],
        ['proxy', 0.125],
      ],
      'cores',
    ],
    ['containers by memory, so many', 'by=memory&limit=1', [['ledger', 400]], 'bytes'],
    [
      'namespaces by memory',
      'by=memory&of=namespace',
      [
        ['billing', 400],
        ['shop', 250],
      ],
      'bytes',
    ],
    [
      'nodes by CPU, from themselves',
      'of=node',
      [
        ['node-2', 1.25],
        ['node-1', 0.625],
      ],
      'cores',
    ],
    [
      'pods of a workload',
      'workload=shop/Deployment/web&of=pod',
      [
        ['web-1', 0.625],
        ['web-2', 0.25],
      ],
      'cores',
    ],
    ['workloads by network', 'by=network&of=workload&namespace=shop', [['web', 600]], 'bytes/s'],
    ['nobody by throttling, for nobody has a quota', 'by=throttled', [], 'ratio'],
    ['what does not grow', 'by=growth&namespace=billing', [['ledger', 0]], 'bytes/hour'],
  ])('ranks %s', async (_sentence, query, expected, unit) => {
    const answer = topAnswerSchema.parse(await example.ask(`top?${query}`));
    expect(answer.items.map(({ name, value }) => [name, Number(value.toFixed(6))])).toEqual(expected);
    expect([answer.unit, answer.partial]).toEqual([unit, null]);
  });

  it('holds what a scope holds, and nodes for those who see them', async () => {
    example.scope = billing;
    expect(topAnswerSchema.parse(await example.ask('top')).items.map(({ name }) => name)).toEqual(['ledger']);
    expect((await example.get('top?of=node')).status).toBe(403);
    expect((await example.get('top?namespace=shop')).status).toBe(404);
  });

  it.each([
    ['by=colour', 'by'],
    ['of=label', 'of'],
    ['limit=101', 'limit'],
    ['container=a~b~c', 'container'],
  ])('refuses %s', async (query, parameter) => {
    const { status, body } = await example.get(`top?${query}`);
    expect([status, body]).toEqual([422, expect.objectContaining({ parameter })]);
  });
});

describe('slopeOf', () => {
  it.each([
    ['a line', [1, 3, 5, 7], 2],
    ['a line with gaps', [1, NaN, 5, NaN, 9], 2],
    ['what jumps about a line', [0, 4, 2, 6], 1.6],
    ['what falls', [3, 2, 1], -1],
    ['one value', [NaN, 5], NaN],
    ['no value', [], NaN],
  ])('of %s', (_sentence, values, slope) => {
    expect(Number(slopeOf(Float64Array.from(values)).toFixed(9))).toBe(slope);
  });
});

describe('a ranking', () => {
  it('by growth is per hour', () => {
    expect(rankings.growth.valueOf([Float64Array.of(0, 10, 20)], 60_000)).toBe(600);
  });

  it('by network knows one direction without the other', () => {
    const silent = Float64Array.of(NaN, NaN);
    expect(rankings.network.valueOf([Float64Array.of(5, 7), silent], 1000)).toBe(6);
    expect(rankings.network.valueOf([silent, silent], 1000)).toBeNaN();
  });
});
