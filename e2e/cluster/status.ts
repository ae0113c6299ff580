import { Cluster } from './handle.ts';
import { nodeNames } from './network.ts';
import { stateDir } from './paths.ts';
import type { Screen } from './start/progress.ts';
import { CommandError } from './process.ts';
import { runningCluster } from './supervisor/launch.ts';
import { welcome } from './welcome.ts';

/** Says what of the cluster runs. @returns whether it runs as it should. */
export async function status(screen: Screen): Promise<boolean> {
  const file = runningCluster(stateDir());
  if (file === undefined) {
    screen.write('The cluster does not run: npm start starts it.\n');
    return false;
  }
  for (const name of nodeNames) {
    const pid = file.nodes[name];
    screen.write(pid === undefined ? `${name} is off\n` : `${name} is on (its first process is ${pid})\n`);
  }
  const cluster = new Cluster(stateDir());
  try {
    screen.write(await cluster.kubectl(['get', 'nodes,pods', '--all-namespaces', '--request-timeout=5s']));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    screen.write(`The API server does not answer: ${error.message}\n`);
    return false;
  }
  screen.write(`\n${welcome(file, false)}\n`);
  return true;
}
