import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Block } from '@docksnap/contract';
import { metrics } from '@docksnap/contract/metrics';
import type { Agent } from './agent.ts';
import { createAgent } from './agent.ts';
import type { Config } from './config.ts';
import { parseConfig } from './config.ts';
import type { Clock } from './epoch/clock.ts';
import { createLog } from './log.ts';
import type { Certificate } from './testing/certificates.ts';
import { selfSigned } from './testing/certificates.ts';
import type { KubeletServer } from './testing/kubelet-server.ts';
import { startKubelet } from './testing/kubelet-server.ts';
import { cadvisorPage, pagesMs, podsPage, resourcePage, shifted } from './testing/pages.ts';
import { RecordingApi } from './testing/recording-api.ts';
import { slowRows, slowScaled } from './testing/slow-page.ts';

/** A clock that shows the time of the pages when the tests begin. */
const startedMs = performance.now();
const clock: Clock = {
  wallMs: () => Math.round(pagesMs + performance.now() - startedMs),
  monotonicMs: () => performance.now(),
};
jest.setTimeout(20_000);

const quiet = createLog('error', () => undefined, Date.now);

async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (isTrue()) return;
    await sleep(10);
  }
  throw new Error(`not within 10 s: ${what}`);
}

/** One series' value at one sample time, as text to compare. */
type Sample = string;

describe('an agent between a kubelet and an API', () => {
  let certificate: Certificate;
  let kubelet: KubeletServer;
  let api: RecordingApi;
  let directory: string;
  let config: Config;
  let agent: Agent;
  /** What each read of a page was answered. */
  let served: { path: string; body: string }[];
  /** The status that a page is refused with. */
  let denied: (page: string) => number | undefined;

  beforeAll(() => {
    certificate = selfSigned('node-1');
  });

  beforeEach(async () => {
    served = [];
    denied = () => undefined;
    kubelet = await startKubelet(certificate, (page) => {
      const status = denied(page);
      if (status !== undefined) return { status };
      const body = page === '/pods' ? podsPage : page === '/metrics/resource' ? resourcePage : cadvisorPage;
      // Each read a second later than the one before, as if sampled anew.
      served.push({ path: page, body: shifted(body, served.length * 1000) });
      return { body: served.at(-1)?.body ?? '' };
    });
    directory = await mkdtemp(path.join(tmpdir(), 'docksnap-agent-'));
    await writeFile(path.join(directory, 'token'), 'kubelet-token\n');
    api = new RecordingApi();
    const apiUrl = await api.start();
    const parsed = parseConfig({
      DOCKSNAP_NODE_NAME: 'node-1',
      DOCKSNAP_KUBELET_URL: kubelet.url.href,
      DOCKSNAP_KUBELET_TOKEN_FILE: path.join(directory, 'token'),
      DOCKSNAP_API_URL: apiUrl.href,
      DOCKSNAP_INGEST_TOKEN_FILE: path.join(directory, 'token'),
      DOCKSNAP_SPOOL_DIR: path.join(directory, 'spool'),
      DOCKSNAP_LISTEN: '127.0.0.1:0',
    });
    config = { ...parsed, intervalMs: 100 };
    agent = createAgent(config, clock, quiet, () => 0.01);
  });

  afterEach(async () => {
    await agent.stop();
    await kubelet.close();
    await api.stop();
    await rm(directory, { recursive: true });
  });

  const ticks = (): Block[] => [...api.blocks.values()].sort((a, b) => a.firstSeq - b.firstSeq);

  /** Every stored sample of the resource group, as entity, metric, time and value. */
  function storedSamples(): Set<Sample> {
    const samples = new Set<Sample>();
    for (const block of api.blocks.values()) {
      for (const group of block.groups) {
        if (group.kind !== 'resource') continue;
        const { description } = block.entities[group.entity] ?? { description: '' };
        const entity = api.descriptions.get(description);
        const name = entity?.kind === 'container' ? `${entity.namespace}/${entity.pod}/${entity.name}` : 'node';
        const timeMs = (block.tickTimes[0] ?? 0) - (group.ages[0] ?? 0);
        for (const { metric, values } of group.columns) samples.add(`${name} ${metric} ${timeMs} ${values[0]}`);
      }
    }
    return samples;
  }

  /** The same from the pages that were served, by another reading of them. */
  function servedSamples(): Set<Sample> {
    const samples = new Set<Sample>();
    for (const { body } of served.filter(({ path: page }) => page === '/metrics/resource')) {
      for (const { name, labels, value, timestampMs } of slowRows(body)) {
        const metric = metrics.find((each) => each.group === 'resource' && familiesOf(each).includes(name));
        if (metric === undefined) continue;
        const key = ['namespace', 'pod', 'container'].map((label) => labels.get(label)).join('/');
        const scaled = slowScaled(value, metric.scale === 1 ? 0 : 6);
        samples.add(`${labels.size === 0 ? 'node' : key} ${metric.id} ${timestampMs} ${scaled}`);
      }
    }
    return samples;
  }

  const familiesOf = (metric: { family: string; nodeFamily?: string }) => [metric.family, metric.nodeFamily];

  it('stores every sample of the small page exactly, with dense sequence numbers', async () => {
    await agent.start();
    await until(() => api.blocks.size >= 5, 'five ticks');
    await agent.stop();
    const epochs = new Set(ticks().map((block) => block.epoch));
    expect(epochs.size).toBe(1);
    expect(ticks().map((block) => block.firstSeq)).toEqual(ticks().map((_block, index) => index + 1));
    expect(storedSamples()).toEqual(servedSamples());
    expect(api.report).toMatchObject({ agentVersion: '0.1.0', intervalMs: 100, kubeletTrust: 'Pinned', problems: [] });
    expect(api.report?.ledger).toEqual([{ epoch: [...epochs][0], collected: ticks().length, dropped: {} }]);
  });

  it('reads the big page and the pods at each third tick, with the token', async () => {
    await agent.start();
    await until(() => api.blocks.size >= 7, 'seven ticks');
    await agent.stop();
    const reads = kubelet.requests.map(({ path: page }) => page).slice(0, 13);
    const small = '/metrics/resource';
    const big = [small, '/metrics/cadvisor', '/pods'];
    expect(reads).toEqual([...big, small, small, ...big, small, small, ...big]);
    expect(new Set(kubelet.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer kubelet-token']),
    );
  });

  it('lists every entity in each tick, with samples or without', async () => {
    await agent.start();
    await until(() => api.blocks.size >= 2, 'two ticks');
    await agent.stop();
    for (const block of ticks()) {
      const kinds = block.entities.map((entity) => entity.kind);
      expect(kinds.filter((kind) => kind === 'node')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'pod')).toHaveLength(12);
      expect(kinds.filter((kind) => kind === 'container').length).toBeGreaterThanOrEqual(14);
    }
  });

  it('goes on with what it can read, and says what it cannot', async () => {
    denied = (page) => (page === '/pods' ? 403 : page === '/metrics/cadvisor' ? 500 : undefined);
    await agent.start();
    await until(() => api.blocks.size >= 3, 'three ticks');
    expect(ticks()[0]?.entities.map(({ kind }) => kind)).toEqual(['node']);
    expect(ticks()[0]?.groups.map(({ kind }) => kind)).toEqual(['resource']);
    expect(api.report?.problems.map(({ reason }) => reason).sort()).toEqual(['KubeletForbidden', 'KubeletPageInvalid']);
    denied = () => undefined;
    await until(() => api.report?.problems.length === 0, 'the problems are over');
    const [last] = ticks().slice(-1);
    expect(last?.entities.length).toBeGreaterThan(20);
  });

  it('uses no sequence number when nothing can be read, and reports why', async () => {
    denied = () => 401;
    await agent.start();
    await until(() => api.report !== undefined, 'a report');
    expect(new Set(api.report?.problems.map(({ reason }) => reason))).toEqual(new Set(['KubeletForbidden']));
    expect(api.report?.ledger).toEqual([]);
    denied = () => undefined;
    await until(() => api.blocks.size >= 2, 'two ticks');
    expect(
      ticks()
        .map(({ firstSeq }) => firstSeq)
        .slice(0, 2),
    ).toEqual([1, 2]);
  });

  it('keeps what the API does not take and sends it, live first, when it is back', async () => {
    api.script = () => ({ status: 503 });
    await agent.start();
    await until(() => served.filter(({ path: page }) => page === '/metrics/resource').length >= 12, 'twelve ticks');
    api.script = () => undefined;
    await until(() => api.report?.backlogTicks === 0 && api.blocks.size >= 12, 'the backlog is sent');
    await agent.stop();
    const [epoch = ''] = ticks().map((block) => block.epoch);
    expect(api.seqs(epoch)).toEqual(ticks().map((_block, index) => index + 1));
    expect(storedSamples()).toEqual(servedSamples());
    const firstStored = api.pushes.find(({ push }) => push.blocks.length > 1);
    expect(firstStored?.push.blocks[0]?.header.firstSeq).toBe(1);
  });

  it('sends what a killed agent left, under its epoch', async () => {
    api.script = () => ({ status: 503 });
    await agent.start();
    await until(() => served.filter(({ path: page }) => page === '/metrics/resource').length >= 6, 'six ticks');
    await agent.stop();
    const left = api.pushes.at(-1)?.push.report?.ledger[0];
    api.script = () => undefined;
    agent = createAgent(config, clock, quiet, () => 0.01);
    await agent.start();
    await until(
      () => new Set(ticks().map((block) => block.epoch)).size === 2 && api.report?.backlogTicks === 0,
      'both',
    );
    expect(api.seqs(left?.epoch ?? '')).toEqual(
      Array.from({ length: left?.collected ?? 0 }, (_none, index) => index + 1),
    );
    expect(storedSamples().size).toBeGreaterThan(0);
  });
});
