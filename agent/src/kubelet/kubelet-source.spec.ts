import { describe, expect, it } from '@jest/globals';
import type { PagePath } from '../exposition/families.ts';
import { Page } from '../exposition/page.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import type { PodList } from '../pods/pod-list.ts';
import { parsePodList } from '../pods/pod-list.ts';
import { pagesMs, podsPage, resourcePage } from '../testing/pages.ts';
import { KubeletSource } from './kubelet-source.ts';

const namespaces = { include: new Set<string>(), exclude: new Set<string>() };
const whole = parsePodList(podsPage, namespaces);
/** The list before the kubelet tells of a pod that its page already has. */
const early = parsePodList(podsPage.replaceAll('agent-l4drl', 'agent-not-yet'), namespaces);

/** A source over the real small page and these answers to /pods, the last one again and again. */
function sourceOf(lists: readonly (PodList | undefined)[]) {
  const drops = new RowDrops();
  const page = new Page('/metrics/resource', drops);
  const reads: string[] = [];
  const left = [...lists];
  const scraper = {
    facts: page.facts,
    readPage: (path: PagePath) => {
      reads.push(path);
      page.start();
      page.push(Buffer.from(resourcePage));
      return Promise.resolve(page.finish());
    },
    readPods: () => {
      reads.push('/pods');
      return Promise.resolve(left.length > 1 ? left.shift() : left[0]);
    },
  };
  const kubelet = { close: () => undefined };
  const trustFile = { load: () => Promise.resolve() };
  const parts = { nodeName: 'node-1', endpoints: new Set(['Resource'] as const), intervalMs: 100, cadvisorEvery: 3 };
  const source = new KubeletSource({ ...parts, kubelet, trustFile, namespaces, scraper, drops });
  const groups = async (): Promise<number> => (await source.gather(pagesMs))?.block.groups.length ?? 0;
  return { groups, reads, drops };
}

describe('a container that the page has before the pod list', () => {
  it('is looked for again in a moment, and its sample is not lost', async () => {
    const { groups, reads, drops } = sourceOf([early, early, whole]);
    expect(await groups()).toBe(14);
    expect(reads).toEqual(['/metrics/resource', '/pods', '/pods', '/pods']);
    expect(drops.count('unknown_container')).toBe(0);
  });

  it('is given up after three reads, counted, and not looked for again for the same sample', async () => {
    const { groups, reads, drops } = sourceOf([early]);
    expect(await groups()).toBe(13);
    expect(drops.count('unknown_container')).toBe(3);
    await groups();
    expect(reads.filter((path) => path === '/pods')).toHaveLength(3);
  });
});

describe('a pod list that cannot be read', () => {
  it('leaves the one before in force', async () => {
    const { groups } = sourceOf([whole, undefined]);
    expect(await groups()).toBe(14);
    for (let later = 1; later <= 3; later++) expect(await groups()).toBe(0);
  });

  it('leaves the node alone when there was none before', async () => {
    expect(await sourceOf([undefined]).groups()).toBe(1);
  });
});
