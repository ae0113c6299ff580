import type { RightSizingAnswer, SizedContainer } from '@docksnap/contract';
import { noonMs } from './answers.ts';

const mebi = 2 ** 20;

/** A container that asks for more CPU than it uses. */
export function aSized(differences: Partial<SizedContainer> = {}): SizedContainer {
  return {
    namespace: 'shop',
    kind: 'Deployment',
    workload: 'api',
    container: 'server',
    replicas: 2,
    watchedHours: 168,
    confidence: 'high',
    cpu: { requestCores: 2, limitCores: null, p50: 0.2, p95: 0.4, max: 1.2, throttledRatio: null },
    memory: {
      requestBytes: 256 * mebi,
      limitBytes: 512 * mebi,
      p50: 150 * mebi,
      p95: 190 * mebi,
      max: 200 * mebi,
    },
    hints: [{ resource: 'cpu', field: 'request', from: 2, to: 0.46, why: 'used 0.4 cores at the 95th percentile' }],
    unsure: null,
    patch: 'kubectl -n shop set resources deployment/api --containers=server --requests=cpu=460m',
    ...differences,
  };
}

export function aSizing(items: readonly SizedContainer[] = [aSized()]): RightSizingAnswer {
  const hours = 168;
  return {
    fromMs: noonMs - hours * 3_600_000,
    toMs: noonMs,
    stepSeconds: 300,
    headroom: 0.15,
    items: [...items],
    partial: null,
  };
}
