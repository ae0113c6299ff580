import { StartContext } from './context.ts';
import { withLock } from '../lock.ts';
import { runSteps, type Screen } from './progress.ts';
import { requireRoot } from './requirements.ts';
import { nodeSteps, productSteps, toolSteps, workloadSteps } from './steps.ts';
import { welcome } from '../welcome.ts';

/** Brings up the cluster, or what of it is missing, and says where to look. @throws what a step throws. */
export async function start(nodesOnly: boolean, screen: Screen): Promise<void> {
  requireRoot();
  const context = new StartContext();
  const more = nodesOnly ? [] : [...workloadSteps(context), ...productSteps(context)];
  await withLock(`cluster/${context.clusterId}`, { timeoutMs: 0 }, () =>
    runSteps([...toolSteps(), ...nodeSteps(context), ...more], screen),
  );
  screen.write(`\n${welcome(context.file, nodesOnly)}\n`);
}
