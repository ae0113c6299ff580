import { describe, expect, it } from '@jest/globals';
import { parseSubjects } from './subjects.ts';

const nodes = (count: number) => Array.from({ length: count }, (_, index) => `node:${index}`);

describe('parseSubjects', () => {
  it.each([
    ['a container', 'container:a~b~c', { container: 'a~b~c' }],
    ['a node', 'node:a1', { node: 'a1' }],
    ['a workload', 'workload:shop/Deployment/api', { workload: 'shop/Deployment/api' }],
    ['a namespace', 'namespace:shop', { namespace: 'shop' }],
  ])('reads %s', (_sentence, name, subject) => {
    expect(parseSubjects([name])).toEqual({ compared: [{ name, subject }], ignored: null });
  });

  it.each([
    ['a thing of no kind', ['process:7'], 0, /1 of the link/],
    ['a workload without its kind', ['workload:shop/api'], 0, /1 of the link/],
    ['a script', ['<script>'], 0, /1 of the link/],
    ['more than six', nodes(8), 6, /2 are more than the six/],
    ['nothing twice', ['node:1', 'node:1'], 1, null],
  ])('says what it ignores: %s', (_sentence, names, count, ignored) => {
    const parsed = parseSubjects(names);
    expect(parsed.compared).toHaveLength(count);
    if (ignored === null) expect(parsed.ignored).toBeNull();
    else expect(parsed.ignored).toMatch(ignored);
  });
});
