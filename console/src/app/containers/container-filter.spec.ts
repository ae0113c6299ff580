import { describe, expect, it } from '@jest/globals';
import { containerQuerySchema } from '@docksnap/contract';
import { isFiltered, parseWords, queryOf, readFilter, toWords } from './container-filter.ts';

const nothing = { q: null, namespace: null, workload: null, node: null, image: null, labels: null, state: null };

describe('parseWords', () => {
  it.each([
    ['nothing', '  ', nothing],
    ['words', 'api  shop', { ...nothing, q: 'api shop' }],
    ['a key with a value', 'namespace:shop', { ...nothing, namespace: 'shop' }],
    ['a workload with its kind', 'workload:Deployment/api x', { ...nothing, workload: 'Deployment/api', q: 'x' }],
    ['a key that does not exist stays a word', 'price:low', { ...nothing, q: 'price:low' }],
    ['an image and labels', 'image:nginx labels:app=web', { ...nothing, image: 'nginx', labels: 'app=web' }],
    ['a key without a value stays a word', 'node:', { ...nothing, q: 'node:' }],
    ['an image with a tag stays a word', 'localhost/api:1', { ...nothing, q: 'localhost/api:1' }],
    ['the last of two of a key wins', 'state:waiting state:running', { ...nothing, state: 'running' }],
  ])('reads %s', (_sentence, typed, expected) => {
    expect(parseWords(typed)).toEqual(expected);
  });
});

describe('readFilter', () => {
  it('sorts by CPU unless told otherwise', () => {
    expect(readFilter({}).sort).toBe('cpu');
    expect(readFilter({ sort: 'restarts' }).sort).toBe('restarts');
  });

  it.each([
    ['an order that does not exist', { sort: 'price' }],
    ['a state that does not exist', { state: '<b>' }],
  ])('leaves out %s', (_sentence, params) => {
    expect(readFilter(params)).toMatchObject({ sort: 'cpu', state: undefined });
  });

  it('asks the API only what its contract takes', () => {
    const filter = readFilter({ q: 'x'.repeat(600), namespace: 'shop', state: 'waiting', sort: 'memory' });
    expect(containerQuerySchema.safeParse(queryOf(filter)).success).toBe(true);
    expect(queryOf(filter)).toMatchObject({ namespace: 'shop', state: 'waiting', sort: 'memory' });
  });

  it('is typed as it is read', () => {
    const filter = readFilter({ q: 'api', namespace: 'shop', node: 'node-1' });
    expect(toWords(filter)).toBe('namespace:shop node:node-1 api');
    expect(parseWords(toWords(filter))).toMatchObject({ q: 'api', namespace: 'shop', node: 'node-1' });
  });

  it.each([
    ['an order leaves nothing out', { sort: 'name' }, false],
    ['words do', { q: 'api' }, true],
    ['a state does', { state: 'gone' }, true],
  ])('%s', (_sentence, params, filtered) => {
    expect(isFiltered(readFilter(params))).toBe(filtered);
  });
});
