import { describe, expect, it } from '@jest/globals';
import { descriptionSchema } from '@docksnap/contract';
import { Page } from '../exposition/page.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { cadvisorPage } from '../testing/pages.ts';
import { describeNode } from './node-facts.ts';

describe('describeNode', () => {
  it('tells what a real big page tells, and why the rest is missing', () => {
    const page = new Page('/metrics/cadvisor', new RowDrops());
    page.start();
    page.push(Buffer.from(cadvisorPage));
    page.finish();
    const description = describeNode('node-1', page.facts, true);
    expect(descriptionSchema.parse(description)).toEqual({
      kind: 'node',
      name: 'node-1',
      systemUuid: '3d1219c7c4c5404aaa1f6d2a48adfda4',
      machineId: '3d1219c7c4c5404aaa1f6d2a48adfda4',
      bootId: '05f2578c-3ff5-4331-8047-48e8fce98bb1',
      cores: 2,
      memoryBytes: 25_276_063_744,
      kernelVersion: '6.18.44-fc-v782',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      missing: [expect.objectContaining({ fact: 'macAddresses' })],
    });
  });

  it('says what to choose when the big page is not read', () => {
    const { missing, ...known } = describeNode('node-1', new Map(), false);
    expect(known).toEqual({ kind: 'node', name: 'node-1' });
    expect(missing.map(({ fact }) => fact)).toEqual([
      ...['systemUuid', 'machineId', 'bootId', 'cores', 'memoryBytes', 'kernelVersion', 'osImage', 'macAddresses'],
    ]);
    expect(missing[0]?.reason).toContain('endpoint CAdvisor is not chosen');
  });
});
