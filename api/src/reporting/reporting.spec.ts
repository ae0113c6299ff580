import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AgentReport, pushMediaType, reportingSchema } from '@docksnap/contract';
import { encodePush } from '@docksnap/contract/codec';
import { MetricsServer } from '../metrics/metrics-server.ts';
import { epochA, pushed } from '../testing/blocks.ts';
import { type RunningApi, runningApi } from '../testing/running-api.ts';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';

describe('what the operator and a Prometheus are told', () => {
  let database: TrialDatabase;
  let api: RunningApi;
  let metricsUrl: string;

  beforeAll(async () => {
    database = await trialDatabase();
    api = await runningApi({ uri: database.uri });
    metricsUrl = `http://127.0.0.1:${await api.app.get(MetricsServer).listen(0)}`;
    const report: AgentReport = {
      agentVersion: '0.1.0',
      intervalMs: 10_000,
      sentAtMs: Date.now(),
      ledger: [{ epoch: epochA, collected: 4, dropped: { buffer_full: 3 } }],
      backlogTicks: 2,
      backlogBytes: 100,
      kubeletTrust: 'Pinned',
      problems: [{ reason: 'KubeletForbidden', message: 'the kubelet answered 403', sinceMs: 1 }],
    };
    const body = encodePush({
      report,
      descriptions: new Map(),
      blocks: [pushed({ seq: 1, tickTimes: [Date.now()] }).bytes],
    });
    const headers = { authorization: 'Bearer agent-node1', 'content-type': pushMediaType };
    for (let i = 0; i < 2; i += 1) {
      await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: Buffer.from(body) });
    }
    await fetch(`${api.url}/api/v1/blocks`, { method: 'POST', headers, body: 'nonsense' });
  });
  afterAll(async () => {
    await api.stop();
    await database.remove();
  });

  it("gives the operator each node's last arrival, backlog and problems", async () => {
    const response = await fetch(`${api.url}/api/v1/reporting`, { headers: { authorization: 'Bearer operator' } });
    const { nowMs, nodes } = reportingSchema.parse(await response.json());
    expect(nodes).toMatchObject([
      {
        name: 'node1',
        uid: 'node1-uid',
        intervalMs: 10_000,
        backlogTicks: 2,
        clockSkewMs: 0,
        kubeletTrust: 'Pinned',
        agentVersion: '0.1.0',
        problems: [{ reason: 'KubeletForbidden' }],
      },
    ]);
    expect(nowMs - (nodes[0]?.lastReceivedMs ?? 0)).toBeLessThan(5000);
  });

  it.each(['Bearer agent-node1', 'Bearer nonsense'])('gives nothing to %s', async (authorization) => {
    const response = await fetch(`${api.url}/api/v1/reporting`, { headers: { authorization } });
    expect(response.status).toBe(401);
  });

  it('counts what became of ticks and pushes', async () => {
    const page = await (await fetch(`${metricsUrl}/metrics`)).text();
    expect(page.split('\n')).toEqual(
      expect.arrayContaining([
        'docksnap_ticks_collected_total{node="node1"} 4',
        'docksnap_ticks_stored_total{node="node1"} 1',
        'docksnap_ticks_duplicate_total{node="node1"} 1',
        'docksnap_ticks_dropped_total{node="node1",reason="buffer_full"} 3',
        'docksnap_pushes_total{status="200"} 2',
        'docksnap_pushes_total{status="400"} 1',
        'docksnap_push_duration_seconds_count 2',
        'docksnap_pushes_waiting_bytes 0',
      ]),
    );
  });

  it.each([
    ['/healthz', 200],
    ['/readyz', 200],
    ['/api/v1/nodes', 404],
  ])('answers %s on the metrics port with %i', async (path, status) => {
    expect((await fetch(`${metricsUrl}${path}`)).status).toBe(status);
  });
});
