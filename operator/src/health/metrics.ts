import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The operator's figures, under the names that dashboards of Kubernetes controllers know. */
export interface Metrics {
  /** One reconcile has ended. */
  readonly reconciled: (seconds: number, result: 'success' | 'error') => void;
  /** How many keys wait, asked at each scrape. */
  readonly queueDepth: (depth: () => number) => void;
  /** Whether this replica leads, asked at each scrape. */
  readonly leading: (isLeading: () => boolean) => void;
  readonly contentType: string;
  /** All of it in the Prometheus text format. */
  readonly render: () => Promise<string>;
}

const controller = 'docksnapmonitor';
/** The Lease's name. */
const lease = 'docksnap-operator';

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const total = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Reconciles by their end.',
    labelNames: ['controller', 'result'] as const,
    registers: [registry],
  });
  const errors = new Counter({
    name: 'controller_runtime_reconcile_errors_total',
    help: 'Reconciles that failed and are tried again.',
    labelNames: ['controller'] as const,
    registers: [registry],
  });
  const time = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'How long a reconcile takes.',
    labelNames: ['controller'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  // A counter that has not counted yet is 0, not absent: alerts compare with it.
  for (const result of ['success', 'error']) total.inc({ controller, result }, 0);
  errors.inc({ controller }, 0);
  return {
    reconciled: (seconds, result) => {
      total.inc({ controller, result });
      if (result === 'error') errors.inc({ controller });
      time.observe({ controller }, seconds);
    },
    queueDepth: (depth) => {
      const name = 'workqueue_depth';
      const labelNames = ['name'] as const;
      const collect = (gauge: Gauge<'name'>): void => {
        gauge.set({ name: controller }, depth());
      };
      asked(registry, { name, help: 'Monitors that wait to be reconciled.', labelNames, collect });
    },
    leading: (isLeading) => {
      const name = 'leader_election_master_status';
      const labelNames = ['name'] as const;
      const collect = (gauge: Gauge<'name'>): void => {
        gauge.set({ name: lease }, isLeading() ? 1 : 0);
      };
      asked(registry, { name, help: 'Whether this replica leads.', labelNames, collect });
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

interface Asked {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly ['name'];
  readonly collect: (gauge: Gauge<'name'>) => void;
}

/** A gauge whose value is asked for at each scrape. */
function asked(registry: Registry, { name, help, labelNames, collect }: Asked): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect: () => {
      collect(gauge);
    },
  });
}
