import { ApiConnection } from './api/api-connection.ts';
import { readConfig } from './config.ts';
import { Controller } from './controller.ts';
import { createMetrics } from './health/metrics.ts';
import { startHealthServer } from './health/server.ts';
import { KubeConnection } from './kube/connection.ts';
import { leadWhileElected } from './leader/leader-election.ts';
import { createLog } from './log.ts';

const stalledMs = 120_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('stopping', { signal });
      stop.abort();
    });
  }

  const metrics = createMetrics();
  const connection = KubeConnection.fromDefault(metrics.answered);
  const api = new ApiConnection({ apiUrl: config.apiUrl, caFile: config.apiCaFile, tokenFile: config.tokenFile });
  let leading: Controller | undefined;
  metrics.observe({ queue: () => leading?.queue, isLeading: () => leading !== undefined });
  const health = await startHealthServer({
    listen: config.listen,
    metrics,
    healthy: () => (leading?.queue.stalledMs ?? 0) < stalledMs,
    // A follower is ready to lead.
    ready: () => !stop.signal.aborted && (leading?.isSynced ?? true),
  });

  const { namespace, identity } = config;
  log.info('started', { version: config.version, namespaces: config.watchNamespaces });
  const end = await leadWhileElected(
    { connection, namespace, name: 'docksnap-operator', identity, signal: stop.signal, log },
    async (signal, isLeading) => {
      const { reconciled: onReconciled, queue: queueMetrics } = metrics;
      leading = new Controller({ config, connection, api, log, isLeading, onReconciled, queueMetrics });
      await leading.run(signal);
    },
  );
  // First of all: after this nothing is written any more.
  await connection.close();
  await Promise.all([health.close(), api.close()]);
  // One that lost its Lease may have missed anything: it starts anew, as a follower.
  process.exitCode = end === 'stopped' ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`the operator ended: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
