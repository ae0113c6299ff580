import { describe, expect, it } from '@jest/globals';
import type { ContainerDescription } from '@docksnap/contract';
import type { KnownEntity } from '../store/store.ts';
import { containerEvents } from './container-events.ts';
import { Deploys } from './deploys.ts';

const record = { id: 'n1', cluster: 'c', name: 'node-1', uid: 'u' };
const atMs = 1_700_000_000_000;

function container(differences: Partial<ContainerDescription> = {}, starts: readonly number[] = [atMs]): KnownEntity {
  const description: ContainerDescription = {
    ...{ kind: 'container', namespace: 'shop', pod: 'web-1', podUid: 'p', name: 'web', image: 'web:1', labels: {} },
    ...{ workload: { kind: 'Deployment', name: 'web' }, requests: {}, limits: {}, state: 'running', restarts: 0 },
    ...differences,
  };
  const incarnations = starts.map((startedAtMs) => ({
    runtimeId: `run-${startedAtMs}`,
    startedAtMs,
    lastSeenMs: startedAtMs,
  }));
  return { kind: 'container', key: 'p/web', description, lastSeenMs: atMs, incarnations };
}

const end = (reason: string, exitCode: number) => ({
  lastTermination: { reason, exitCode, startedAtMs: atMs, finishedAtMs: atMs + 20_000 },
});

describe('containerEvents', () => {
  it.each<[string, KnownEntity, KnownEntity, [string, string][]]>([
    ['a container that goes on', container(), container(), []],
    ['an OOM kill', container(), container(end('OOMKilled', 137)), [['oom', 'OOM-killed, exit code 137 after 20 s']]],
    ['an end by error', container(), container(end('Error', 3)), [['exit', 'Ended with exit code 3 after 20 s']]],
    ['an end in good order', container(), container(end('Completed', 0)), []],
    ['an end that was known', container(end('Error', 3)), container({ ...end('Error', 3), restarts: 1 }), []],
    [
      'an end and a new start',
      container(),
      container({ ...end('Error', 3), restarts: 1 }, [atMs + 30_000, atMs]),
      [
        ['exit', 'Ended with exit code 3 after 20 s'],
        ['restart', 'Started again, 1 restarts in all'],
      ],
    ],
    ['an incarnation that is learnt of later', container(), container({}, [atMs, atMs - 60_000]), []],
    ['a start whose time is not known', container(), container({}, [0, atMs]), []],
  ])('tells of %s', (_sentence, before, after, expected) => {
    expect(containerEvents(record, before, after).map(({ kind, message }) => [kind, message])).toEqual(expected);
  });

  it('gives the same event the same id, whoever sees it', () => {
    const [event] = containerEvents(record, container(), container(end('OOMKilled', 137)));
    expect(event).toMatchObject({
      id: `end/n1~p~web/${atMs + 20_000}`,
      atMs: atMs + 20_000,
      containerId: 'n1~p~web',
      namespace: 'shop',
      workload: { kind: 'Deployment', name: 'web' },
    });
  });
});

describe('Deploys', () => {
  it('tells when newer pods have another image, and not of pods of before', () => {
    const deploys = new Deploys();
    const take = (image: string, startedAtMs: number) =>
      deploys.take(record, container({ image }, [startedAtMs]))?.message;
    expect([
      take('web:1', atMs),
      take('web:1', atMs + 1000),
      take('web:2', atMs + 2000),
      take('web:2', atMs + 3000),
      take('web:1', atMs + 500),
      take('web:1', atMs + 9000),
    ]).toEqual([
      undefined,
      undefined,
      'Deployment web: image web:1 → web:2',
      undefined,
      undefined,
      'Deployment web: image web:2 → web:1',
    ]);
  });

  it('takes workloads of the same name on two machines, or in two clusters, for two', () => {
    const deploys = new Deploys();
    const machine = { ...record, cluster: 'machines' };
    const places = [record, { ...record, cluster: 'd' }, machine, { ...machine, id: 'n2' }];
    const events = places.map((place, index) =>
      deploys.take(place, container({ image: `web:${index}` }, [atMs + index])),
    );
    expect(events).toEqual(places.map(() => undefined));
  });

  it('gives an event an id of its own, however long the names', () => {
    const deploys = new Deploys();
    const idOf = (image: string, startedAtMs: number): string =>
      deploys.take(record, container({ image }, [startedAtMs]))?.id ?? '';
    const ids = ['web:1', 'x'.repeat(4096), 'web:2', 'web:1'].map((image, index) => idOf(image, atMs + index));
    expect([new Set(ids).size, Math.max(...ids.map(({ length }) => length)) < 128]).toEqual([4, true]);
  });

  it('says nothing of who has no start', () => {
    const deploys = new Deploys();
    deploys.take(record, container({}, [atMs]));
    expect(deploys.take(record, container({ image: 'web:2' }, []))).toBeUndefined();
  });
});
