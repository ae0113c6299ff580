import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What a supervisor is told: written by the launcher, read once. */
export const Plan = z.object({
  clusterId: z.string(),
  stateDir: z.string(),
  /** Ports on this machine's 127.0.0.1: of the API server, and of DockSnap's console. */
  apiServerPort: z.int(),
  consolePort: z.int(),
  /** Folders of the built binaries by product. */
  binaries: z.record(z.string(), z.string()),
});
export type Plan = z.infer<typeof Plan>;

/** Reads a plan. @throws {z.ZodError} when it is not one. */
export function readPlan(path: string): Plan {
  return Plan.parse(JSON.parse(readFileSync(path, 'utf8')));
}
