import { describe, expect, it } from '@jest/globals';
import type { Monitor } from '../monitor.ts';
import { nodeSchema } from '../observed/objects.ts';
import { defaultSpec, sampleMonitor } from '../testing/sample-monitor.ts';
import { claimsOf } from './owners.ts';

const node = (name: string, pool: string) =>
  nodeSchema.parse({ metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '', labels: { pool } } });
const nodes = [node('a1', 'a'), node('a2', 'a'), node('b1', 'b')];

/** Monitors by name, made one second after the other. */
function monitors(...wanted: [name: string, nodeSelector: Record<string, string>, deleted?: boolean][]): Monitor[] {
  return wanted.map(([name, nodeSelector, deleted], index) => {
    const sample = sampleMonitor({ agent: { ...defaultSpec.agent, nodeSelector } });
    const creationTimestamp = `2026-01-01T00:00:0${index}Z`;
    const metadata = { ...sample.metadata, name, creationTimestamp };
    return { ...sample, metadata: deleted === true ? { ...metadata, deletionTimestamp: creationTimestamp } : metadata };
  });
}

describe('claimsOf', () => {
  it.each([
    ['monitors of different nodes are all accepted', monitors(['a', { pool: 'a' }], ['b', { pool: 'b' }]), {}],
    ['of two that want a node the older has it', monitors(['old', {}], ['new', { pool: 'a' }]), { new: 'old a1,a2' }],
    [
      'one that is refused keeps nothing from a third',
      monitors(['old', { pool: 'a' }], ['middle', {}], ['new', { pool: 'b' }]),
      { middle: 'old a1,a2' },
    ],
    ['one that is being deleted wants nothing', monitors(['old', {}, true], ['new', {}]), {}],
    ['those that want no node that is there overlap with nobody', monitors(['x', { no: '1' }], ['y', { no: '1' }]), {}],
  ])('%s', (_sentence, given, expected) => {
    // The order in which they are known does not matter.
    const claims = [...claimsOf(given.toReversed(), nodes)];
    const refused = claims.flatMap(([key, { refusedFor }]) =>
      refusedFor === undefined ? [] : [[key.slice(9), `${refusedFor.monitor.slice(9)} ${refusedFor.nodes.join()}`]],
    );
    expect(Object.fromEntries(refused)).toEqual(expected);
  });

  it('tells the older one who waits for it', () => {
    const { keptFrom } =
      claimsOf(monitors(['old', {}], ['x', { pool: 'a' }], ['y', {}]), nodes).get('docksnap/old') ?? {};
    expect(keptFrom).toEqual([
      { monitor: 'docksnap/x', nodes: ['a1', 'a2'] },
      { monitor: 'docksnap/y', nodes: ['a1', 'a2', 'b1'] },
    ]);
  });

  it('goes by name among those that were made in the same second', () => {
    const [a, b] = monitors(['a', {}], ['b', {}]);
    if (a === undefined || b === undefined) throw new Error('two monitors');
    const same = { ...a, metadata: { ...a.metadata, creationTimestamp: b.metadata.creationTimestamp } };
    expect(claimsOf([b, same], nodes).get('docksnap/b')?.refusedFor?.monitor).toBe('docksnap/a');
  });
});
