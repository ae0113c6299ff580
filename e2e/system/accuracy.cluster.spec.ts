import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerSummary } from '@docksnap/contract';
import { containerListSchema, samplesAnswerSchema, seriesAnswerSchema } from '@docksnap/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeNames } from '../cluster/handle.ts';
import type { ApiClient } from './support/api-client.ts';
import type { Row } from './support/kubelet-page.ts';
import { millionths, rowsOf, whole } from './support/kubelet-page.ts';
import { kubectl, signedIn } from './support/system.ts';
import { until } from './support/until.ts';

/** One value that the kubelet showed us, and when it was true. */
interface Seen {
  readonly atMs: number;
  readonly value: bigint;
}

const busyCount = 5;
const stepMs = 60_000;
const families = new Map([
  ['container_cpu_usage_seconds_total', 'cpuUsageMicros'],
  ['container_memory_working_set_bytes', 'workingSetBytes'],
]);

/** What was read from the kubelets' own pages, by container and metric. */
const seen = new Map<string, Seen[]>();

function keyOf(namespace: string, pod: string, container: string, metric: string): string {
  return [namespace, pod, container, metric].join('/');
}

async function readPages(): Promise<void> {
  for (const node of nodeNames) {
    const page = await kubectl('get', '--raw', `/api/v1/nodes/${node}/proxy/metrics/resource`);
    for (const row of rowsOf(page)) keep(row);
  }
}

function keep(row: Row): void {
  const metric = families.get(row.family);
  if (metric === undefined) return;
  const [namespace = '', pod = '', container = ''] = ['namespace', 'pod', 'container'].map((name) =>
    row.labels.get(name),
  );
  const key = keyOf(namespace, pod, container, metric);
  const values = seen.get(key) ?? [];
  seen.set(key, values);
  if (values.at(-1)?.atMs === row.timestampMs) return;
  values.push({ atMs: row.timestampMs, value: metric === 'cpuUsageMicros' ? millionths(row.value) : whole(row.value) });
}

/** A counter at a moment between two of its samples, on the straight line that joins them. */
function at(samples: readonly Seen[], ms: number): number | undefined {
  const next = samples.findIndex((sample) => sample.atMs >= ms);
  const [before, after] = [samples[next - 1], samples[next]];
  if (before === undefined || after === undefined) return undefined;
  const share = (ms - before.atMs) / (after.atMs - before.atMs);
  return Number(before.value) + Number(after.value - before.value) * share;
}

describe('what the kubelet showed and what the API answers', () => {
  let client: ApiClient;
  let busy: readonly ContainerSummary[] = [];
  let endOfStep = 0;

  beforeAll(async () => {
    client = await signedIn();
    const list = await client.get('/api/v1/containers?state=running&sort=cpu&limit=200', containerListSchema);
    const old = list.items.filter((container) => (container.startedAtMs ?? Infinity) < Date.now() - stepMs);
    busy = old.slice(0, busyCount);
    endOfStep = (Math.floor(Date.now() / stepMs) + 2) * stepMs;
    // A little before the step, to a little after it.
    await sleep(Math.max(0, endOfStep - stepMs - 30_000 - Date.now()));
    while (Date.now() < endOfStep + 35_000) {
      await readPages();
      await sleep(3000);
    }
  }, 4 * stepMs);

  it('there are five busy containers to compare', () => {
    expect(busy).toHaveLength(busyCount);
  });

  it.each([...families.values()])('%s is stored exactly, at the same sample times', async (metric) => {
    for (const container of busy) {
      const path = `/api/v1/samples?container=${encodeURIComponent(container.id)}&metrics=${metric}`;
      const expected = seen.get(keyOf(container.namespace, container.pod, container.name, metric)) ?? [];
      const inside = expected.filter((one) => one.atMs > endOfStep - stepMs && one.atMs < endOfStep);
      const stored = await until(`samples of ${container.id} after the step`, 60_000, async () => {
        const answer = await client.get(path, samplesAnswerSchema);
        const samples = new Map(
          answer.series.flatMap((one) => one.timestamps.map((ms, i) => [ms, one.values[i]] as const)),
        );
        return Math.max(...samples.keys()) > endOfStep ? samples : undefined;
      });
      const common = inside.filter((one) => stored.has(one.atMs));
      // The kubelet refreshes no more often than the agent looks: at most one refresh in a minute can slip between.
      expect(common.length).toBeGreaterThanOrEqual(Math.max(3, inside.length - 1));
      expect(common.map((one) => [one.atMs, stored.get(one.atMs)])).toEqual(
        common.map((one) => [one.atMs, Number(one.value)]),
      );
    }
  });

  it('rates over a minute are those of the pages, within 1 %', async () => {
    for (const container of busy) {
      const samples = seen.get(keyOf(container.namespace, container.pod, container.name, 'cpuUsageMicros')) ?? [];
      const [from, to] = [at(samples, endOfStep - stepMs), at(samples, endOfStep)];
      const expected = ((to ?? NaN) - (from ?? NaN)) / 1e6 / (stepMs / 1000);
      const path = `/api/v1/series?container=${encodeURIComponent(container.id)}&metrics=cpuCores`;
      const answer = await client.get(`${path}&from=${endOfStep - stepMs}&to=${endOfStep}`, seriesAnswerSchema);
      const value = answer.metrics['cpuCores']?.values[answer.timestamps.indexOf(endOfStep)] ?? NaN;
      expect(Math.abs(value - expected) / expected).toBeLessThan(0.01);
    }
  });
});
