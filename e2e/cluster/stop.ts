import { rmSync } from 'node:fs';
import { withLock } from './lock.ts';
import { clusterId, stateDir } from './paths.ts';
import type { Screen } from './start/progress.ts';
import { requireRoot } from './start/requirements.ts';
import { endCluster } from './supervisor/launch.ts';

/** Ends the cluster, and forgets its state if asked to. @throws naming what could not be ended. */
export async function stop(wipe: boolean, screen: Screen): Promise<void> {
  requireRoot();
  const id = clusterId();
  await withLock(`cluster/${id}`, { timeoutMs: 0 }, async () => {
    await endCluster(stateDir(), id);
    if (wipe) rmSync(stateDir(), { recursive: true, force: true });
  });
  screen.write(
    wipe
      ? 'The cluster has ended and its state is removed.\n'
      : 'The cluster has ended; its state is kept for the next start (npm stop -- --wipe removes it).\n',
  );
}
