import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { encodeBlock, decodeBlock } from '@docksnap/contract/codec';
import { RowDrops } from '../exposition/row-drops.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import type { Gathered, Source } from '../source/source.ts';
import type { MachineServer } from '../testing/machine-server.ts';
import { machinePages, recordedMs, recordedSamples, startMachine } from '../testing/machine-server.ts';
import { ScrapeTimes } from '../tick/scrape-times.ts';
import { zstd } from '../zstd.ts';
import { CadvisorClient } from './client.ts';
import { SecondsSource } from './seconds-source.ts';
import { pathsByRuntimeId } from './with-seconds.ts';

const [, runtimeId = ''] = Object.keys(machinePages)
  .map((page) => /^\/api\/v2.0\/stats\/docker\/(.+)$/.exec(page)?.[1])
  .filter((id) => id !== undefined);
const cgroup = `/docker/${runtimeId}`;
const tickMs = recordedMs.last;
const quiet = createLog('error', () => undefined, Date.now);

/** What a kubelet told of a node, a pod and two containers, one of which cAdvisor does not know. */
const told: Gathered = {
  block: {
    intervalMs: 10_000,
    tickTimes: [tickMs],
    entities: [
      { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: '' },
      { kind: 'pod', key: 'pod-1', runtimeId: '', startedAtMs: 0, description: '' },
      { kind: 'container', key: 'pod-1/a', runtimeId, startedAtMs: 1, description: '' },
      { kind: 'container', key: 'pod-1/b', runtimeId: 'b'.repeat(64), startedAtMs: 1, description: '' },
    ],
    groups: [0, 2, 3].map((entity) => ({
      entity,
      kind: 'resource' as const,
      ages: Float64Array.of(1641),
      columns: [{ metric: 1, values: Float64Array.of(5) }],
    })),
  },
  descriptions: new Map(),
};

let cadvisor: MachineServer;
let problems: Problems;
let source: Source;

beforeEach(async () => {
  cadvisor = await startMachine();
  problems = new Problems(Date.now, quiet);
  const kubelet: Source = {
    open: () => Promise.resolve(),
    gather: () => Promise.resolve(told),
    close: () => undefined,
  };
  const client = new CadvisorClient(cadvisor.url);
  const tools = { problems, drops: new RowDrops(), times: new ScrapeTimes() };
  source = new SecondsSource({ ...tools, kubelet, client, timeoutMs: 20_000 });
});

afterEach(async () => {
  source.close();
  await cadvisor.close();
});

/** How many samples of CPU time each entity has. */
const counts = ({ block }: Gathered): number[] =>
  block.entities.map((_entity, index) =>
    block.groups
      .filter(({ entity, kind }) => entity === index && kind === 'resource')
      .reduce((sum, { ages }) => sum + ages.filter((age) => !Number.isNaN(age)).length, 0),
  );

describe('a kubelet with a cAdvisor beside it', () => {
  it('has each second of the containers that cAdvisor knows, and the kubelet for all else', async () => {
    const gathered = await source.gather(tickMs);
    if (gathered === undefined) throw new Error('something could be read');
    const { block } = gathered;
    const [node, pod, known, unknown] = counts(gathered);
    expect([node, pod, unknown]).toEqual([1, 0, 1]);
    expect(known).toBeGreaterThan(30);
    expect(known).toBeLessThanOrEqual(recordedSamples(cgroup).length);
    expect(block.intervalMs).toBe(1000);
    expect(block.groups.filter(({ entity }) => entity !== 2).map(({ intervalMs }) => intervalMs)).toEqual([
      10_000, 10_000,
    ]);
  });

  it('makes a block that can be sent', async () => {
    const { block } = (await source.gather(tickMs)) ?? told;
    const whole = { epoch: 'e'.repeat(32), firstSeq: 1, ...block };
    expect(decodeBlock(encodeBlock(whole, zstd), zstd)).toMatchObject({ tickTimes: block.tickTimes });
  });

  it('goes on with the kubelet alone while cAdvisor does not answer, and says so', async () => {
    cadvisor.answers.set('/api/v2.0/spec', (response) => response.writeHead(503).end());
    expect(await source.gather(tickMs)).toBe(told);
    expect(problems.list()).toMatchObject([{ reason: 'CadvisorPageInvalid' }]);
  });

  it('may ask for any cgroup, whatever it is called', async () => {
    const asked = new CadvisorClient(cadvisor.url).samples('/\ud83d', 1, AbortSignal.timeout(20_000));
    await expect(asked).rejects.toMatchObject({ reason: 'CadvisorPageInvalid' });
  });

  it('finds containers by the paths of every engine and manager of cgroups', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    const paths = [
      `/kubepods/burstable/pod25296b59-5617-4356-abc6-b14e3fc15755/${a}`,
      `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/cri-containerd-${b}.scope`,
      `/kubepods.slice/kubepods-pod2.slice/crio-${c}.scope`,
    ];
    const others = ['/', '/kubepods', '/kubepods/burstable/pod25296b59-5617-4356-abc6-b14e3fc15755'];
    expect([...pathsByRuntimeId([...paths, ...others]).entries()]).toEqual([a, b, c].map((id, i) => [id, paths[i]]));
  });
});
