import type { Drill } from './drill.ts';

/** Every drill by name, loaded when it is asked for; a folder each. */
export const drills: Readonly<Record<string, () => Promise<{ readonly drill: Drill }>>> = {
  upgrade: async () => import('./upgrade/drill.ts'),
};
