import type { Drill } from './drill.ts';

/** Every drill by name, loaded when it is asked for; a folder each. */
export const drills: Readonly<Record<string, () => Promise<{ readonly drill: Drill }>>> = {
  store: async () => import('./store/drill.ts'),
  'bad-input': async () => import('./bad-input/drill.ts'),
  exports: async () => import('./exports/drill.ts'),
  prometheus: async () => import('./prometheus/drill.ts'),
  operator: async () => import('./operator/drill.ts'),
  chart: async () => import('./chart/drill.ts'),
  reasons: async () => import('./reasons/drill.ts'),
  upgrade: async () => import('./upgrade/drill.ts'),
  agent: async () => import('./agent/drill.ts'),
};
