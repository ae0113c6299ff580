import { nodeNames } from '../../cluster/handle.ts';
import { cluster, type Pod, podsOf } from './system.ts';
import { until } from './until.ts';

/** Ends the processes of a pod's first container on its node with SIGKILL. */
export async function kill(pod: Pod): Promise<void> {
  const node = nodeNames.find((name) => name === pod.spec.nodeName);
  const [container] = pod.status.containerStatuses;
  if (node === undefined || container === undefined) throw new Error(`${pod.metadata.name} does not run`);
  const pids = await cluster().containerPids(node, container.containerID ?? '');
  await cluster().inNode(node, ['kill', '-9', ...pids.map(String)]);
}

/** Waits for another container in the killed one's place, in the same pod. */
export async function untilRestarted(component: string, killed: Pod): Promise<void> {
  const before = killed.status.containerStatuses[0]?.restartCount ?? 0;
  await until(`${killed.metadata.name} restarted`, 120_000, async () => {
    const now = (await podsOf(component)).find((one) => one.metadata.uid === killed.metadata.uid);
    const status = now?.status.containerStatuses[0];
    return status !== undefined && status.restartCount > before && status.ready;
  });
}
