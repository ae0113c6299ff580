import { describe, expect, it } from '@jest/globals';
import type { NodeDescription } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import { Reading } from '../exposition/reading.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { PodList, parsePodList } from '../pods/pod-list.ts';
import { podsPage } from '../testing/pages.ts';
import { assembleTick } from './assemble.ts';
import { DescriptionHashes } from './description-hashes.ts';
import type { Holder, Samples } from './sort-readings.ts';
import { StartTimes } from './start-times.ts';

const all = { include: new Set<string>(), exclude: new Set<string>() };
const node: NodeDescription = { kind: 'node', name: 'node-1', missing: [] };
const tickMs = 1_795_491_265_000;
const moment = { tickMs, intervalMs: 10_000, bigPageIntervalMs: 30_000 };
const list = parsePodList(podsPage, all);
const none: Samples = new Map();

const memory = () => ({ hashes: new DescriptionHashes(), startTimes: new StartTimes(), drops: new RowDrops() });

/** A reading of that group whose n-th metric is n. */
function reading(group: Reading['group'], sampleMs: number, startedAtMs = NaN): Reading {
  const made = new Reading({ kind: 'node' }, group);
  made.take(0, 1, Float64Array.of(sampleMs), false);
  made.take(2, 3, Float64Array.of(sampleMs), false);
  made.startedAtMs = startedAtMs;
  return made;
}

const leak = list.container('shop', 'leaky-775f965f65-x4jsh', 'leak');
const leakKey = `${list.pod('shop', 'leaky-775f965f65-x4jsh')?.uid ?? ''}/leak`;
const starts = (samples: Samples, kept = memory()) =>
  assembleTick(moment, node, list, samples, kept).block.entities.filter(({ key }) => key === leakKey);

describe('the block of a tick', () => {
  it('lists everything that is there, without samples too, each with its description', () => {
    const { block, descriptions } = assembleTick(moment, node, list, none, memory());
    expect(block).toMatchObject({ intervalMs: 10_000, tickTimes: [tickMs], groups: [] });
    expect(block.entities[0]).toMatchObject({ kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0 });
    expect(new Set(block.entities.map(({ description }) => description))).toEqual(new Set(descriptions.keys()));
    const containers = list.pods.flatMap((pod) => [...pod.containers.keys()].map((name) => `${pod.uid}/${name}`));
    expect(block.entities.filter(({ kind }) => kind === 'container').map(({ key }) => key)).toEqual(containers);
  });

  it('has a group per reading: its age, and a column for each value that is there', () => {
    const samples: Samples = new Map<Holder, Reading[]>([
      ['node', [reading('resource', tickMs - 1641), reading('network', NaN)]],
    ]);
    expect(assembleTick(moment, node, list, samples, memory()).block.groups).toEqual([
      {
        entity: 0,
        kind: 'resource',
        ages: Float64Array.of(1641),
        columns: [
          { metric: 1, values: Float64Array.of(1) },
          { metric: 3, values: Float64Array.of(3) },
        ],
      },
      {
        entity: 0,
        kind: 'network',
        intervalMs: 30_000,
        ages: Float64Array.of(0),
        columns: [
          { metric: 40, values: Float64Array.of(1) },
          { metric: 42, values: Float64Array.of(3) },
        ],
      },
    ]);
  });

  it('lists a pod that is gone only with its last samples', () => {
    const pod = list.pod('shop', 'leaky-775f965f65-x4jsh');
    if (pod === undefined || leak === undefined) throw new Error('the page has that pod');
    const left = new PodList(list.pods.filter((each) => each !== pod)).after(list);
    const kinds = (samples: Samples) =>
      assembleTick(moment, node, left, samples, memory())
        .block.entities.filter(({ key }) => key.startsWith(pod.uid))
        .map(({ kind }) => kind);
    expect(kinds(none)).toEqual([]);
    expect(kinds(new Map([[leak.current, [reading('resource', tickMs)]]]))).toEqual(['pod', 'container']);
    expect(left.container('shop', 'leaky-775f965f65-x4jsh', 'leak')).toBe(leak);
    expect(new PodList(left.pods).after(left).departed).toEqual([]);
  });

  it("lists a container's previous start before the current one, while it has samples", () => {
    expect(starts(none)).toHaveLength(1);
    const [previous, current] = [leak?.previous, leak?.current];
    if (previous === undefined || current === undefined) throw new Error('the page has a restarted container');
    const listed = starts(new Map([[previous, [reading('cgroup', tickMs - 9000)]]]));
    expect(listed.map(({ runtimeId }) => runtimeId)).toEqual([previous.runtimeId, current.runtimeId]);
  });

  it('tells a start by the small page, to the millisecond, and does not change it after', () => {
    if (leak === undefined) throw new Error('the page has that container');
    const pageMs = leak.current.startedAtMs + 123;
    const [kept, samples] = [memory(), new Map([[leak.current, [reading('resource', tickMs, pageMs)]]])];
    expect(starts(samples, kept)[0]?.startedAtMs).toBe(pageMs);
    expect(starts(none, kept)[0]?.startedAtMs).toBe(pageMs);
    expect(starts(none)[0]?.startedAtMs).toBe(leak.current.startedAtMs);
  });

  it('has no more entities than the contract allows, and counts what it leaves out', () => {
    const items = Array.from({ length: limits.entitiesPerBlock / 2 }, (_none, index) => ({
      metadata: { namespace: 'n', name: `p${index}`, uid: `u${index}` },
      spec: { containers: [{ name: 'c' }] },
    }));
    const many = parsePodList(JSON.stringify({ items }), all);
    const last = many.pods.at(-1);
    if (last === undefined) throw new Error('there are pods');
    const kept = memory();
    const { block } = assembleTick(moment, node, many, new Map([[last, [reading('cgroup', tickMs)]]]), kept);
    expect(block.entities.length).toBeLessThanOrEqual(limits.entitiesPerBlock);
    expect(block.entities.length).toBeGreaterThan(limits.entitiesPerBlock - 4);
    expect(kept.drops.count('too_many')).toBe(2);
  });
});
