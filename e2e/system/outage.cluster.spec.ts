import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerAnswer, SamplesAnswer } from '@docksnap/contract';
import { containerListSchema, ledgerAnswerSchema, nodeListSchema, samplesAnswerSchema } from '@docksnap/contract';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './support/api-client.ts';
import { millionths, rowsOf, whole } from './support/kubelet-page.ts';
import type { RecordedPage } from './support/recording.ts';
import { Recording } from './support/recording.ts';
import { agentPodOn, kubectl, namespace, signedIn, untilAllReport } from './support/system.ts';
import { until } from './support/until.ts';

const node = 'node1';
const outageMs = 180_000;
const metrics = new Map([
  ['container_cpu_usage_seconds_total', 'cpuUsageMicros'],
  ['container_memory_working_set_bytes', 'workingSetBytes'],
]);

/**
 * The API is away for three minutes while a proxy writes down what the agent is given. An agent that starts behind the
 * proxy opens an epoch, whose ticks are then exactly the small pages that the proxy gave out.
 */
describe('an API that is away for three minutes', () => {
  let client: ApiClient;
  let recording: Recording;
  let pages: readonly RecordedPage[] = [];
  let epoch: LedgerAnswer['epochs'][number] | undefined;
  let nodeId = '';
  let sinceMs = 0;

  async function newestEpoch(): Promise<LedgerAnswer['epochs'][number] | undefined> {
    const { epochs } = await client.get(`/api/v1/nodes/${nodeId}/ledger?from=${sinceMs}`, ledgerAnswerSchema);
    return epochs
      .filter((one) => one.firstTickMs > sinceMs)
      .sort((a, b) => a.firstTickMs - b.firstTickMs)
      .at(-1);
  }

  beforeAll(async () => {
    client = await signedIn();
    const { items } = await client.get('/api/v1/nodes', nodeListSchema);
    nodeId = items.find((one) => one.name === node)?.id ?? '';
    recording = await Recording.start(node);
    sinceMs = Date.now();
    await kubectl('delete', 'pod', '-n', namespace, await agentPodOn(node), '--wait=true');
    await until('the first ticks of the new agent', 120_000, async () => ((await newestEpoch())?.stored ?? 0) >= 3);

    const api = ['deployment/docksnap-api', '-n', namespace];
    const replicas = await kubectl('get', ...api, '-o', 'jsonpath={.spec.replicas}');
    await kubectl('scale', ...api, '--replicas=0');
    await sleep(outageMs);
    await kubectl('scale', ...api, `--replicas=${replicas}`);
    await kubectl('rollout', 'status', ...api, '--timeout=120s');
    client = await signedIn();
    await until('the backlog sent', 120_000, async () => {
      const found = await newestEpoch();
      const given = recording.pages().filter(isTick).length;
      return found?.missing.length === 0 && found.lastSeq >= given - 1;
    });
    await recording.stop();
    await sleep(15_000);
    pages = recording.pages();
    epoch = await newestEpoch();
  }, 600_000);

  afterAll(async () => {
    recording.discard();
    await untilAllReport();
  }, 240_000);

  it('collected ticks through all of the outage', () => {
    expect(pages.filter(isTick).length).toBeGreaterThanOrEqual(outageMs / 10_000);
  });

  it('stored each tick that was collected: none dropped, none missing', () => {
    const collected = pages.filter(isTick).length;
    expect(epoch?.firstSeq).toBe(1);
    expect(epoch?.missing).toEqual([]);
    // Ticks after the proxy was taken out are stored as well.
    expect(epoch?.stored).toBeGreaterThanOrEqual(collected);
    expect(epoch?.stored).toBe(epoch?.lastSeq);
  });

  it('can give back every distinct value that the agent was given', async () => {
    // Jobs end in these minutes: their containers are gone, and what they used is not.
    const lists = await Promise.all(
      ['', '&state=gone'].map((state) =>
        client.get(`/api/v1/containers?node=${node}&limit=1000${state}`, containerListSchema),
      ),
    );
    const items = lists.flatMap((list) => list.items);
    const ids = new Map(items.map((one) => [`${one.namespace}/${one.pod}/${one.name}`, one.id]));
    const answers = new Map<string, SamplesAnswer>();
    const lost: string[] = [];
    for (const [key, value] of distinctValues(pages)) {
      const [name = '', metric = '', atMs = ''] = key.split(' ');
      const id = ids.get(name);
      if (id === undefined) throw new Error(`${name} was on a page and is not known to the API`);
      const answer =
        answers.get(id) ??
        (await client.get(
          `/api/v1/samples?container=${encodeURIComponent(id)}&from=${sinceMs - 60_000}&to=${Date.now()}`,
          samplesAnswerSchema,
        ));
      answers.set(id, answer);
      if (storedAt(answer, metric, Number(atMs)) !== Number(value)) lost.push(key);
    }
    expect(answers.size).toBeGreaterThan(3);
    expect(lost).toEqual([]);
  });
});

function isTick(page: RecordedPage): boolean {
  return page.path === '/metrics/resource' && page.status === 200;
}

function distinctValues(pages: readonly RecordedPage[]): Map<string, bigint> {
  const values = new Map<string, bigint>();
  for (const row of pages.filter(isTick).flatMap((page) => rowsOf(page.text))) {
    const metric = metrics.get(row.family);
    if (metric === undefined) continue;
    const name = ['namespace', 'pod', 'container'].map((label) => row.labels.get(label) ?? '').join('/');
    const value = metric === 'cpuUsageMicros' ? millionths(row.value) : whole(row.value);
    values.set(`${name} ${metric} ${row.timestampMs}`, value);
  }
  return values;
}

function storedAt(answer: SamplesAnswer, metric: string, atMs: number): number | undefined {
  for (const series of answer.series.filter((one) => one.metric === metric)) {
    const index = series.timestamps.indexOf(atMs);
    if (index >= 0) return series.values[index];
  }
  return undefined;
}
