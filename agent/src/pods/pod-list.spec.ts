import { describe, expect, it } from '@jest/globals';
import { descriptionSchema } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import { podsPage } from '../testing/pages.ts';
import { isWatched, parsePodList } from './pod-list.ts';

const all = { include: new Set<string>(), exclude: new Set<string>() };

describe("a real kubelet's /pods", () => {
  const list = parsePodList(podsPage, all);

  it('has every pod, described as the contract says', () => {
    expect(list.pods).toHaveLength(12);
    for (const pod of list.pods) {
      expect(descriptionSchema.parse(pod.description)).toEqual(pod.description);
      for (const { description } of pod.containers.values()) {
        expect(descriptionSchema.parse(description)).toEqual(description);
      }
    }
  });

  it('tells why a container was killed, and its current start', () => {
    expect(list.container('shop', 'leaky-775f965f65-x4jsh', 'leak')).toMatchObject({
      current: { startedAtMs: Date.parse('2026-11-24T03:33:37Z') },
      previous: { runtimeId: '89bfc4d16e09632ca11d5c7a14f23c8618121bdbca5945fc83161fb0bd92fa6c' },
      description: {
        state: 'running',
        restarts: 2,
        workload: { kind: 'Deployment', name: 'leaky' },
        requests: { cpuCores: 0.1, memoryBytes: 25_165_824 },
        limits: { cpuCores: 0.1, memoryBytes: 25_165_824 },
        lastTermination: {
          reason: 'OOMKilled',
          exitCode: 137,
          startedAtMs: Date.parse('2026-11-24T03:32:42Z'),
          finishedAtMs: Date.parse('2026-11-24T03:33:36Z'),
        },
      },
    });
  });

  it('tells how a container that is down ended', () => {
    expect(list.container('batch', 'crash-7d769566d5-dwggl', 'c')).toMatchObject({
      current: { runtimeId: 'c955a2ec74ff12f9aa5347311e9217bd3adbe04fff95598ca346d892c19c2c55' },
      description: { state: 'terminated', stateReason: 'Error', restarts: 4, lastTermination: { exitCode: 3 } },
    });
  });
});

const pod = (parts: { spec?: object; status?: object; metadata?: object }) => ({
  metadata: { namespace: 'shop', name: 'web', uid: 'u', ...parts.metadata },
  spec: { containers: [{ name: 'main', image: 'i' }], ...parts.spec },
  status: { phase: 'Running', ...parts.status },
});
const parse = (...pods: object[]) => parsePodList(JSON.stringify({ items: pods }), all);

describe('parsePodList', () => {
  it('has init and ephemeral containers too', () => {
    const list = parse(
      pod({ spec: { initContainers: [{ name: 'init' }], ephemeralContainers: [{ name: 'debug', image: 'd' }] } }),
    );
    expect([...(list.pod('shop', 'web')?.containers.keys() ?? [])]).toEqual(['init', 'main', 'debug']);
  });

  it('describes a container that has no status yet', () => {
    expect(parse(pod({})).container('shop', 'web', 'main')).toMatchObject({
      current: { runtimeId: '', startedAtMs: 0 },
      description: { state: 'unknown', restarts: 0, requests: {}, limits: {}, labels: {} },
    });
  });

  it('says why a container waits, and keeps the start that ended as its current one', () => {
    const last = { exitCode: 1, reason: 'Error', startedAt: '2026-11-24T03:00:00Z', containerID: 'containerd://old' };
    const status = {
      name: 'main',
      restartCount: 3,
      containerID: 'containerd://old',
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: last },
    };
    expect(parse(pod({ status: { containerStatuses: [status] } })).container('shop', 'web', 'main')).toMatchObject({
      current: { runtimeId: 'old', startedAtMs: Date.parse('2026-11-24T03:00:00Z') },
      previous: undefined,
      description: { state: 'waiting', stateReason: 'CrashLoopBackOff', lastTermination: { exitCode: 1 } },
    });
  });

  it('describes within the bounds of the contract, whatever the pod says', () => {
    const long = 'x'.repeat(5000);
    const labels = Object.fromEntries(
      Array.from({ length: 50 }, (_none, index) => [`${index}${long}`, `\ud800${long}`]),
    );
    const owner = { kind: long, name: long, controller: true };
    const status = { name: 'main', state: { waiting: { reason: `\udfff${long}` } }, imageID: long };
    const list = parse(
      pod({
        metadata: { labels, ownerReferences: [owner] },
        spec: { containers: [{ name: 'main', image: long, resources: { limits: { cpu: '1e999' } } }] },
        status: { phase: long, qosClass: long, containerStatuses: [status] },
      }),
    );
    for (const description of [
      list.pod('shop', 'web')?.description,
      list.container('shop', 'web', 'main')?.description,
    ]) {
      expect(descriptionSchema.parse(description)).toEqual(description);
      expect(JSON.stringify(description).length).toBeLessThan(limits.descriptionBytes);
      expect(JSON.stringify(description)).not.toContain('\\ud');
    }
  });

  it.each<[string, unknown]>([
    ['a pod whose UID is too long for one', { metadata: { namespace: 'a', name: 'b', uid: 'u'.repeat(129) } }],
    ['an element that is no object', 7],
    ['a pod without a name', { metadata: { namespace: 'a', uid: 'b' } }],
    ['a pod without anything', {}],
  ])('passes over %s', (_what, element) => {
    const text = JSON.stringify({ items: [element, pod({})] });
    expect(parsePodList(text, all).pods).toHaveLength(1);
  });

  it.each(['', '{', '[]', '{"items": 5}', 'null'])('throws for %j', (text) => {
    expect(() => parsePodList(text, all)).toThrow();
  });
});

describe('isWatched', () => {
  it.each([
    ['everything without a filter', [], [], 'shop', true],
    ['what is included', ['shop'], [], 'shop', true],
    ['nothing else', ['shop'], [], 'batch', false],
    ['not what is excluded', [], ['shop'], 'shop', false],
    ['exclusion over inclusion', ['shop'], ['shop'], 'shop', false],
  ])('watches %s', (_what, include, exclude, namespace, expected) => {
    expect(isWatched({ include: new Set(include), exclude: new Set(exclude) }, namespace)).toBe(expected);
  });
});
