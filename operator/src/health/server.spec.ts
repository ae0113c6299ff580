import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.ts';
import { startHealthServer } from './server.ts';

describe('the health server', () => {
  let server: Awaited<ReturnType<typeof startHealthServer>>;
  let isWell: boolean;
  let depth: number;

  beforeEach(async () => {
    [isWell, depth] = [true, 0];
    const metrics = createMetrics();
    metrics.observe({ queue: () => ({ depth, running: 2, runningMs: [500, 1500] }), isLeading: () => isWell });
    metrics.queue.added();
    metrics.answered('PATCH', '200');
    metrics.reconciled(0.01, 'success');
    metrics.reconciled(0.01, 'success');
    metrics.reconciled(0.01, 'error');
    const listen = { address: '127.0.0.1', port: 0 };
    server = await startHealthServer({ listen, metrics, healthy: () => isWell, ready: () => isWell });
  });
  afterEach(async () => {
    await server.close();
  });

  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

  it.each(['/healthz', '/readyz'])('answers %s with 200, and with 503 when that is not so', async (path) => {
    expect((await get(path)).status).toBe(200);
    isWell = false;
    expect((await get(path)).status).toBe(503);
  });

  it('knows nothing else, and nothing but GET', async () => {
    expect((await get('/')).status).toBe(404);
    expect((await get('/healthz', 'POST')).status).toBe(404);
  });

  it('serves its figures under the names of Kubernetes controllers', async () => {
    depth = 7;
    const text = await (await get('/metrics')).text();
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'controller_runtime_reconcile_total{controller="docksnapmonitor",result="success"} 2',
        'controller_runtime_reconcile_total{controller="docksnapmonitor",result="error"} 1',
        'controller_runtime_reconcile_errors_total{controller="docksnapmonitor"} 1',
        'controller_runtime_reconcile_time_seconds_count{controller="docksnapmonitor"} 3',
        'controller_runtime_active_workers{controller="docksnapmonitor"} 2',
        'controller_runtime_max_concurrent_reconciles{controller="docksnapmonitor"} 4',
        'workqueue_depth{name="docksnapmonitor"} 7',
        'workqueue_adds_total{name="docksnapmonitor"} 1',
        'workqueue_retries_total{name="docksnapmonitor"} 0',
        'workqueue_unfinished_work_seconds{name="docksnapmonitor"} 2',
        'workqueue_longest_running_processor_seconds{name="docksnapmonitor"} 1.5',
        'rest_client_requests_total{code="200",method="PATCH"} 1',
        'leader_election_master_status{name="docksnap-operator"} 1',
      ]),
    );
  });
});
