import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CoordinationV1Api } from '@kubernetes/client-node';
import { KubeConnection } from '../kube/connection.ts';
import { createLog } from '../log.ts';
import { TestNamespace, kubeConfig } from '../testing/test-cluster.ts';
import { until } from '../testing/until.ts';
import { leadWhileElected } from './leader-election.ts';

const silent = createLog('error', () => undefined);

/** A candidate of a Lease, and what came of it. */
class Candidate {
  readonly stop = new AbortController();
  readonly connection = KubeConnection.fromDefault();
  readonly end: Promise<'stopped' | 'lost'>;
  isLeading = false;

  constructor(namespace: string, name: string, identity: string) {
    const options = { connection: this.connection, namespace, name, identity, signal: this.stop.signal, log: silent };
    this.end = leadWhileElected(options, async (signal) => {
      this.isLeading = true;
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      this.isLeading = false;
    });
  }

  /** As if the network were gone: no request is answered any more. */
  async cutOff(): Promise<void> {
    await this.connection.close();
  }
}

/** The client reads a MicroTime as text, though its type says Date. */
function timeOf(time: string | Date | undefined): number {
  return new Date(time ?? NaN).getTime();
}

describe('two candidates of one Lease on a real API server', () => {
  let namespace: TestNamespace;

  beforeAll(async () => {
    namespace = await TestNamespace.make('lease');
  });
  afterAll(async () => {
    await namespace.remove();
  });

  it('never lead at once, and the second follows within seconds when the first stops', async () => {
    const candidates = ['a', 'b'].map((identity) => new Candidate(namespace.name, 'stopped', identity));
    const leading = () => candidates.filter((one) => one.isLeading);
    const first = await until('a leader', () => leading()[0]);
    // Several rounds of trying.
    const until5s = performance.now() + 5000;
    while (performance.now() < until5s) {
      expect(leading()).toEqual([first]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    first.stop.abort();
    expect(await first.end).toBe('stopped');
    const second = await until('the other leader', () => leading()[0], 4000);
    expect(second).not.toBe(first);
    second.stop.abort();
    expect(await second.end).toBe('stopped');
    await Promise.all(candidates.map((one) => one.connection.close()));
  }, 30_000);

  it('have a first that is cut off take its hands off before the second leads', async () => {
    const first = new Candidate(namespace.name, 'cut', 'a');
    await until('the first to lead', () => first.isLeading);
    const second = new Candidate(namespace.name, 'cut', 'b');
    const cutMs = performance.now();
    await first.cutOff();
    await until(
      'the second to lead',
      () => {
        if (second.isLeading && first.isLeading) throw new Error('both lead');
        return second.isLeading;
      },
      25_000,
    );
    expect(performance.now() - cutMs).toBeLessThan(20_000);
    expect(await first.end).toBe('lost');
    second.stop.abort();
    await second.end;
    await second.connection.close();
  }, 40_000);

  it('count the transitions in the Lease, in times that Kubernetes takes', async () => {
    const { spec } = await kubeConfig
      .makeApiClient(CoordinationV1Api)
      .readNamespacedLease({ name: 'cut', namespace: namespace.name });
    expect(spec).toMatchObject({ holderIdentity: '', leaseTransitions: 1 });
    expect(timeOf(spec?.renewTime)).toBeGreaterThan(timeOf(spec?.acquireTime));
  });
});
