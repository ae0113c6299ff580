import { rmSync } from 'node:fs';
import { isRunning } from '../cluster/proc.ts';
import type { Screen } from '../cluster/start/progress.ts';
import { until } from '../system/support/until.ts';
import { files, running } from './state.ts';

const endMs = 60_000;

/** Ends it, and nothing that it did not start. */
export async function stop(wipe: boolean, screen: Screen): Promise<void> {
  const at = files();
  const found = running(at);
  if (found !== undefined && isRunning(found.supervisor)) {
    process.kill(found.supervisor.pid, 'SIGTERM');
    await until('the end of all programs', endMs, async () => Promise.resolve(!isRunning(found.supervisor)));
    screen.write('It has ended.\n');
  } else {
    screen.write('It does not run.\n');
  }
  rmSync(at.running, { force: true });
  if (!wipe) return;
  rmSync(at.dir, { recursive: true, force: true });
  screen.write('Its data is gone.\n');
}
