import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Description } from '@docksnap/contract';
import { CadvisorClient } from '../cadvisor/client.ts';
import { Engine } from '../docker/engine.ts';
import { EngineClient } from '../docker/engine-client.ts';
import { RowDrops } from '../exposition/row-drops.ts';
import { integerOf, objectOf, timeOf } from '../json.ts';
import { createLog } from '../log.ts';
import { Problems } from '../problems.ts';
import type { Gathered } from '../source/source.ts';
import type { MachineServer } from '../testing/machine-server.ts';
import { machinePages, recordedMs, recordedSamples, startMachine } from '../testing/machine-server.ts';
import { ScrapeTimes } from '../tick/scrape-times.ts';
import { MachineSource } from './machine-source.ts';

const quiet = createLog('error', () => undefined, Date.now);
const cpuUsage = 1;

let directory: string;
let cadvisor: MachineServer;
let engine: MachineServer;
let drops: RowDrops;
let problems: Problems;
let source: MachineSource;

function createSource(withEngine: boolean): MachineSource {
  const client = new EngineClient({ socketPath: path.join(directory, 'docker.sock') });
  const docker = new Engine({ client, problems, log: quiet, wallMs: () => recordedMs.last });
  return new MachineSource({
    nodeName: 'machine-1',
    timeoutMs: 20_000,
    client: new CadvisorClient(cadvisor.url),
    engine: withEngine ? docker : undefined,
    problems,
    drops,
    times: new ScrapeTimes(),
  });
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'docksnap-machine-'));
  cadvisor = await startMachine();
  engine = await startMachine(path.join(directory, 'docker.sock'));
  drops = new RowDrops();
  problems = new Problems(Date.now, quiet);
  source = createSource(true);
});

afterEach(async () => {
  source.close();
  await cadvisor.close();
  await engine.close();
  await rm(directory, { recursive: true });
});

async function gather(tickMs: number): Promise<Gathered> {
  cadvisor.nowMs = tickMs;
  const gathered = await source.gather(tickMs);
  if (gathered === undefined) throw new Error('something could be read');
  return gathered;
}

/** Every sample of a metric of an entity: its time and value. */
function samplesOf({ block }: Gathered, key: string, metric: number): string[] {
  return block.groups
    .filter(({ entity }) => block.entities[entity]?.key === key)
    .flatMap(({ ages, columns }) => {
      const values = columns.find((column) => column.metric === metric)?.values ?? [];
      return [...values].flatMap((value, tick) =>
        Number.isNaN(value) ? [] : [`${(block.tickTimes[tick] ?? 0) - (ages[tick] ?? NaN)} ${value}`],
      );
    });
}

/** The same from the recording, by another reading of it. */
function recorded(cgroup: string, fromMs: number, toMs: number): string[] {
  return recordedSamples(cgroup)
    .map((sample) => {
      const total = integerOf(objectOf(objectOf(sample['cpu'])['usage'])['total']) ?? NaN;
      return { atMs: timeOf(sample['timestamp']) ?? 0, micros: Math.floor(total / 1000) };
    })
    .filter(({ atMs }) => atMs > fromMs && atMs <= toMs)
    .map(({ atMs, micros }) => `${atMs} ${micros}`);
}

const descriptionOf = ({ block, descriptions }: Gathered, key: string): Description | undefined =>
  descriptions.get(block.entities.find((entity) => entity.key === key)?.description ?? '');

const cgroupOf = (gathered: Gathered, key: string): string =>
  `/docker/${gathered.block.entities.find((entity) => entity.key === key)?.runtimeId ?? ''}`;

describe('a machine with a real cAdvisor and Docker engine', () => {
  it('is read without gap or duplicate, second by second, whatever the moments of the reads', async () => {
    const key = 'docker.web-1/web-1';
    const moments = [0, 9_900, 20_300, 30_000, 41_111].map((each) => recordedMs.first + 10_000 + each);
    const taken: Record<string, string[]> = { node: [], [key]: [] };
    let cgroup = '';
    for (const tickMs of moments) {
      const gathered = await gather(tickMs);
      cgroup = cgroupOf(gathered, key);
      for (const [entity, samples] of Object.entries(taken)) samples.push(...samplesOf(gathered, entity, cpuUsage));
      expect(gathered.block.intervalMs).toBe(1000);
      expect(gathered.block.tickTimes.at(-1)).toBe(tickMs);
    }
    const lastMs = moments.at(-1) ?? 0;
    expect(taken['node']).toEqual(recorded('/', 0, lastMs));
    expect(taken[key]).toEqual(recorded(cgroup, 0, lastMs));
    expect(taken[key]?.length).toBeGreaterThan(30);
    expect(problems.list()).toEqual([]);
  });

  it('tells of each container by the engine: limits, project, how it ended', async () => {
    const gathered = await gather(recordedMs.last);
    expect(descriptionOf(gathered, 'docker.web-1/web-1')).toMatchObject({
      kind: 'container',
      namespace: '_docker',
      pod: 'web-1',
      podUid: 'docker.web-1',
      image: 'docksnap-probe:1',
      workload: { kind: 'ComposeProject', name: 'shop' },
      limits: { cpuCores: 0.3, memoryBytes: 64 * 1024 * 1024 },
      state: 'running',
      restarts: 0,
    });
    expect(descriptionOf(gathered, 'docker.oom/oom')).toMatchObject({
      state: 'terminated',
      stateReason: 'OOMKilled',
      lastTermination: { reason: 'OOMKilled', exitCode: 137 },
    });
    expect(descriptionOf(gathered, 'docker.web-1')).toMatchObject({ kind: 'pod', name: 'web-1', phase: 'Running' });
  });

  it('tells of the machine, and that nothing is missing', async () => {
    expect(descriptionOf(await gather(recordedMs.last), 'node')).toMatchObject({
      name: 'machine-1',
      cores: 2,
      memoryBytes: 25_276_510_208,
      systemUuid: expect.stringMatching(/^[0-9a-f]{32}$/),
      macAddresses: expect.arrayContaining(['02:fc:00:00:00:01']),
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      missing: [],
    });
  });

  it('keeps the network apart, per container, as a pod has it', async () => {
    const gathered = await gather(recordedMs.last);
    expect(samplesOf(gathered, 'docker.web-1', 40).length).toBeGreaterThan(30);
    expect(samplesOf(gathered, 'docker.web-1/web-1', 40)).toEqual([]);
  });

  it('leaves out what cAdvisor does not have, and never makes it zero', async () => {
    const gathered = await gather(recordedMs.last);
    for (const absent of [50, 51, 52]) expect(samplesOf(gathered, 'docker.web-1/web-1', absent)).toEqual([]);
    // Without a quota nothing is throttled, which is not the same as never.
    expect(samplesOf(gathered, 'docker.plain/plain', 13)).toEqual([]);
    expect(samplesOf(gathered, 'docker.web-1/web-1', 13).length).toBeGreaterThan(30);
  });

  it('sends no variable of an environment, and asks the engine by GET alone', async () => {
    const { descriptions } = await gather(recordedMs.last);
    expect(JSON.stringify([...descriptions.values()])).not.toContain('hidden');
    expect(new Set(engine.requests.map((request) => request.split(' ')[0]))).toEqual(new Set(['GET']));
  });

  it('asks for a container again when an event names it, and not otherwise', async () => {
    await gather(recordedMs.last - 20_000);
    const asked = (): number => engine.requests.filter((request) => request.endsWith('/json')).length;
    const first = asked();
    await gather(recordedMs.last - 10_000);
    // The list alone.
    expect(asked()).toBe(first + 1);
  });

  it('goes by what cAdvisor knows where the engine cannot be asked, and says what that lacks', async () => {
    source.close();
    source = createSource(false);
    const gathered = await gather(recordedMs.last);
    expect(descriptionOf(gathered, 'docker.web-1/web-1')).toMatchObject({
      namespace: '_docker',
      image: 'docksnap-probe:1',
      workload: { kind: 'ComposeProject', name: 'shop' },
      limits: { memoryBytes: 64 * 1024 * 1024 },
    });
    expect(descriptionOf(gathered, 'node')).toMatchObject({ missing: [{ fact: 'containerState' }] });
  });

  it('says that the engine does not answer, and goes on', async () => {
    engine.answers.set('/containers', (response) => response.writeHead(500).end());
    const gathered = await gather(recordedMs.last);
    expect(descriptionOf(gathered, 'docker.web-1/web-1')).toBeDefined();
    expect(problems.list()).toMatchObject([{ reason: 'EnginePageInvalid' }]);
    engine.answers.clear();
    await gather(recordedMs.last + 1000);
    expect(problems.list()).toEqual([]);
  });

  it('collects nothing when cAdvisor is not there, and says so', async () => {
    cadvisor.answers.set('/api/v2.0/spec', (response) => response.socket?.destroy());
    expect(await source.gather(recordedMs.last)).toBeUndefined();
    expect(problems.list()).toMatchObject([{ reason: 'CadvisorUnreachable' }]);
  });
});

/** Writes the same again and again until the reader has enough. */
function endless(response: ServerResponse, text: string): void {
  const write = (): void => {
    while (!response.destroyed && response.write(text));
    if (!response.destroyed) response.once('drain', write);
  };
  response.write('[');
  write();
}

/** The path of a container's samples. */
function samplesPath(name: string): string {
  const specs = Object.entries(objectOf(machinePages['/api/v2.0/spec/']));
  return `/api/v2.0/stats${specs.find(([, spec]) => JSON.stringify(spec).includes(`"${name}"`))?.[0] ?? ''}`;
}

describe('a hostile cAdvisor', () => {
  const sample = (changes: object): string => JSON.stringify({ x: [{ ...recordedSamples('/').at(-1), ...changes }] });
  const at = (timestamp: string): string => sample({ timestamp });
  const twice = recordedSamples('/').slice(-1);

  it.each<[string, string, Parameters<RowDrops['count']>[0]]>([
    ['a sample of 1970', at('1970-01-01T00:00:01Z'), 'time_out_of_range'],
    ['a sample of 2200', at('2200-01-01T00:00:00Z'), 'time_out_of_range'],
    ['a sample without time', sample({ timestamp: undefined }), 'malformed'],
    ['a time of another type', sample({ timestamp: 7 }), 'malformed'],
    ['the same moment twice', JSON.stringify({ x: [...twice, ...twice] }), 'duplicate'],
    ['a text for a number', sample({ memory: { working_set: 'much' } }), 'bad_value'],
    ['a number beyond all', sample({ memory: { rss: 1e300 } }), 'bad_value'],
    ['a negative number', sample({ memory: { rss: -1 } }), 'bad_value'],
    ['a list for an object', '[[1,2],3]', 'malformed'],
    ['samples that are none', '{"x":[1,null,"a",[]]}', 'malformed'],
  ])('with %s has it dropped and counted', async (_what, body, reason) => {
    cadvisor.answers.set('/api/v2.0/stats/docker', (response) => response.end(body));
    const gathered = await gather(recordedMs.last);
    expect(samplesOf(gathered, 'node', cpuUsage).length).toBeGreaterThan(30);
    expect(drops.count(reason)).toBeGreaterThan(0);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'one line without end',
      (response) => {
        endless(response, 'x'.repeat(65_536));
      },
    ],
    [
      'a bomb of empty objects',
      (response) => {
        endless(response, '{},'.repeat(20_000));
      },
    ],
    ['silence in the middle', (response) => void response.write('{"x":[')],
    ['something else', (response) => void response.end('<html>')],
  ])('that sends %s is named, and the others are read', async (_what, answer) => {
    source.close();
    source = new MachineSource({
      nodeName: 'machine-1',
      timeoutMs: 1500,
      client: new CadvisorClient(cadvisor.url),
      engine: undefined,
      problems,
      drops,
      times: new ScrapeTimes(),
    });
    cadvisor.answers.set(samplesPath('web-1'), answer);
    const gathered = await gather(recordedMs.last);
    expect(samplesOf(gathered, 'docker.plain/plain', cpuUsage).length).toBeGreaterThan(30);
    expect(samplesOf(gathered, 'docker.web-1/web-1', cpuUsage)).toEqual([]);
    expect(problems.list()).toHaveLength(1);
  });
});
