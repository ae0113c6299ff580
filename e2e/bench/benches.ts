import type { Bench } from './harness/bench.ts';

/** Every bench by name, loaded when it is asked for; a folder each. */
export const benches: Readonly<Record<string, () => Promise<{ readonly bench: Bench }>>> = {
  wire: async () => import('./wire/bench.ts'),
  store: async () => import('./store/bench.ts'),
  ingest: async () => import('./ingest/bench.ts'),
  query: async () => import('./query/bench.ts'),
  operator: async () => import('./operator/bench.ts'),
  agent: async () => import('./agent/bench.ts'),
};
