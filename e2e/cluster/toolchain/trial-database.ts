import { join } from 'node:path';
import { ensureBuilt } from './build.ts';
import { recipes } from './recipes.ts';

/** The trial database's binary, built on first use (45 s) and cached. @returns its path. */
export async function ensureTrialDatabase(): Promise<string> {
  return join(await ensureBuilt(recipes.trialDatabase), 'trial-database');
}
