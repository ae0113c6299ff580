import { describe, expect, it } from '@jest/globals';
import { descriptionSchema } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import { specsOf } from '../cadvisor/spec-of.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { machineResidents, unitKeyOf } from './residents.ts';

const keysOf = (paths: readonly string[], drops = new RowDrops()): readonly string[] =>
  machineResidents(specsOf(Object.fromEntries(paths.map((each) => [each, {}])), Infinity), undefined, 0, drops).map(
    ({ key }) => key,
  );

const hex = 'a'.repeat(64);

describe('who is on a machine without Kubernetes', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'units of systemd',
      ['/', '/system.slice', '/system.slice/cron.service'],
      ['system.system.slice.cron.service', 'system.system.slice.cron.service/cron.service'],
    ],
    ['no unit without processes', ['/', '/system.slice/tmp.mount', '/system.slice/docker.socket', '/user.slice'], []],
    ['no cgroup that has others below it', ['/', '/a', '/a/b'], ['system.a.b', 'system.a.b/b']],
    ["no kubelet's pods", ['/', '/kubepods/burstable/pod1/x', '/kubepods.slice/kubepods-pod2.slice/y'], []],
    ['no name that an id could not hold', ['/', '/a~b'], ['system.a_b', 'system.a_b/a_b']],
  ])('has %s', (_what, paths, keys) => {
    expect(keysOf(paths)).toEqual(keys);
  });

  it("has another engine's containers under a name that cannot be Docker's", () => {
    const specs = specsOf({ [`/podman/${hex}`]: { namespace: 'podman', aliases: ['db', hex], image: 'db:1' } }, 1);
    const [pod, container] = machineResidents(specs, [], 0, new RowDrops());
    expect(pod?.description).toMatchObject({ kind: 'pod', namespace: '_containers', name: 'db' });
    expect(container).toMatchObject({ key: 'containers.db/db', runtimeId: hex, description: { image: 'db:1' } });
  });

  it.each([
    ['a unit deep down', `/user.slice/${'deep.slice/'.repeat(12)}vte-spawn.scope`],
    ['a unit with the longest name', `/user.slice/${'x'.repeat(255)}`],
    ['a name of no Latin letters', `/user.slice/${'\u{1f433}'.repeat(60)}`],
    ['half a character', '/user.slice/\ud83d'],
    ['no name', '/user.slice/'],
  ])('has %s within what the contract takes', (_what, path) => {
    const specs = specsOf({ [path]: { aliases: [path, path.repeat(9)] } }, 1);
    const residents = [specs, specs.map((spec) => ({ ...spec, engine: 'podman' }))].flatMap((each) =>
      machineResidents(each, undefined, 0, new RowDrops()),
    );
    expect(residents).toHaveLength(4);
    for (const { key, runtimeId, description } of residents) {
      expect(descriptionSchema.safeParse(description).error).toBeUndefined();
      for (const text of [key, runtimeId]) expect(text.isWellFormed() && Buffer.byteLength(text) <= 512).toBe(true);
    }
  });

  it('tells units apart whose names are too long', () => {
    const deep = 'deep.slice/'.repeat(12);
    expect(new Set(keysOf([`/a/${deep}unit`, `/b/${deep}unit`])).size).toBe(4);
  });

  it.each([
    ['a short name', '/system.slice/cron.service'],
    ['a name that is too long for an id', `/user.slice/${'deep.slice/'.repeat(12)}vte-spawn.scope`],
  ])('knows a unit with %s by its cgroup alone, whose processes are told of too', (_what, path) => {
    expect(keysOf([path])[1]).toBe(unitKeyOf(path));
  });

  it('has no more than a block may hold, and counts the rest', () => {
    const drops = new RowDrops();
    const paths = Array.from({ length: limits.entitiesPerBlock }, (_none, index) => `/unit-${index}`);
    expect(keysOf(paths, drops)).toHaveLength(limits.entitiesPerBlock - 1);
    expect(drops.count('too_many')).toBe(limits.entitiesPerBlock + 1);
  });
});
