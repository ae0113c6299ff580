import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { OnAnswer } from '../kube/connection.ts';
import { mostAtOnce, type QueueMetrics } from '../work-queue.ts';
import { asked } from './asked-gauge.ts';

/** The operator's figures, under the names that dashboards of controller-runtime know. */
export interface Metrics {
  /** One reconcile has ended. */
  readonly reconciled: (seconds: number, result: 'requeue_after' | 'success' | 'error') => void;
  readonly queue: QueueMetrics;
  /** The API server has answered, or has not. */
  readonly answered: OnAnswer;
  /** What is asked for at each scrape. */
  readonly observe: (observed: Observed) => void;
  readonly contentType: string;
  /** All of it in the Prometheus text format. */
  readonly render: () => Promise<string>;
}

interface Observed {
  /** Undefined while another replica leads. */
  readonly queue: () =>
    { readonly depth: number; readonly running: number; readonly runningMs: readonly number[] } | undefined;
  readonly isLeading: () => boolean;
}

const controller = 'docksnapmonitor';
/** The Lease's name. */
const lease = 'docksnap-operator';
const seconds = [0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1, 2, 5, 10, 60];

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    reconciled: reconciles(registry),
    queue: queueMetrics(registry),
    answered: requests(registry),
    observe: (observed) => {
      observe(registry, observed);
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

function reconciles(registry: Registry): Metrics['reconciled'] {
  const registers = [registry];
  const of = ['controller'] as const;
  const total = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Reconciles by their end.',
    labelNames: ['controller', 'result'] as const,
    registers,
  });
  const errors = new Counter({
    name: 'controller_runtime_reconcile_errors_total',
    help: 'Reconciles that failed and are tried again.',
    labelNames: of,
    registers,
  });
  const time = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'How long a reconcile takes.',
    labelNames: of,
    buckets: seconds,
    registers,
  });
  // A counter that has not counted yet is 0, not absent: alerts compare with it.
  for (const result of ['success', 'error', 'requeue_after']) total.inc({ controller, result }, 0);
  errors.inc({ controller }, 0);
  return (took, result) => {
    total.inc({ controller, result });
    if (result === 'error') errors.inc({ controller });
    time.observe({ controller }, took);
  };
}

function queueMetrics(registry: Registry): QueueMetrics {
  const registers = [registry];
  const labelNames = ['name'] as const;
  const labels = { name: controller };
  const adds = new Counter({ name: 'workqueue_adds_total', help: 'Monitors that were queued.', labelNames, registers });
  const retries = new Counter({
    name: 'workqueue_retries_total',
    help: 'Monitors that were queued again after a failure.',
    labelNames,
    registers,
  });
  const waited = new Histogram({
    name: 'workqueue_queue_duration_seconds',
    help: 'How long a monitor waits in the queue.',
    labelNames,
    buckets: seconds,
    registers,
  });
  const worked = new Histogram({
    name: 'workqueue_work_duration_seconds',
    help: 'How long the work on a monitor takes.',
    labelNames,
    buckets: seconds,
    registers,
  });
  for (const counter of [adds, retries]) counter.inc(labels, 0);
  return {
    added: () => {
      adds.inc(labels);
    },
    retried: () => {
      retries.inc(labels);
    },
    started: (took) => {
      waited.observe(labels, took);
    },
    ended: (took) => {
      worked.observe(labels, took);
    },
  };
}

function requests(registry: Registry): OnAnswer {
  const total = new Counter({
    name: 'rest_client_requests_total',
    help: 'Requests to the API server by method and HTTP status.',
    labelNames: ['code', 'method'] as const,
    registers: [registry],
  });
  return (method, code) => {
    total.inc({ code, method });
  };
}

function observe(registry: Registry, { queue, isLeading }: Observed): void {
  const longestMs = (): number => Math.max(0, ...(queue()?.runningMs ?? []));
  const allMs = (): number => (queue()?.runningMs ?? []).reduce((sum, ms) => sum + ms, 0);
  const of = { name: controller };
  asked(registry, 'workqueue_depth', 'Monitors that wait to be reconciled.', of, () => queue()?.depth ?? 0);
  asked(
    registry,
    'workqueue_unfinished_work_seconds',
    'Time spent so far on work that goes on.',
    of,
    () => allMs() / 1000,
  );
  asked(
    registry,
    'workqueue_longest_running_processor_seconds',
    'Time spent so far on the longest piece of work that goes on.',
    of,
    () => longestMs() / 1000,
  );
  asked(registry, 'controller_runtime_active_workers', 'Monitors that are being reconciled.', { controller }, () => {
    return queue()?.running ?? 0;
  });
  asked(
    registry,
    'controller_runtime_max_concurrent_reconciles',
    'Monitors that are reconciled at once at most.',
    { controller },
    () => mostAtOnce,
  );
  asked(registry, 'leader_election_master_status', 'Whether this replica leads.', { name: lease }, () => {
    return isLeading() ? 1 : 0;
  });
}
