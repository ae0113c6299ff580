import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { V1Node } from '@kubernetes/client-node';
import type { Kube } from '../kube/kube.ts';
import { KubeUnavailableError } from '../kube/kube.ts';
import { PollingNodeWatch } from './polling-node-watch.ts';

type Answer = readonly V1Node[] | Error;

/** A kube-apiserver that gives these answers to one list after another, and the last for ever. */
function watchOf(answers: readonly Answer[]) {
  let asked = 0;
  const kube: Pick<Kube, 'nodes'> = {
    nodes: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? []);
    },
  };
  const watch = new PollingNodeWatch(kube, { uid: async () => Promise.resolve('cluster') });
  return { watch, asked: () => asked };
}

const node = (name: string): V1Node => ({ metadata: { name, uid: `${name}-uid` } });
const away = new KubeUnavailableError('no answer');

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
}

describe('PollingNodeWatch', () => {
  it('knows nothing before the first answer, and each answer after ten seconds', async () => {
    const { watch } = watchOf([[node('one')], [node('one'), node('two')]]);
    expect(watch.seen()).toBeNull();
    watch.onApplicationBootstrap();
    await pass(0);
    expect([...(watch.seen()?.byUid.keys() ?? [])]).toEqual(['one-uid']);
    await pass(10_000);
    expect([...(watch.seen()?.byUid.keys() ?? [])]).toEqual(['one-uid', 'two-uid']);
    expect(watch.seen()?.cluster).toBe('cluster');
    watch.beforeApplicationShutdown();
  });

  it('keeps what it last knew while Kubernetes does not answer, and asks again', async () => {
    const { watch } = watchOf([[node('one')], away, away, [node('two')]]);
    watch.onApplicationBootstrap();
    await pass(20_000);
    expect([...(watch.seen()?.byUid.keys() ?? [])]).toEqual(['one-uid']);
    await pass(10_000);
    expect([...(watch.seen()?.byUid.keys() ?? [])]).toEqual(['two-uid']);
    watch.beforeApplicationShutdown();
  });

  it('asks no more when the API stops', async () => {
    const { watch, asked } = watchOf([[node('one')]]);
    watch.onApplicationBootstrap();
    await pass(0);
    watch.beforeApplicationShutdown();
    await pass(60_000);
    expect(asked()).toBe(1);
  });

  it('asks nobody where there is no Kubernetes', async () => {
    const watch = new PollingNodeWatch(null, { uid: async () => Promise.resolve('standalone') });
    watch.onApplicationBootstrap();
    await pass(60_000);
    expect(watch.seen()).toBeNull();
  });
});
