import { describe, expect, it } from '@jest/globals';
import { aNode } from '../../testing/answers.ts';
import { OpenConsole } from '../../testing/open-console.ts';

describe('DockSnap’s own page', () => {
  it.each([
    ['in a cluster', [aNode()], true],
    ['beside machines of a cluster', [aNode(), aNode({ id: 'm', cluster: 'machines' })], true],
    ['on machines alone', [aNode({ cluster: 'machines' })], false],
  ])('says how its figures are read %s', async (_sentence, items, expected) => {
    const { screen } = await OpenConsole.at('/about', { '/nodes': { items } });
    const more = screen.getByRole('region', { name: 'More' }).textContent;
    expect(more).toContain('curl http://127.0.0.1:9090/metrics');
    expect(more.includes('kubectl')).toBe(expected);
  });
});
